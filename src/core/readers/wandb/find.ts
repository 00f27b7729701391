// Finds runs: transaction logs, run folders without one, and the folders of versions before 0.10. One claim per run.

import type { Claim } from '../../source/reader';
import { type SourceDir, type SourceFile, type SourceTree, walkDirs, walkFiles } from '../../source/source';

/** What `wandb` calls the folder of a run. The id may hold dashes. */
const runFolder = /^(?:offline-)?run-\d{8}_\d{6}-(.+)$/;
const oldRunFolder = /^(?:dry)?run-\d{8}_\d{6}-(.+)$/;
const logName = /^run-(.+)\.wandb$/;
const ownFiles = ['config.yaml', 'wandb-summary.json', 'wandb-metadata.json'] as const;
const oldHistory = 'wandb-history.jsonl';

/** One folder of a run: a run that was resumed has several. */
export interface Part {
  /** The transaction log, or null where only files are left. */
  readonly log: SourceFile | null;
  /** The run folder, or the folder that a log was found in. */
  readonly dir: SourceDir;
  /** Where the log's path and evidence are relative to, and what the run's path is. */
  readonly path: string;
  /** The folder of the run's own files, where there is one. */
  readonly files: SourceDir | null;
  /** The id that names tell; the log's own word goes first. */
  readonly id: string;
}

export interface Found {
  readonly kind: 'run' | 'old';
  readonly parts: readonly Part[];
}

/** @param isLog whether a file begins as a log */
export async function findRuns(tree: SourceTree, isLog: (file: SourceFile) => Promise<boolean>): Promise<Claim[]> {
  const claims: Claim[] = [];
  const byRun = new Map<string, Part[]>();
  for (const dir of walkDirs(tree.root)) {
    const logs: SourceFile[] = [];
    for (const file of dir.files.values()) {
      const mayBe = file.name.endsWith('.wandb') || file === tree.named;
      if (mayBe && (logName.test(file.name) || (await isLog(file)))) logs.push(file);
    }
    const parts = logs.length > 0 ? logs.map((log) => logPart(dir, log, logs.length === 1, tree)) : filesPart(dir);
    for (const part of parts) {
      const holder = part.dir.parent ?? part.dir;
      const key = `${holder.path}\0${part.id}`;
      const same = byRun.get(key);
      if (same) same.push(part);
      else byRun.set(key, [part]);
    }
    if (logs.length === 0 && parts.length === 0 && dir.files.has(oldHistory)) claims.push(oldClaim(dir));
  }
  for (const parts of byRun.values()) claims.push(claimOf(parts));
  return claims;
}

function logPart(dir: SourceDir, log: SourceFile, alone: boolean, tree: SourceTree): Part {
  const files = dir.dirs.get('files');
  const named = runFolder.exec(dir.name);
  const own = alone && (named !== null || files !== undefined);
  const id = logName.exec(log.name)?.[1] ?? named?.[1] ?? log.name;
  const path = own || (alone && dir === tree.root) || log === tree.named ? dir.path : log.path;
  return { log, dir, path, files: own ? (files ?? null) : null, id };
}

/** A run folder whose log was never written or is gone. */
function filesPart(dir: SourceDir): Part[] {
  const files = dir.dirs.get('files');
  const id = runFolder.exec(dir.name)?.[1];
  if (id === undefined || !files || !ownFiles.some((name) => files.files.has(name))) return [];
  return [{ log: null, dir, path: dir.path, files, id }];
}

function claimOf(parts: readonly Part[]): Claim {
  const [first] = parts as readonly [Part];
  const key = parts.flatMap(({ log, files }) => (log ? [log] : ownFiles.flatMap((name) => files?.files.get(name) ?? [])));
  const files = parts.flatMap((part) => [...filesOf(part)]);
  const root = parts.length === 1 || !first.dir.parent ? first.dir : first.dir.parent;
  return { root, confidence: first.log ? 0.97 : 0.9, key, files, note: { kind: 'run', parts } satisfies Found };
}

/** The log, and everything in the folder of the run: saved tables and event files are no runs of their own. */
export function* filesOf({ log, dir, files }: Part): Generator<SourceFile> {
  if (log) yield log;
  if (files === null) return;
  for (const file of walkFiles(runFolder.test(dir.name) ? dir : files)) if (file !== log) yield file;
}

function oldClaim(dir: SourceDir): Claim {
  const id = oldRunFolder.exec(dir.name)?.[1] ?? dir.name;
  const key = [dir.files.get(oldHistory) as SourceFile];
  return {
    root: dir,
    confidence: 0.95,
    key,
    files: [...walkFiles(dir)],
    note: { kind: 'old', parts: [{ log: null, dir, path: dir.path, files: dir, id }] } satisfies Found,
  };
}
