// Compares what was read with a fixture's answer, field by field, by the rules that the answers were written for:
// a reader may know more than the answer, never less and never otherwise.

import { createHash } from 'node:crypto';
import type { Dataset, Fact } from '../../src/core/model/facts';
import type { Points, ReadRun, Series } from '../../src/core/model/run';
import type { Value, Values } from '../../src/core/model/values';

/** A number of an answer: non-finite ones are strings, one that is not there is null. */
type Num = number | string | bigint | null;

interface AnswerSeries {
  readonly name: string;
  readonly context?: Values;
  readonly count: number;
  readonly steps?: readonly Num[] | null;
  readonly values?: readonly Num[];
  readonly times_ms?: readonly Num[] | null;
  readonly sha256?: string;
  readonly x_axis?: string | null;
}

export interface AnswerRun {
  readonly id?: string | number | null;
  readonly path?: string | null;
  readonly name?: string | null;
  readonly experiment?: string | null;
  readonly parent?: string | null;
  readonly group?: string | null;
  readonly status?: string | null;
  readonly started_ms?: number | null;
  readonly ended_ms?: number | null;
  readonly params?: Values;
  readonly tags?: Values;
  readonly summary?: Values;
  readonly series?: readonly AnswerSeries[];
  readonly media?: readonly { readonly name: string; readonly kind: string; readonly count?: number | null }[];
  readonly artifacts?: readonly string[];
  readonly facts?: Values;
  readonly issues?: readonly string[];
  /** Who read the run, the one that it has its identity from first. */
  readonly sources?: readonly string[];
  /** Names under which the sources contradict each other. */
  readonly conflicts?: readonly string[];
}

export interface Answer {
  readonly format: string;
  readonly runs: readonly AnswerRun[];
}

const factKinds = [
  'gpu',
  'git_commit',
  'git_remote',
  'git_dirty',
  'git_branch',
  'command',
  'python',
  'os',
  'cpu',
  'cpu_count',
  'packages',
  'datasets',
  'seed',
  'lifecycle_stage',
  'state',
  'directions',
] as const;
/** A reader may show its axes as series. */
const axes = new Set(['epoch', 'step', 'iteration', 'time', 'timestamp', 'wall_time', 'runtime']);
const alike: Record<string, readonly string[]> = {
  truncated: ['truncated', 'bad-record'],
  'bad-record': ['bad-record', 'truncated'],
  corrupt: ['bad-record', 'truncated'],
};

/** One thing that was compared: null where both agree, else what differs. */
type Compared = string | null;

/** Everything in which the runs differ from the answer, one line each; empty where they agree. */
export const differences = (answer: Answer, runs: readonly ReadRun[]): string[] => [...compared(answer, runs)].filter((line) => line !== null);

/** Compares field by field; yields once for every field of the answer. */
export function* compared(answer: Answer, runs: readonly ReadRun[]): Generator<Compared> {
  yield told(
    runs.length === answer.runs.length,
    () => `runs: expected ${answer.runs.length}, got ${runs.length}: ${runs.map(({ run }) => run.path).join(', ')}`,
  );
  for (const [expected, got] of matched(answer.runs, runs)) {
    const who = String(expected.id ?? expected.path ?? expected.name ?? 'the run');
    yield told(got !== null, () => `${who}: not found`);
    if (!got) continue;
    yield told(got.run.format === answer.format, () => `${who}: format ${got.run.format}`);
    for (const line of runDifferences(expected, got)) yield line === null ? null : `${who}: ${line}`.slice(0, 300);
  }
}

const told = (agree: boolean, note: () => string): Compared => (agree ? null : note().slice(0, 300));

