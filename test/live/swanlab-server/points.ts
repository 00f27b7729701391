// Questions for points to the stand-in of SwanLab, and its tables: one row for each step, as the server groups them.
import type { DrawnRun } from './double';

interface Ref {
  readonly projectId?: string;
  readonly experimentId?: string;
  readonly createdAt?: number;
  readonly rootExpId?: string;
  readonly key?: string;
  readonly experimentName?: string;
}

export interface Question {
  readonly filters?: readonly {
    readonly type: string;
    readonly key: string;
    readonly op: string;
    readonly value: readonly string[];
    readonly active?: boolean;
  }[];
  readonly paths?: readonly string[];
  readonly prefix?: string;
  readonly projectId?: string;
  readonly experiments?: readonly Ref[];
  readonly columns?: readonly Ref[];
  readonly limit?: number;
  readonly cursor?: string;
}

/** What is wrong with a question: runs that are not there, a time before which nothing is looked through that is missing or too late. */
export function refused({ projectId, experiments, columns }: Question, ours: string, runs: readonly DrawnRun[]): string | null {
  for (const ref of [...(experiments ?? []), ...(columns ?? [])]) {
    const run = runs.find(({ cuid }) => cuid === ref.experimentId);
    if (!run || (ref.projectId ?? projectId) !== ours) return `no run ${ref.experimentId} in ${ref.projectId ?? projectId}`;
    // A clone asks for the points of its root with the time of its own.
    const created = Math.max(
      ...runs.flatMap(({ cuid, root, createdAt }) => (cuid === run.cuid || root === run.cuid ? [Math.floor(Date.parse(createdAt) / 1000)] : [])),
    );
    if (!Number.isInteger(ref.createdAt) || (ref.createdAt as number) <= 0 || (ref.createdAt as number) > created) return `createdAt ${ref.createdAt}`;
  }
  return null;
}

/** `step,{name}-{key}_step,{name}-{key}_timestamp,…`: values under `_step`. Of points of one step the last counts; what is not finite is `nan`, as the SDK sends it. */
export function exported({ scalars = {} }: DrawnRun, keys: readonly string[], name: string): string {
  const rows = new Map<string, Map<string, readonly [string, string]>>();
  for (const key of keys) {
    for (const [step, value, time] of scalars[key] ?? []) {
      const row = rows.get(String(step)) ?? new Map<string, readonly [string, string]>();
      rows.set(String(step), row.set(key, [Number.isFinite(value) ? (Object.is(value, -0) ? '-0' : String(value)) : 'nan', String(time)]));
    }
  }
  const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const header = ['step', ...keys.flatMap((key) => [`${name}-${key}_step`, `${name}-${key}_timestamp`])].map(quoted);
  const lines = [...rows].sort(([a], [b]) => (BigInt(a) < BigInt(b) ? -1 : 1)).map(([step, row]) => [step, ...keys.flatMap((key) => row.get(key) ?? ['', ''])]);
  return [header, ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}

export function summariesOf({ experiments = [] }: Question, runs: readonly DrawnRun[]): object {
  return Object.fromEntries(
    experiments.map(({ experimentId = '', rootExpId }) => {
      const run = runs.find(({ cuid }) => cuid === (rootExpId ?? experimentId));
      const latest = Object.entries(run?.scalars ?? {}).map(([key, points]) => [key, { step: Number(points.at(-1)?.[0] ?? 0), value: points.at(-1)?.[1] }]);
      return [experimentId, latest.length > 0 ? Object.fromEntries(latest) : null];
    }),
  );
}
