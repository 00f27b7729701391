// What a task says of its code, environment, machine and data, as facts with their evidence.

import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import { seedFacts } from '../../formats/seed';
import type { Dataset, Evidence, Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';
import { hyperparams, textOrNull } from './task';

/** Where a key of the task stands. */
export type Place = (key: string) => Evidence;

export const factsOf = (task: Values, place: Place): Fact[] => [
  ...scriptFacts(task, place),
  ...machineFacts(objectOf(task.runtime), place),
  ...containerFact(task, place),
  ...datasetFact(task, place),
  ...seedOf(task, place),
];

const objectOf = (value: Value | undefined): Values => (isObject(value) ? value : {});
const told = (place: Place, key: string, value: string): Evidence[] => [{ ...place(key), value: value.slice(0, 500) }];

function scriptFacts({ script: held, runtime }: Values, place: Place): Fact[] {
  const script = objectOf(held);
  const facts: Fact[] = [];
  const evidence = (key: string, value: string) => told(place, `script.${key}`, value);
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
  const pip = textOrNull(objectOf(script.requirements).pip);
  if (pip !== null) facts.push(...environmentOf(pip, evidence('requirements.pip', pip)));
  const running = textOrNull(objectOf(runtime).python_version);
  if (running !== null && !facts.some(({ kind }) => kind === 'python'))
    facts.push({ kind: 'python', value: running, evidence: told(place, 'runtime.python_version', running) });
  return facts;
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

/** What the client's monitor saw of the machine. It rounds the memory to a tenth of a GB, which is no number of bytes. */
function machineFacts(runtime: Values, place: Place): Fact[] {
  const facts: Fact[] = [];
  const texts = { os: 'OS', host: 'hostname', gpu: 'gpu_type', cuda: 'gpu_driver_cuda_version' } as const;
  for (const [kind, key] of Object.entries(texts) as [keyof typeof texts, string][]) {
    const value = textOrNull(runtime[key]);
    if (value !== null) facts.push({ kind, value: kind === 'gpu' ? distinct(value) : value, evidence: told(place, `runtime.${key}`, value) });
  }
  const counts = { cpu_count: 'cpu_cores', gpu_count: 'gpu_count' } as const;
  for (const [kind, key] of Object.entries(counts) as [keyof typeof counts, string][]) {
    const value = numberOf(runtime[key] ?? null);
    if (value !== null && Number.isInteger(value) && value > 0) facts.push({ kind, value, evidence: told(place, `runtime.${key}`, String(value)) });
  }
  return facts;
}

/** A name for each card, joined with commas. */
const distinct = (names: string): string => [...new Set(names.split(', '))].join(', ');

function containerFact({ container }: Values, place: Place): Fact[] {
  const image = textOrNull(objectOf(container).image);
  return image === null ? [] : [{ kind: 'container', value: image, evidence: told(place, 'container.image', image) }];
}

/** `Dataset.get(alias=…)` notes the id of the version under its alias; a version that is finished does not change. */
function datasetFact(task: Values, place: Place): Fact[] {
  const datasets: Dataset[] = [];
  const evidence: Evidence[] = [];
  for (const [section, name, value] of hyperparams(task)) {
    if (section !== 'Datasets' || typeof value !== 'string' || !/^[0-9a-f]{32}$/.test(value)) continue;
    datasets.push({ name, digest: null, version: value });
    evidence.push(...told(place, `hyperparams.Datasets.${name}`, value));
  }
  return datasets.length === 0 ? [] : [{ kind: 'datasets', value: datasets, evidence }];
}

/** Params are text: those that are whole numbers may be a seed. */
function seedOf(task: Values, place: Place): Fact[] {
  const numbers: [string, number][] = [];
  for (const [section, name, value] of hyperparams(task))
    if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) numbers.push([`${section}.${name.replaceAll('/', '.')}`, Number(value)]);
  return seedFacts(Object.fromEntries(numbers), place('hyperparams'));
}