/** Pairs answers with runs: by native id, path, path below, name; the only one with the only one. */
function matched(expected: readonly AnswerRun[], runs: readonly ReadRun[]): [AnswerRun, ReadRun | null][] {
  const left = [...runs];
  return expected.map((answer) => {
    const path = answer.path?.replace(/\/+$/, '');
    const tests: ((read: ReadRun) => boolean)[] = [
      ({ run }) => answer.id != null && answer.id !== '' && run.nativeId === String(answer.id),
      ({ run }) => Boolean(path) && run.path === path,
      ({ run }) => Boolean(path) && run.path.startsWith(`${path}/`),
      ({ run }) => Boolean(answer.name) && run.name === answer.name,
    ];
    let hit = tests.map((test) => left.find(test)).find((read) => read !== undefined);
    if (!hit && expected.length === 1 && left.length === 1) hit = left[0];
    if (hit) left.splice(left.indexOf(hit), 1);
    return [answer, hit ?? null];
  });
}

function* runDifferences(expected: AnswerRun, { run, points }: ReadRun): Generator<Compared> {
  for (const field of ['name', 'experiment', 'parent', 'group', 'status'] as const)
    if (expected[field] != null) yield told(run[field] === expected[field], () => `${field}: expected ${show(expected[field])}, got ${show(run[field])}`);
  for (const [field, got] of [
    ['started_ms', run.startedMs],
    ['ended_ms', run.endedMs],
  ] as const) {
    const want = expected[field];
    if (want != null) yield told(got !== null && Math.abs(got - want) <= 1, () => `${field}: expected ${want}, got ${got}`);
  }
  for (const field of ['params', 'tags', 'summary'] as const)
    for (const [key, want] of Object.entries(expected[field] ?? {})) {
      const got = run[field][key];
      yield told(got !== undefined && same(want, got), () => `${field} ${show(key)}: expected ${show(want)}, got ${got === undefined ? 'nothing' : show(got)}`);
    }
  yield* seriesDifferences(expected, run.series, points);
  const contradicted = new Set(run.conflicts?.filter(({ kind }) => kind === 'differs').map(({ name }) => name));
  for (const [field, got] of [
    ['sources', run.sources.map(({ reader }) => reader)],
    ['conflicts', [...contradicted].sort()],
  ] as const) {
    const want = expected[field];
    if (want) yield told(want.join() === got.join(), () => `${field}: expected ${want.join()}, got ${got.join()}`);
  }
  for (const media of expected.media ?? []) {
    const hit = run.media.findLast(({ name }) => name === media.name);
    yield told(
      hit !== undefined && (media.count == null || hit.count === media.count),
      () => `media ${show(media.name)}: expected ${media.kind} × ${media.count}, got ${show(hit)}`,
    );
  }
  for (const artifact of expected.artifacts ?? [])
    yield told(
      run.artifacts.some(({ path }) => path === artifact || path.endsWith(`/${artifact}`)),
      () => `artifact ${show(artifact)}: absent`,
    );
  for (const kind of factKinds) yield* factDifferences(kind, expected.facts?.[kind] ?? null, run.facts);
  const codes = new Set(run.issues.map(({ code }): string => code));
  for (const code of expected.issues ?? [])
    yield told(
      (alike[code] ?? [code]).some((one) => codes.has(one)),
      () => `issue ${code}: absent, got ${[...codes].join(', ') || 'none'}`,
    );
}

