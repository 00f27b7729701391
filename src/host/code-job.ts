// Reads the code of a project for the page to review: what the page would be given by a drop, bounded, and nothing is run.
import { readWhole } from '../core/formats/bytes';
import { projectFiles, setupLimits } from '../core/setup/project/files';
import { type PackedFile, packCode } from '../core/setup/project/pack';
import { mostSettingsBytes } from '../core/setup/project/read';
import { limitsWith } from '../core/source/reader';
import { SourceError, type SourceFile, type SourceTree } from '../core/source/source';
import type { ImportEvent } from '../wire/imports';
import { sourceAt } from './sources/source-at';
import type { WorkerJob } from './worker-messages';

interface CodeJobContext {
  readonly signal: AbortSignal;
  /** Waits while the page does not fetch. */
  readonly send: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly tell: (event: Exclude<ImportEvent, { kind: 'batch' }>) => void;
}

const batchBytes = 4 * 1024 * 1024;
const progressMs = 100;
/** Names of files beside the code that are handed over: what lies about in a repository shows in fewer. */
const mostNames = 50_000;

/**
 * Sends the files of every path and says `done`.
 * @throws whatever the signal was aborted with
 */
export async function readCode({ paths, limits }: Pick<WorkerJob, 'paths' | 'limits'>, { signal, send, tell }: CodeJobContext): Promise<void> {
  const began = Date.now();
  const sum = { files: 0, bytes: 0 };
  let told = 0;
  for (const [root, path] of paths.entries()) {
    const source = sourceAt(path);
    try {
      const tree = await source.scan({
        signal,
        limits: limitsWith(limits),
        issue: (issue) => tell({ kind: 'issue', source: root, issue }),
        progress: () => {},
      });
      let waiting: PackedFile[] = [];
      let waitingBytes = 0;
      for (const { file, isRead } of filesOf(tree)) {
        signal.throwIfAborted();
        const bytes = isRead ? await bytesOf(file, limitsWith(limits), signal) : null;
        waiting.push({ root, path: file.path, size: file.size, bytes });
        waitingBytes += (bytes?.length ?? 0) + file.path.length;
        sum.files += 1;
        sum.bytes += bytes?.length ?? 0;
        if (waitingBytes >= batchBytes) {
          await send(packCode(waiting));
          waiting = [];
          waitingBytes = 0;
        }
        if (Date.now() - told < progressMs) continue;
        told = Date.now();
        const progress = { phase: 'read', source: root, files: sum.files, bytes: sum.bytes, bytesTotal: null, runs: 0, points: 0, current: null } as const;
        tell({ kind: 'progress', progress });
      }
      await send(packCode(waiting));
    } finally {
      await source.close?.();
    }
  }
  tell({ kind: 'done', runs: 0, points: 0, bytes: sum.bytes, ms: Date.now() - began });
}

/** Code and settings with their bytes, the rest by name; a `.git` folder by one name, which tells that here is the root of a repository. */
function* filesOf({ root, named }: SourceTree): Generator<{ readonly file: SourceFile; readonly isRead: boolean }> {
  const found = projectFiles(root, named);
  const read = new Set([...found.python, ...found.notebooks, ...found.environment, ...(found.gitIgnore ? [found.gitIgnore] : [])]);
  for (const file of found.settings) if (file.size <= mostSettingsBytes) read.add(file);
  let names = 0;
  for (const file of found.all) {
    const isRead = read.has(file) && file.size <= setupLimits.fileBytes;
    if (!isRead && ++names > mostNames) continue;
    yield { file, isRead };
  }
  const head = named ? undefined : root.dirs.get('.git')?.files.get('HEAD');
  if (head) yield { file: head, isRead: false };
}

async function bytesOf(file: SourceFile, limits: Parameters<typeof readWhole>[1], signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await readWhole(file, limits, signal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return null;
  }
}
