// run.json: who the run is, how it ended, and all that Sacred found out about its environment.

import { epochMs } from '../../base/units';
import { flatten, isObject } from '../../formats/flatten';
import type { Dataset, Evidence, Fact } from '../../model/facts';
import type { RunHeader, RunStatus } from '../../model/run';
import type { Value } from '../../model/values';
import { timeMs } from '../_history/columns';
import { plainValue } from './plain';

type Fields = { readonly [key: string]: Value };

export interface RunRecord {
  readonly fields: Fields;
  readonly experiment: Fields;
  readonly host: Fields;
  readonly meta: Fields;
  /** As written; null where the run never started. */
  readonly startTime: string | null;
  readonly result: Value;
  readonly artifacts: readonly string[];
}

const statuses: Readonly<Record<string, RunStatus>> = {
  RUNNING: 'running',
  COMPLETED: 'finished',
  INTERRUPTED: 'killed',
  TIMEOUT: 'killed',
  FAILED: 'failed',
};

const part = (value: Value | undefined): Fields => (isObject(value) ? value : {});
const list = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);
const text = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The record in its parts; whatever is not there is empty. */
export function recordOf(value: Value): RunRecord {
  const fields = part(value);
  return {
    fields,
    experiment: part(fields.experiment),
    host: part(fields.host),
    meta: part(fields.meta),
    startTime: text(fields.start_time),
    result: plainValue(fields.result ?? null),
    artifacts: list(fields.artifacts).flatMap((item) => text(item) ?? text(part(item).name) ?? []),
  };
}

export function headerOf({ fields, experiment, meta }: RunRecord): Partial<RunHeader> {
  const time = (value: Value | undefined) => {
    const ms = timeMs(text(value) ?? '');
    return Number.isNaN(ms) ? null : epochMs(ms);
  };
  const native = text(fields.status);
  return {
    experiment: text(experiment.name),
    status: (native !== null && Object.hasOwn(statuses, native) ? statuses[native] : undefined) ?? 'unknown',
    nativeStatus: native,
    startedMs: time(fields.start_time),
    endedMs: time(fields.stop_time),
    notes: text(meta.comment) ?? text(part(meta.options)['--comment']),
  };
}

/** Facts with their place in run.json. */
export function factsOf({ fields, experiment, host, meta }: RunRecord): Fact[] {
  const facts: Fact[] = [];
  const from = (where: string, value: string): readonly Evidence[] => [{ file: 'run.json', where: `key ${where}`, value: value.slice(0, 500) }];
  const add = (kind: 'python' | 'cpu' | 'host' | 'entry_point' | 'os' | 'gpu', value: string | null, where: string) => {
    if (value !== null) facts.push({ kind, value, evidence: from(where, value) });
  };
  add('python', text(host.python_version), 'host.python_version');
  add(
    'os',
    list(host.os)
      .flatMap((item) => text(item) ?? [])
      .join(' ') || text(host.os),
    'host.os',
  );
  add('cpu', text(host.cpu), 'host.cpu');
  add('host', text(host.hostname), 'host.hostname');
  add('entry_point', text(experiment.mainfile), 'experiment.mainfile');
  const gpus = list(part(host.gpus).gpus).flatMap((gpu) => text(part(gpu).model) ?? []);
  add('gpu', gpus[0] ?? null, 'host.gpus.gpus');
  if (gpus.length > 0) facts.push({ kind: 'gpu_count', value: gpus.length, evidence: from('host.gpus.gpus', String(gpus.length)) });

  const packages = list(experiment.dependencies).flatMap((item): [string, string][] => {
    const match = /^([^=<>!\s]+)==(\S+)$/.exec(text(item) ?? '');
    return match ? [[match[1]!, match[2]!]] : [];
  });
  if (packages.length > 0)
    facts.push({ kind: 'packages', value: Object.fromEntries(packages), evidence: from('experiment.dependencies', `${packages.length} packages`) });
  facts.push(...repositoryFacts(experiment, from), ...resourceFacts(fields, from));
  const updates = Object.entries(flatten(plainValue(meta.config_updates ?? null))).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : shown(value)}`,
  );
  if (updates.length > 0) facts.push({ kind: 'overrides', value: updates, evidence: from('meta.config_updates', updates.join(' ')) });
  return facts;
}

const shown = (value: Value): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? String(item) : item)) : String(value);

/** The first repository is that of the main file; any that is dirty makes the run dirty. */
function repositoryFacts(experiment: Fields, from: (where: string, value: string) => readonly Evidence[]): Fact[] {
  const facts: Fact[] = [];
  const repositories = list(experiment.repositories).map(part);
  const [first] = repositories;
  const where = 'experiment.repositories';
  const commit = text(first?.commit);
  const remote = text(first?.url);
  if (commit !== null) facts.push({ kind: 'git_commit', value: commit, evidence: from(where, commit) });
  if (remote !== null) facts.push({ kind: 'git_remote', value: remote, evidence: from(where, remote) });
  const known = repositories.filter(({ dirty }) => typeof dirty === 'boolean');
  const dirty = known.some((one) => one.dirty === true);
  if (known.length > 0) facts.push({ kind: 'git_dirty', value: dirty, evidence: from(where, String(dirty)) });
  return facts;
}

/** Files that the run opened as resources: stored under their MD5. */
function resourceFacts(fields: Fields, from: (where: string, value: string) => readonly Evidence[]): Fact[] {
  const datasets = list(fields.resources).flatMap((item): Dataset[] => {
    const [path, stored] = list(item).map((one) => text(one));
    if (path == null) return [];
    return [{ name: path.split(/[/\\]/).at(-1) ?? path, digest: /_([0-9a-f]{32})(?:\.[^/]*)?$/.exec(stored ?? '')?.[1] ?? null, source: path }];
  });
  return datasets.length > 0 ? [{ kind: 'datasets', value: datasets, evidence: from('resources', datasets.map(({ name }) => name).join(', ')) }] : [];
}
