// The files that a run's attributes name, found among those that were downloaded.

import { issue } from '../../base/issues';
import { readWhole } from '../../formats/bytes';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { decodeUtf8 } from '../../formats/text';
import type { RunEvent, RunKey } from '../../model/events';
import type { Checkpoint, Dataset } from '../../model/facts';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { dirAt, fileAt, pathBelow, type SourceDir, SourceError, type SourceFile, walkFiles } from '../../source/source';
import { packagesFact, requirementsPath } from '../_neptune/requirements';
import type { NamedFile } from './rows';

const weights = /\.(?:ckpt|pth?|safetensors|h5|keras)$/i;
/** Of what one artifact tracks, no more is told. */
const mostTracked = 1000;
const mostEvidence = 20;

/** Where files lie: the project's folder, and for the model registry the folder of its kind in it. */
export interface FileRoots {
  readonly project: SourceDir | null;
  readonly scope: string | null;
}

/** The file or folder that an attribute names; a path that leads elsewhere finds nothing. */
export function placeOf({ path }: NamedFile, { project, scope }: FileRoots): { readonly file?: SourceFile; readonly dir?: SourceDir } {
  if (!project || !isSafe(path)) return {};
  for (const at of scope === null ? [path] : [`${scope}/${path}`, path]) {
    const file = fileAt(project, at);
    if (file) return { file };
    const dir = dirAt(project, at);
    if (dir && dir !== project) return { dir };
  }
  return {};
}

const isSafe = (path: string): boolean => !path.startsWith('/') && !/^[a-z]:/i.test(path) && !path.split('/').includes('..');

/** Lists the files, and what they tell: the patch, checkpoints, versions of data. */
export async function* fileEvents(run: RunKey, named: readonly NamedFile[], roots: FileRoots, context: ReadContext): AsyncGenerator<RunEvent> {
  const missing: string[] = [];
  const checkpoints: Checkpoint[] = [];
  const datasets: Dataset[] = [];
  const lists: string[] = [];
  for (const one of named) {
    if (!isSafe(one.path)) {
      yield {
        kind: 'issue',
        run,
        issue: issue('outside-folder', `Attribute ${one.attribute} names a file outside of the export.`, { where: one.path.slice(0, 200) }),
      };
      continue;
    }
    const { file, dir } = placeOf(one, roots);
    yield {
      kind: 'artifact',
      run,
      artifact: { path: one.path, size: file?.size ?? null, kind: file || dir ? 'file' : 'reference' },
      ...(file ? { file } : {}),
    };
    if (dir)
      for (const inner of walkFiles(dir))
        yield { kind: 'artifact', run, artifact: { path: `${one.path}/${pathBelow(dir, inner)}`, size: inner.size, kind: 'file' }, file: inner };
    if (!file && !dir) missing.push(one.path);
    const packages =
      file && one.attribute === requirementsPath ? await packagesFact(file, { file: one.path, where: `attribute ${one.attribute}` }, context) : null;
    if (packages) yield { kind: 'fact', run, fact: packages };
    if (one.attribute === 'source_code/diff')
      yield { kind: 'fact', run, fact: { kind: 'git_patch', value: one.path, evidence: [{ file: one.path, where: `attribute ${one.attribute}` }] } };
    if (weights.test(one.path)) checkpoints.push({ path: one.path, step: null, digest: null });
    if (one.type === 'artifact' && file) {
      lists.push(one.path);
      datasets.push(...(await trackedFiles(one, file, context)));
    }
  }
  if (checkpoints.length > 0) {
    const evidence = checkpoints.slice(0, mostEvidence).map(({ path }) => ({ file: path }));
    yield { kind: 'fact', run, fact: { kind: 'checkpoint', value: checkpoints, evidence } };
  }
  if (datasets.length > 0)
    yield { kind: 'fact', run, fact: { kind: 'datasets', value: datasets, evidence: lists.slice(0, mostEvidence).map((file) => ({ file })) } };
  if (missing.length > 0) {
    const what = missing.length === 1 ? `The file ${missing[0]} is` : `${missing.length} files, the first ${missing[0]}, are`;
    const where = roots.project ? 'among the downloaded files' : 'here: the folder `files` of the export is missing';
    yield { kind: 'issue', run, issue: issue('missing-file', `${what} not ${where}.`, { tip: 'Open the whole export, with its `files` folder.' }) };
  }
}

/** What an artifact of Neptune 2 tracks: paths and hashes of data, as the exporter listed them. */
async function trackedFiles({ attribute }: NamedFile, file: SourceFile, context: ReadContext): Promise<Dataset[]> {
  let list: Value;
  try {
    list = parseJson(decodeUtf8(await readWhole(file, { wholeFileBytes: context.limits.contentBytes }, context.signal)).text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof SourceError) return [];
    throw error;
  }
  const entries = (Array.isArray(list) ? list : []).filter((entry: Value) => isObject(entry)).slice(0, mostTracked);
  return entries.map((entry: Record<string, Value>) => {
    const path = entry.filePath ?? entry.file_path ?? null;
    const hash = entry.fileHash ?? entry.file_hash ?? null;
    const name = typeof path === 'string' && entries.length > 1 ? `${attribute}/${path}` : attribute;
    return { name, digest: typeof hash === 'string' ? hash : null, source: typeof path === 'string' ? path : null };
  });
}