function* seriesDifferences(expected: AnswerRun, series: readonly Series[], points: readonly Points[]): Generator<Compared> {
  const named = new Set<Series>();
  for (const want of expected.series ?? []) {
    const context = want.context ?? {};
    const what = `series ${show(want.name)}${Object.keys(context).length > 0 ? ` ${show(context)}` : ''}`;
    const byName = series.filter(({ name }) => name === want.name);
    const got = byName.find((one) => same(context, one.context)) ?? (byName.length === 1 ? byName[0] : undefined);
    yield told(got !== undefined, () => `${what}: absent`);
    if (!got) continue;
    named.add(got);
    const have = points[series.indexOf(got)]!;
    yield told(got.count === want.count, () => `${what}: expected ${want.count} points, got ${got.count}`);
    if (want.values) yield columnDifference(`${what} values`, want.values, have.values);
    else if (want.sha256) yield told(digest(have.values) === want.sha256, () => `${what}: values differ (first ${got.first}, last ${got.last})`);
    if (want.steps) yield columnDifference(`${what} steps`, want.steps, have.steps);
    if (want.times_ms) yield columnDifference(`${what} times`, want.times_ms, have.times, 1);
    if (want.x_axis != null) yield told(got.xAxis === want.x_axis, () => `${what}: x axis expected ${show(want.x_axis)}, got ${show(got.xAxis)}`);
  }
  if (!expected.series?.length) return;
  const extra = series.filter((one) => !named.has(one) && !one.system && !axes.has(one.name.split('/').at(-1)!));
  yield told(extra.length === 0, () => `series not in the answer: ${extra.map(({ name, context }) => name + show(context)).join(', ')}`);
}

/** Bit for bit, unless `tolerance` (milliseconds) says otherwise. NaN equals NaN; −0 does not equal 0. */
function columnDifference(what: string, want: readonly Num[], got: Float64Array | null, tolerance = 0): Compared {
  if (!got) return `${what}: absent`;
  const at = want.findIndex((value, index) => {
    const [a, b] = [num(value), got[index] ?? Number.NaN];
    return !Object.is(a, b) && !(tolerance > 0 && Math.abs(a - b) <= tolerance);
  });
  return told(want.length === got.length && at < 0, () => `${what}: differ at ${at}: expected ${want[at]}, got ${got[at]}`);
}

function* factDifferences(kind: (typeof factKinds)[number], want: Value, facts: readonly Fact[]): Generator<Compared> {
  const fact = facts.find((one) => one.kind === kind);
  if (want === null) return;
  yield told(fact !== undefined, () => `fact ${kind}: absent`);
  if (!fact) return;
  yield told(fact.evidence.length > 0 && fact.evidence.every(({ file }) => file !== ''), () => `fact ${kind}: no evidence`);
  if (kind === 'packages') {
    const have = fact.value as Readonly<Record<string, string>>;
    const missing = Object.entries(want as Values).filter(([name, version]) => have[name] !== version);
    yield told(missing.length === 0, () => `fact packages: ${missing.length} missing, first ${show(missing[0])}`);
  } else if (kind === 'datasets') {
    const have = (fact.value as readonly Dataset[]).map(({ name, digest: sum }) => `${name} ${sum}`);
    for (const one of want as unknown as readonly Dataset[])
      yield told(have.includes(`${one.name} ${one.digest ?? null}`), () => `fact datasets: ${show(one)} absent`);
  } else yield told(same(want, fact.value as Value), () => `fact ${kind}: expected ${show(want)}, got ${show(fact.value)}`);
}

/** A value as the command line prints it: non-finite numbers and big integers are strings. */
function printed(value: Value): Value {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
  if (Array.isArray(value)) return value.map((item: Value) => printed(item));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printed(item as Value)]));
  return value;
}

/** Equal with the same type: a string is not a number, true is not 1. */
function same(want: Value, got: Value): boolean {
  return canonical(printed(want)) === canonical(printed(got));
}

function canonical(value: Value): string {
  if (Array.isArray(value)) return `[${value.map((item: Value) => canonical(item)).join()}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item as Value)}`)
      .join()}}`;
  return JSON.stringify(value);
}

const num = (value: Num): number => (value === null ? Number.NaN : Number(value));

function digest(values: Float64Array): string {
  const clean = Float64Array.from(values);
  const view = new DataView(clean.buffer);
  for (let at = 0; at < clean.length; at++) if (Number.isNaN(clean[at])) view.setBigUint64(at * 8, 0x7ff8000000000000n, true);
  return createHash('sha256').update(new Uint8Array(clean.buffer)).digest('hex');
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item))?.slice(0, 80) ?? 'undefined';
