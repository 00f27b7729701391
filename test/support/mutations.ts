// Damages fixtures at random, from a seed, and reads them as the app does, media and previews included: a run whose files were not touched must come out as before.

import { joinBytes } from '../../src/core/formats/bytes';
import { assertRunIntegrity } from '../../src/core/model/integrity';
import type { ReadRun } from '../../src/core/model/run';
import { type FixtureCase, filesOf, fixtureCases, treeOf, withBytes } from './fixtures';
import { allIssues, readTree, seededRandom, type WasRead } from './read';

/** Most CPU time that one import may take; a whole one takes well under a second. By the clock it may take longer on a busy machine. */
const mostCpuMs = 2_000;
const patience = 60_000;
/** How far the memory of the process may grow by damage. */
const mostGrowth = 512 * 1024 * 1024;

interface Mutation {
  readonly path: string;
  readonly how: string;
  readonly bytes: Uint8Array;
}

/** Where damage happens: bytes of the file, and a seeded generator. */
interface Damage {
  readonly whole: Uint8Array;
  readonly random: () => number;
  readonly place: () => number;
  /** Mostly short, at most 200 bytes. */
  readonly span: () => number;
}

const utf8 = new TextEncoder();
/** Tokens that parsers of numbers, nesting and text stumble over. */
const tokens = [
  '1e999',
  '-1e-999',
  'NaN',
  '-Infinity',
  '9007199254740993',
  '0x1F',
  '1_000',
  '-0',
  '"',
  "'",
  '[',
  '{',
  '}',
  ']',
  ',',
  '\n',
  '\r',
  '\t',
  '\0',
  '\u2028',
  '__proto__',
  '*a',
  '&a ',
  '{{',
  '\ufeff',
  '../',
  '1e5,',
];

/** Ways to damage a file, each with what it says about itself. */
const ways: readonly ((damage: Damage) => readonly [how: string, bytes: Uint8Array])[] = [
  ({ whole, place }) => {
    const end = place();
    return [`cut at ${end}`, whole.slice(0, end)];
  },
  ({ whole, random, place }) => {
    const bytes = whole.slice();
    const places = Array.from({ length: 1 + Math.floor(random() * 8) }, place);
    for (const at of places) bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8));
    return [`bits flipped at ${places.join(', ')}`, bytes];
  },
  ({ whole, random, place, span }) => {
    const [from, length] = [place(), span()];
    const bytes = whole.slice();
    for (let at = from; at < Math.min(from + length, bytes.length); at++) bytes[at] = Math.floor(random() * 256);
    return [`${length} random bytes at ${from}`, bytes];
  },
  ({ whole, place, span }) => {
    const [from, length] = [place(), span()];
    return [`${length} bytes taken out at ${from}`, joinBytes([whole.subarray(0, from), whole.subarray(from + length)])];
  },
  ({ whole, place, span }) => {
    const [from, length] = [place(), span()];
    return [`${length} bytes doubled at ${from}`, joinBytes([whole.subarray(0, from + length), whole.subarray(from)])];
  },
  ({ whole, place, span }) => {
    const [from, length] = [place(), span()];
    const bytes = whole.slice();
    bytes.fill(0, from, from + length);
    return [`${length} zeros at ${from}`, bytes];
  },
  ({ whole, random, place, span }) => {
    const [from, length] = [place(), random() < 0.5 ? 0 : span() % 12];
    const token = tokens[Math.floor(random() * tokens.length)]!;
    return [
      `${length} bytes at ${from} replaced by ${JSON.stringify(token)}`,
      joinBytes([whole.subarray(0, from), utf8.encode(token), whole.subarray(from + length)]),
    ];
  },
  ({ whole, random, place }) => {
    const [from, depth] = [place(), 1 + Math.floor(random() ** 2 * 20_000)];
    const open = random() < 0.5 ? '[' : '{"a":';
    return [`${depth} times ${open} at ${from}`, joinBytes([whole.subarray(0, from), utf8.encode(open.repeat(depth)), whole.subarray(from)])];
  },
  ({ whole, place, span }) => {
    const [from, to, length] = [place(), place(), span()];
    const bytes = whole.slice();
    bytes.set(whole.subarray(from, Math.min(from + length, whole.length, from + whole.length - to)), to);
    return [`${length} bytes of ${from} copied over ${to}`, bytes];
  },
];

