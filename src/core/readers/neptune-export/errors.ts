// The exporter's own report: one line for each attribute that it could not download.

import { type Issue, issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { readLines } from '../../formats/lines';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';

interface Failures {
  count: number;
  readonly attributes: string[];
  readonly kinds: Set<string>;
}

const mostNamed = 5;

/** What failed, by project and run; entries that name no run, or runs that never came, are told at the end. */
export class ExportErrors {
  readonly #byRun = new Map<string, Failures>();
  #unread = 0;

  private constructor(readonly file: SourceFile) {}

  /** @throws SourceError */
  static async read(file: SourceFile, context: ReadContext): Promise<ExportErrors> {
    const errors = new ExportErrors(file);
    for await (const { lines } of readLines(file, context)) for (const line of lines) if (line.trim() !== '' && !errors.#take(line)) errors.#unread++;
    return errors;
  }

  /** @returns false for what is no entry */
  #take(line: string): boolean {
    let entry: Value;
    try {
      entry = parseJson(line);
    } catch {
      return false;
    }
    if (!isObject(entry)) return false;
    const key = `${entry.project_id ?? null}\0${entry.run_id ?? null}`;
    const failures = this.#byRun.get(key) ?? { count: 0, attributes: [], kinds: new Set<string>() };
    this.#byRun.set(key, failures);
    failures.count++;
    if (typeof entry.attribute_path === 'string' && failures.attributes.length < mostNamed) failures.attributes.push(entry.attribute_path);
    if (typeof entry.exception === 'string' && failures.kinds.size < mostNamed) failures.kinds.add(entry.exception);
    return true;
  }

  /** What failed for a run, told once. */
  of(project: string | null, id: string): Issue | null {
    const key = `${project}\0${id}`;
    const failures = this.#byRun.get(key);
    this.#byRun.delete(key);
    return failures ? this.#issue(failures, 'of this run') : null;
  }

  /** What failed for runs that did not come. */
  *rest(): Generator<Issue> {
    if (this.#unread > 0) yield issue('bad-record', `${this.#unread} lines of the exporter’s report of errors are damaged.`, { file: this.file.path });
    for (const [key, failures] of this.#byRun) {
      const [project, run] = key.split('\0');
      yield this.#issue(failures, run === 'null' ? `of project ${project}` : `of ${project}, run ${run}, which is not among the runs read here`);
    }
  }

  #issue({ count, attributes, kinds }: Failures, whose: string): Issue {
    const named = attributes.length > 0 ? ` (${attributes.join(', ')}${count > attributes.length ? ', …' : ''})` : '';
    const why = kinds.size > 0 ? `: ${[...kinds].join(', ')}` : '';
    return issue('export-errors', `The exporter could not download ${count} ${count === 1 ? 'attribute' : 'attributes'}${named} ${whose}${why}.`, {
      file: this.file.path,
      tip: 'Neptune’s service is gone, so this cannot be fetched any more; look for another export or a local `.neptune` folder.',
    });
  }
}
