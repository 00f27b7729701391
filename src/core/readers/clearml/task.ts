// What task.json says of the run.

import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { seedFacts } from '../../formats/seed';
import { parseTimestamp } from '../../formats/timestamp';
import type { Fact } from '../../model/facts';
import type { RunHeader, RunStatus } from '../../model/run';
import type { Value, Values } from '../../model/values';

const file = 'task.json';
const statuses: Readonly<Record<string, RunStatus>> = {
  in_progress: 'running',
  stopped: 'killed',
  completed: 'finished',
  published: 'finished',
  publishing: 'finished',
  closed: 'finished',
  failed: 'failed',
};

export interface StoredArtifact {
  readonly key: string;
  readonly uri: string;
  readonly size: number | null;
}

export function headerOf(task: Values): Partial<RunHeader> {
  const status = textOrNull(task.status);
  return {
    name: textOrNull(task.name),
    experiment: textOrNull(task.project_name),
    parent: textOrNull(task.parent),
    jobType: textOrNull(task.type),
    notes: textOrNull(task.comment),
    status: (status === null ? undefined : statuses[status]) ?? 'unknown',
    nativeStatus: status,
    startedMs: timeOf(task.started),
    endedMs: timeOf(task.completed),
  };
}

export const tagsOf = ({ tags }: Values): Values =>
  Object.fromEntries((Array.isArray(tags) ? (tags as readonly Value[]) : []).filter((tag) => typeof tag === 'string').map((tag) => [tag, true]));

/** `section/name` → value, always text; configuration objects whole, as they were written. Old clients kept one flat map. */
export function paramsOf(task: Values): Values {
  const params: [string, Value][] = [];
  for (const [section, name, value] of hyperparams(task)) params.push([`${section}/${name}`, value]);
  for (const [name, object] of Object.entries(isObject(task.configuration) ? task.configuration : {}))
    if (isObject(object) && object.value !== undefined && object.value !== '') params.push([`configuration/${name}`, object.value]);
  if (params.length > 0) return Object.fromEntries(params);
  const execution = isObject(task.execution) ? task.execution : {};
  return isObject(execution.parameters) ? execution.parameters : {};
}

function* hyperparams({ hyperparams: sections }: Values): Generator<readonly [string, string, Value]> {
  if (!isObject(sections)) return;
  for (const [section, entries] of Object.entries(sections)) {
    if (!isObject(entries)) continue;
    for (const [name, entry] of Object.entries(entries)) yield [section, name, isObject(entry) ? (entry.value ?? null) : entry];
  }
}

export function artifactsOf({ execution }: Values): readonly StoredArtifact[] {
  const list = isObject(execution) && Array.isArray(execution.artifacts) ? (execution.artifacts as readonly Value[]) : [];
  return list.flatMap((one) => {
    if (!isObject(one) || typeof one.key !== 'string') return [];
    return [{ key: one.key, uri: textOrNull(one.uri) ?? '', size: typeof one.content_size === 'number' ? one.content_size : null }];
  });
}

export function factsOf(task: Values): Fact[] {
  const script = isObject(task.script) ? task.script : {};
  const facts: Fact[] = [];
  const evidence = (key: string, value: string) => [{ file, where: `key script.${key}`, value: value.slice(0, 500) }];
  const texts = { git_commit: 'version_num', git_branch: 'branch', git_remote: 'repository', entry_point: 'entry_point' } as const;
  for (const [kind, key] of Object.entries(texts) as [keyof typeof texts, string][]) {
    const value = textOrNull(script[key]);
    if (value !== null) facts.push({ kind, value, evidence: evidence(key, value) });
  }
  const entry = textOrNull(script.entry_point);
  if (entry !== null) {
    const folder = textOrNull(script.working_dir) ?? '.';
    const value = folder === '.' ? entry : `${folder}/${entry}`;
    facts.push({ kind: 'command', value, evidence: evidence('entry_point', value) });
  }
  if (typeof script.diff === 'string' && typeof script.version_num === 'string' && script.version_num !== '') {
    facts.push({ kind: 'git_dirty', value: script.diff !== '', evidence: evidence('diff', script.diff) });
    if (script.diff !== '') facts.push({ kind: 'git_patch', value: script.diff, evidence: evidence('diff', script.diff) });
  }
  const pip = isObject(script.requirements) ? textOrNull(script.requirements.pip) : null;
  if (pip !== null) facts.push(...environmentOf(pip, evidence('requirements.pip', pip)));
  return [...facts, ...seedOf(task)];
}

/** A list for pip whose first comment names the interpreter. */
function environmentOf(pip: string, evidence: Fact['evidence']): Fact[] {
  const facts: Fact[] = [];
  const python = /^# Python (\d[\w.+]*)/m.exec(pip)?.[1];
  if (python !== undefined) facts.push({ kind: 'python', value: python, evidence });
  const pins = [...pip.matchAll(/^[ \t]*([A-Za-z0-9_.-]+)[ \t]*==[ \t]*([^\s#;]+)/gm)].map(([, name = '', version = '']): [string, string] => [name, version]);
  if (pins.length > 0) facts.push({ kind: 'packages', value: Object.fromEntries(pins), evidence });
  return facts;
}

/** Params are text: those that are whole numbers may be a seed. */
function seedOf(task: Values): Fact[] {
  const numbers: [string, number][] = [];
  for (const [section, name, value] of hyperparams(task))
    if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) numbers.push([`${section}.${name.replaceAll('/', '.')}`, Number(value)]);
  return seedFacts(Object.fromEntries(numbers), { file, where: 'key hyperparams' });
}

const textOrNull = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

function timeOf(value: Value | undefined) {
  const ms = typeof value === 'string' ? parseTimestamp(value) : null;
  return ms === null ? null : epochMs(ms);
}
