// Tells an execution's folder from others: logs of operations, and what the client keeps beside them.

import type { ProbeContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';

/** What one process wrote of a run. */
export interface Execution {
  readonly dir: SourceDir;
  /** The folder that holds `async/` and `offline/`: the same run elsewhere is a copy, no other execution. */
  readonly home: SourceDir;
  /** When the process began; empty where that is not written. */
  readonly created: string;
  /** `run`, `model`, `model_version` or `project`. */
  readonly type: string;
  /** The client's own id of the run. */
  readonly id: string;
  /** In the order of their first versions. */
  readonly logs: readonly SourceFile[];
  /** Clients before 1.8 write none. */
  readonly metadata: SourceFile | null;
}

const logName = /^data-(\d{1,15})\.log$/;
const folderName = /^(?:(run|model|model_version|project)__)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:__\d+__[^_]+)?$/i;
const execution = /^exec-\d+-/;
const modes: ReadonlySet<string> = new Set(['async', 'offline', 'sync']);
const operation = /^\s*\{"obj":\s*\{/;
const headBytes = 4096;

export async function executionIn(dir: SourceDir, context: ProbeContext): Promise<Execution | null> {
  const logs = [...dir.files.values()].filter(({ name }) => logName.test(name)).sort((a, b) => firstVersion(a) - firstVersion(b));
  const beside = dir.files.get('metadata.json');
  if (logs.length === 0 && !(beside && dir.files.has('last_put_version'))) return null;
  const container = execution.test(dir.name) ? (dir.parent ?? dir) : dir;
  const named = folderName.exec(container.name);
  const about = beside ? new TextDecoder().decode(await context.head(beside, headBytes)) : '';
  const told = /"(?:containerId|customId)"\s*:\s*"([^"\\]{1,200})"/.exec(about)?.[1];
  const type = /"containerType"\s*:\s*"(\w{1,40})"/.exec(about)?.[1] ?? named?.[1] ?? 'run';
  const id = told ?? named?.[2];
  const metadata = told !== undefined && beside ? beside : null;
  const created = /"createdAt"\s*:\s*"([^"\\]{1,40})"/.exec(about)?.[1] ?? '';
  const above = container.parent ?? container;
  const home = modes.has(above.name) ? (above.parent ?? above) : above;
  if (await isLog(logs[0], context)) return { dir, home, created, type, id: id ?? dir.name, logs, metadata: beside ?? null };
  // A log that is damaged at its beginning, or not there yet, is still known by what lies around it.
  return id !== undefined && (named || dir.files.has('last_put_version')) && (metadata || logs.length > 0)
    ? { dir, home, created, type, id, logs, metadata }
    : null;
}

const firstVersion = ({ name }: SourceFile): number => Number(logName.exec(name)?.[1]);

const isLog = async (file: SourceFile | undefined, context: ProbeContext) =>
  file !== undefined && operation.test(new TextDecoder().decode(await context.head(file, 64)));
