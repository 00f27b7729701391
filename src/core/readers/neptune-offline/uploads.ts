// Files that waited to be sent: copies in `upload_path/`, and paths on the machine that trained.

import type { RunEvent, RunKey } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import type { Place } from '../_neptune/attributes';
import { memoryFile } from '../_neptune/memory-file';
import { packagesFact, requirementsPath } from '../_neptune/requirements';
import type { Execution } from './find';
import type { OfflineRun } from './fold';

const weights = /(?:^|\/)(?:checkpoints?|weights)(?:\/|$)|\.(?:ckpt|pth?|safetensors|h5|keras)$/i;

/** Lists what attributes stand for, under their paths; and what it tells: the patch, versions of data. */
export async function* uploadEvents(
  run: RunKey,
  { uploads, artifacts }: OfflineRun,
  executions: readonly Execution[],
  place: Place,
  context: ReadContext,
): AsyncGenerator<RunEvent> {
  for (const [path, { operation, copy, bytes }] of [...uploads].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const file = bytes ? memoryFile(path, bytes) : copy === null ? null : copyOf(copy, executions);
    const here = file !== null || operation === 'UploadFileContent' || operation === 'LogImages';
    yield { kind: 'artifact', run, artifact: { path, size: file?.size ?? null, kind: here ? 'file' : 'reference' }, ...(file ? { file } : {}) };
    const packages = path === requirementsPath && file ? await packagesFact(file, { ...place(path), value: copy ?? path }, context) : null;
    if (packages) yield { kind: 'fact', run, fact: packages };
    if (path === 'source_code/diff' && file && copy !== null)
      yield { kind: 'fact', run, fact: { kind: 'git_patch', value: `upload_path/${copy}`, evidence: [{ ...place(path), value: copy }] } };
  }
  const checkpoints = [...uploads.keys()].filter((path) => weights.test(path)).sort();
  if (checkpoints.length > 0) {
    const evidence = checkpoints.slice(0, 20).map((path) => ({ ...place(path), value: path }));
    yield { kind: 'fact', run, fact: { kind: 'checkpoint', value: checkpoints.map((path) => ({ path, step: null, digest: null })), evidence } };
  }
  if (artifacts.size > 0) {
    const datasets = [...artifacts].map(([name, digest]) => ({ name, digest }));
    const evidence = datasets.slice(0, 20).map(({ name, digest }) => ({ ...place(name), value: digest }));
    yield { kind: 'fact', run, fact: { kind: 'datasets', value: datasets, evidence } };
  }
}

function copyOf(name: string, executions: readonly Execution[]): SourceFile | null {
  for (const { dir } of executions) {
    const file = dir.dirs.get('upload_path')?.files.get(name);
    if (file) return file;
  }
  return null;
}
