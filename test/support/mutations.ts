// Damages fixtures at random, from a seed, and reads them as the app does, media and previews included: a run whose files were not touched must come out as before.

import { joinBytes } from '../../src/core/formats/bytes';
import { assertRunIntegrity } from '../../src/core/model/integrity';
import type { ReadRun } from '../../src/core/model/run';
import { type FixtureCase, filesOf, fixtureCases, treeOf, withBytes } from './fixtures';
import { allIssues, readTree, seededRandom, type WasRead } from './read';

/** Longest time that one import may take. Whole ones take well under a second. */
const patience = 60_000;

interface Mutation {
  readonly path: string;
  readonly how: string;
  readonly bytes: Uint8Array;
}

function mutated(path: string, whole: Uint8Array, random: () => number): Mutation {
  const place = () => Math.floor(random() * whole.length);
  const span = () => Math.min(whole.length, 1 + Math.floor(random() ** 3 * 200));
  switch (Math.floor(random() * 6)) {
    case 0: {
      const end = place();
      return { path, how: `cut at ${end}`, bytes: whole.slice(0, end) };
    }
    case 1: {
      const bytes = whole.slice();
      const places = Array.from({ length: 1 + Math.floor(random() * 8) }, place);
      for (const at of places) bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8));
      return { path, how: `bits flipped at ${places.join(', ')}`, bytes };
    }
    case 2: {
      const [from, length] = [place(), span()];
      const bytes = whole.slice();
      for (let at = from; at < Math.min(from + length, bytes.length); at++) bytes[at] = Math.floor(random() * 256);
      return { path, how: `${length} random bytes at ${from}`, bytes };
    }
    case 3: {
      const [from, length] = [place(), span()];
      return { path, how: `${length} bytes taken out at ${from}`, bytes: joinBytes([whole.subarray(0, from), whole.subarray(from + length)]) };
    }
    case 4: {
      const [from, length] = [place(), span()];
      return { path, how: `${length} bytes doubled at ${from}`, bytes: joinBytes([whole.subarray(0, from + length), whole.subarray(from)]) };
    }
    default: {
      const [from, length] = [place(), span()];
      const bytes = whole.slice();
      bytes.fill(0, from, from + length);
      return { path, how: `${length} zeros at ${from}`, bytes };
    }
  }
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

/** Reads one fixture with `count` different kinds of damage. @returns every promise broken, one line each */
export async function mutationFailures(fixture: FixtureCase, count: number, seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const files = filesOf(fixture);
  const paths = Object.keys(files).filter((path) => files[path]!.length > 0);
  if (paths.length === 0) return [];
  const whole: WasRead = await readTree(treeOf(files));
  const failures: string[] = [];
  for (let at = 0; at < count; at++) {
    const path = paths[Math.floor(random() * paths.length)]!;
    const mutation = mutated(path, files[path]!, random);
    const what = `${fixture.id} ${path}, ${mutation.how} (seed ${seed}, number ${at})`;
    try {
      const read = await within(what, (signal) => readTree(withBytes(treeOf(files), path, mutation.bytes), { signal, keepContents: true }));
      for (const run of read.runs) assertRunIntegrity(run);
      for (const { message } of allIssues(read).filter(({ code }) => code === 'reader-error')) failures.push(`${what}: ${message}`);
      for (const before of whole.runs.filter((run) => !touches(run, path))) {
        const after = read.runs.find(({ run }) => run.id === before.run.id);
        if (!after || text(core(after)) !== text(core(before))) failures.push(`${what}: ${before.run.path} ${after ? 'changed' : 'is lost'}`);
      }
    } catch (error) {
      failures.push(`${what}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return failures;
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item instanceof Float64Array ? [...item].map(String).join() : item));

/** How many of `total` mutations each case gets: the same for all, as bugs hide in small ones too. */
export const shares = (total: number): { readonly fixture: FixtureCase; readonly count: number }[] =>
  fixtureCases.map((fixture, at) => ({
    fixture,
    count: Math.floor((total * (at + 1)) / fixtureCases.length) - Math.floor((total * at) / fixtureCases.length),
  }));
