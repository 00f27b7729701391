// Total-fidelity metrics: where an organisation has them, every point of a metric lies in zipped CSV files beside its sample.

import { type Issue, issue } from '../../base/issues';
import { openZip } from '../../formats/archive/zip';
import { readExactly } from '../../formats/bytes';
import { sniffDialect } from '../../formats/csv';
import { type JsonObject, textOf } from '../../formats/http-json';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import { readRows } from '../_downloads/table';
import type { CometApi } from './api';
import { bytesFile } from './server-files';

const mostFileBytes = 256 * 1024 * 1024;
const headBytes = 4096;

/** The name of a metric in the names of its files, as comet_ml looks for them (`get_metric_total_df`): several metrics may share one. */
const stemOf = (metric: string): string => metric.replace(/[^a-zA-Z0-9+-]+/g, '_');

export class FullMetrics {
  readonly issues: Issue[] = [];
  #files: Promise<ReadonlyMap<string, readonly { readonly id: string; readonly part: number; readonly name: string }[]>> | null = null;
  /** How many metrics share a name of files. */
  readonly #sharing = new Map<string, number>();

  /** @param metrics the names of all metrics of the experiment */
  constructor(
    private readonly key: string,
    metrics: Iterable<string>,
    private readonly api: CometApi,
    private readonly context: ReadContext,
  ) {
    for (const stem of [...metrics].map(stemOf)) this.#sharing.set(stem, (this.#sharing.get(stem) ?? 0) + 1);
  }

  /**
   * Every point of a metric, in the words of the interface.
   * @param rows what the interface itself answers
   * @returns null where there are no files, they hold no more, or cannot be told to be of this metric and one context
   */
  async longer(metric: string, rows: readonly JsonObject[]): Promise<readonly JsonObject[] | null> {
    const stem = stemOf(metric);
    const contexts = new Set(rows.map(({ runContext }) => textOf(runContext) ?? ''));
    this.#files ??= this.#listed();
    const files = (await this.#files).get(stem);
    if (!files || this.#sharing.get(stem) !== 1 || contexts.size !== 1) return null;
    const [runContext = ''] = contexts;
    const found: JsonObject[] = [];
    try {
      for (const { id, name } of [...files].sort((a, b) => a.part - b.part)) {
        const bytes = await this.api.asset(this.key, id, mostFileBytes, this.context.signal);
        for await (const point of this.#points(bytesFile(name, bytes))) found.push({ ...point, runContext });
      }
    } catch (error) {
      if (!(error instanceof SourceError) || (error instanceof HttpError && error.isFinal)) throw error;
      this.issues.push(issue(error.code, `The full points of ${metric} were left out: ${error.message}`, { file: error.file, severity: 'warn' }));
      return null;
    }
    return found.length > rows.length ? found : null;
  }

  async #listed() {
    const found = new Map<string, { id: string; part: number; name: string }[]>();
    let assets: readonly JsonObject[] = [];
    try {
      assets = await this.api.assets(this.key, 'ASSET_TYPE_FULL_METRIC', this.context.signal);
    } catch (error) {
      // A server that does not know the type has no such files.
      if (!(error instanceof HttpError) || error.isFinal) throw error;
    }
    for (const { assetId, fileName } of assets) {
      const [id, name] = [textOf(assetId), textOf(fileName)];
      const [, stem, part] = /^(.*)_(\d+)\.csv\.zip$/.exec(name ?? '') ?? [];
      if (id === null || name === null || stem === undefined) continue;
      const file = { id, part: Number(part), name };
      const there = found.get(stem);
      if (there) there.push(file);
      else found.set(stem, [file]);
    }
    return found;
  }

  /** Rows of `value,timestamp,step,epoch`; times are seconds. */
  async *#points(archive: SourceFile): AsyncGenerator<JsonObject> {
    const { signal, limits } = this.context;
    const directory = await openZip(archive, null, { signal, limits, issue: (one) => this.issues.push(one) });
    for (const file of directory.files.values()) {
      const dialect = sniffDialect(await readExactly(file, 0, Math.min(headBytes, file.size), signal), file.size <= headBytes);
      if (!dialect?.named) continue;
      const [value, time, step] = ['value', 'timestamp', 'step'].map((name) => dialect.columns.indexOf(name)) as [number, number, number];
      for await (const row of readRows({ file, dialect }, this.context, this.issues)) {
        const [seconds, at] = [row.cell(time), row.cell(step)];
        yield {
          metricValue: row.cell(value),
          timestamp: seconds === '' ? null : Math.round(Number(seconds) * 1000),
          step: at === '' ? null : Number(at),
        };
      }
    }
  }
}