function mutated(path: string, whole: Uint8Array, random: () => number): Mutation {
  const place = () => Math.floor(random() * whole.length);
  const span = () => Math.min(whole.length, 1 + Math.floor(random() ** 3 * 200));
  const [how, bytes] = ways[Math.floor(random() * ways.length)]!({ whole, random, place, span });
  return { path, how, bytes };
}

/** A run as it must stay when others are damaged. What a tracker keeps above its runs (an experiment's name) may go. */
const core = ({ run, points }: ReadRun) => ({ id: run.id, path: run.path, params: run.params, series: run.series, points });

/** The file is the run's own, or lies in a folder above it, where stores keep what all runs share. */
function touches(read: ReadRun, path: string): boolean {
  const { run } = read;
  if (run.sources.some(({ files }) => files.includes(path))) return true;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
  return folder === '.' || run.path === folder || run.path.startsWith(`${folder}/`) || path === run.path || path.startsWith(`${run.path}/`);
}

async function within<T>(what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`${what}: not read within ${patience} ms`)), patience);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** What the reads of one fixture cost at most, and every promise broken, one line each. */
export interface Fuzzed {
  readonly failures: readonly string[];
  readonly slowestMs: number;
  readonly grownBytes: number;
}

const residentPeak = (): number => process.resourceUsage().maxRSS * 1024;

/** Reads one fixture with `count` different kinds of damage. */
export async function fuzz(fixture: FixtureCase, count: number, seed: number): Promise<Fuzzed> {
  const random = seededRandom(seed);
  const files = filesOf(fixture);
  const paths = Object.keys(files).filter((path) => files[path]!.length > 0);
  if (paths.length === 0) return { failures: [], slowestMs: 0, grownBytes: 0 };
  const whole: WasRead = await readTree(treeOf(files));
  const failures: string[] = [];
  let slowestMs = 0;
  const before = residentPeak();
  for (let at = 0; at < count; at++) {
    const path = paths[Math.floor(random() * paths.length)]!;
    const mutation = mutated(path, files[path]!, random);
    const what = `${fixture.id} ${path}, ${mutation.how} (seed ${seed}, number ${at})`;
    const cpu = process.cpuUsage();
    try {
      const read = await within(what, (signal) => readTree(withBytes(treeOf(files), path, mutation.bytes), { signal, keepContents: true }));
      const { user, system } = process.cpuUsage(cpu);
      slowestMs = Math.max(slowestMs, (user + system) / 1000);
      if ((user + system) / 1000 > mostCpuMs) failures.push(`${what}: took ${((user + system) / 1000).toFixed(0)} ms of CPU`);
      if (residentPeak() - before > mostGrowth) failures.push(`${what}: memory grew by ${((residentPeak() - before) / 2 ** 20).toFixed(0)} MB by then`);
      for (const run of read.runs) assertRunIntegrity(run);
      for (const { message } of allIssues(read).filter(({ code }) => code === 'reader-error')) failures.push(`${what}: ${message}`);
      for (const one of whole.runs.filter((run) => !touches(run, path))) {
        const after = read.runs.find(({ run }) => run.id === one.run.id);
        if (!after || text(core(after)) !== text(core(one))) failures.push(`${what}: ${one.run.path} ${after ? 'changed' : 'is lost'}`);
      }
    } catch (error) {
      failures.push(`${what}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { failures, slowestMs, grownBytes: Math.max(0, residentPeak() - before) };
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item instanceof Float64Array ? [...item].map(String).join() : item));

/** Below this a read costs about the same whatever the size. */
const sizeFloor = 30_000;

/**
 * How many of `total` mutations each case gets: many where a read is cheap, as bugs hide in small ones too, and so that every case takes
 * about as long. `part` of `parts` gives every so many-th case, for processes that share the work.
 */
export function shares(total: number, part = 0, parts = 1): readonly { readonly fixture: FixtureCase; readonly count: number }[] {
  const sizes = fixtureCases.map((fixture) => Object.values(filesOf(fixture)).reduce((sum, { length }) => sum + length, 0));
  const weights = sizes.map((size) => 1 / (sizeFloor + size));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return fixtureCases.map((fixture, at) => ({ fixture, count: Math.ceil((total * weights[at]!) / all) })).filter((_, at) => at % parts === part);
}
