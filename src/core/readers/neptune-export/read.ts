// Reads an export run by run.

import { issue } from '../../base/issues';
import { mediaTypeOf } from '../../formats/media-types';
import { openParquet } from '../../formats/parquet';
import type { RunEvent, RunKey } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { SourceError, type SourceFile, walkFiles } from '../../source/source';
import { attributeEvents } from '../_neptune/attributes';
import { itemAt } from '../_neptune/media';
import { ExportErrors } from './errors';
import { type FileRoots, fileEvents, placeOf } from './files';
import type { ExportNote, PartSet, ProjectFolder } from './find';
import { type RunRows, takeGroup } from './rows';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { folders, errors: report } = claim.note as ExportNote;
  const claimed = new Set(claim.files);
  let errors: ExportErrors | null = null;
  try {
    errors = report && claimed.has(report) ? await ExportErrors.read(report, context) : null;
  } catch (error) {
    yield { kind: 'issue', issue: troubleOf(error, report as SourceFile) };
  }
  let key: RunKey = 0;
  for (const folder of folders) {
    for (const set of folder.sets) {
      const { runs, trouble } = await readSet(set, context);
      if (runs.length === 0) for (const one of trouble) yield { kind: 'issue', issue: one };
      for (const rows of runs) {
        yield* runEvents(key, rows, set, folder, context);
        for (const one of trouble) yield { kind: 'issue', run: key, issue: one };
        const failed = errors?.of(rows.project, rows.id);
        if (failed) yield { kind: 'issue', run: key, issue: failed };
        yield { kind: 'end', run: key++ };
      }
    }
  }
  if (errors) for (const one of errors.rest()) yield { kind: 'issue', issue: one };
};

const troubleOf = (error: unknown, file: SourceFile) => {
  if (error instanceof SyntaxError) return issue('bad-record', `${file.name} could not be read to its end: ${error.message}.`, { file: file.path });
  if (error instanceof SourceError) return issue(error.code, error.message, { file: file.path });
  throw error;
};

/** The rows of all parts of a set; nearly always those of one run. */
async function readSet({ parts, unfinished }: PartSet, context: ReadContext): Promise<{ runs: readonly RunRows[]; trouble: ReturnType<typeof issue>[] }> {
  const runs = new Map<string, RunRows>();
  const trouble: ReturnType<typeof issue>[] = [];
  // Finished parts first: what an older, unfinished attempt left behind adds nothing to them.
  for (const { file } of parts) await takeFile(file, runs, trouble, context);
  const [first] = parts;
  if (first && first.number > 0)
    trouble.push(issue('truncated', 'The export of this run was not finished: its part 0 is missing.', { file: first.file.path, tip: exportTip }));
  const numbers = new Set(parts.map(({ number }) => number));
  const last = parts.at(-1)?.number ?? 0;
  if (first && numbers.size < last - first.number + 1)
    trouble.push(issue('missing-file', `Of the parts ${first.number} to ${last} of this run, only ${numbers.size} are here.`, { file: first.file.path }));
  if (parts.length > 0 || unfinished.length === 0) return { runs: [...runs.values()], trouble };
  for (const file of unfinished) {
    const attempt: typeof trouble = [];
    await takeFile(file, runs, attempt, context);
    const lost = attempt.length > 0 ? ' It cannot be read.' : '';
    trouble.push(
      issue('truncated', `An unfinished part of an export lies here: the exporter was stopped while it wrote ${file.name}.${lost}`, {
        file: file.path,
        tip: exportTip,
      }),
    );
  }
  return { runs: [...runs.values()], trouble };
}

const exportTip = 'Look for another export of this run, or for its local `.neptune` folder.';

/** A group that is damaged is left out; those after it are read. */
async function takeFile(file: SourceFile, runs: Map<string, RunRows>, trouble: ReturnType<typeof issue>[], context: ReadContext): Promise<void> {
  try {
    const table = await openParquet(file, context);
    for (let group = 0; group < table.groups; group++) {
      try {
        await takeGroup(table, group, runs);
      } catch (error) {
        context.signal.throwIfAborted();
        trouble.push(troubleOf(error, file));
        if (error instanceof SourceError) return;
      }
    }
  } catch (error) {
    context.signal.throwIfAborted();
    trouble.push(troubleOf(error, file));
  }
}

async function* runEvents(run: RunKey, rows: RunRows, set: PartSet, { files, scope }: ProjectFolder, context: ReadContext): AsyncGenerator<RunEvent> {
  const parts = [...set.parts.map(({ file }) => file), ...(set.parts.length > 0 ? [] : set.unfinished)];
  const roots = { project: files, scope };
  const own = rows.files.flatMap((one) => {
    const { file, dir } = placeOf(one, roots);
    return file ? [file] : dir ? [...walkFiles(dir)] : [];
  });
  const [first] = parts as [SourceFile, ...SourceFile[]];
  yield { kind: 'begin', run, identity: identityOf(rows), path: first.path, files: [...new Set([...parts, ...own])] };
  const place = (path: string) => ({ file: first.name, where: `attribute ${path}` });
  yield* attributeEvents(run, rows.attributes, place, { experiment: rows.project, jobType: scope === null ? null : scope.replace(/s$/, '') });
  yield* rows.media.events(run, context.keepMedia);
  yield* fileEvents(run, rows.files, roots, context);
  if (context.keepMedia) yield* seriesItems(run, rows, roots);
  const inexact = yield* rows.series.events(run);
  if (inexact.length > 0)
    yield {
      kind: 'issue',
      run,
      issue: issue('precision', `Steps of ${inexact.slice(0, 5).join(', ')} are longer than a 64-bit float can hold exactly.`, { file: first.path }),
    };
}

/** Files of series, by step. */
function* seriesItems(run: RunKey, rows: RunRows, roots: FileRoots): Generator<RunEvent> {
  for (const one of rows.files) {
    const kind = one.type === 'file_series' ? rows.media.kindOf(one.attribute) : null;
    if (kind === null) continue;
    const { file } = placeOf(one, roots);
    yield {
      kind: 'media-item',
      run,
      of: { name: one.attribute, kind },
      item: itemAt(one, mediaTypeOf(one.path)),
      from: file ? { file, path: one.path } : null,
    };
  }
}

/** Ids are unique within a project. */
const identityOf = ({ project, id }: RunRows) => (project === null ? { nativeId: id } : { nativeId: id, scope: project });
