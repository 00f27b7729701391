// The same run id found twice in one import: one run where one content continues the other, otherwise two (docs/architecture.md).

import { issue } from '../base/issues';
import { toLosslessJson } from '../base/lossless';
import type { Sha256Factory } from '../base/sha256';
import type { RunId } from '../base/units';
import { digestOf } from '../model/builder';
import { fateOf, settledWith } from '../model/extracts';
import { suffixedRunId } from '../model/identity';
import { contextText, type ReadRun, type Run, type Series } from '../model/run';

/** What is remembered of a run that was given already: enough to judge a second one, without its points. */
export interface Given {
  readonly run: Run;
  /** Reads the run's points again: they were given away. Null when they cannot be had any more. */
  reread(): Promise<ReadRun | null>;
}

/** Judges runs one after another. */
export class Duplicates {
  readonly #given = new Map<RunId, Given[]>();
  readonly #shared = new Set<RunId>();

  constructor(private readonly sha256: Sha256Factory) {}

  /** Whether a run was judged beside another of the same id. */
  isShared(id: RunId): boolean {
    return this.#shared.has(id);
  }

  /** The run was taken back. */
  forget(id: RunId): void {
    this.#given.delete(id);
  }

  /** The run to give, or null when it adds nothing to one that was given. */
  async admit(read: ReadRun, reread: Given['reread']): Promise<ReadRun | null> {
    const { id } = read.run;
    const known = this.#given.get(id) ?? [];
    if (known.length > 0) for (const shared of [id, suffixedRunId(id, known.length + 1), ...known.map(({ run }) => run.id)]) this.#shared.add(shared);
    for (const [i, one] of known.entries()) {
      if (read.run.extract || one.run.extract) return this.#settle(known, i, read, reread);
      if (continues(read, one.run, this.sha256)) {
        if (!isLater(read.run, one.run)) return null;
        const longer = { ...read, run: { ...read.run, id: one.run.id } };
        known[i] = { run: longer.run, reread };
        return longer;
      }
      if (couldContinue(one.run, read.run)) {
        const again = await one.reread();
        if (again && continues(again, read.run, this.sha256)) return null;
      }
    }
    const run = known.length === 0 ? read.run : toldApart(read.run, known.length + 1, known[0]?.run.path ?? '');
    this.#given.set(id, [...known, { run, reread }]);
    return { ...read, run };
  }

  /** One of the two is an extract: there stays one run. */
  async #settle(known: Given[], at: number, read: ReadRun, reread: Given['reread']): Promise<ReadRun | null> {
    const before = known[at]!;
    const fate = fateOf(before.run, read.run);
    if (fate === 'keep') return null;
    const again = fate === 'join' ? await before.reread() : null;
    const settled = again ? settledWith(again, read) : read;
    known[at] = { run: settled.run, reread: again ? bothAgain(before.reread, reread) : reread };
    return settled;
  }
}

/** Reads both again. */
const bothAgain = (first: Given['reread'], second: Given['reread']) => async (): Promise<ReadRun | null> => {
  const [before, after] = [await first(), await second()];
  return before && after ? settledWith(before, after) : (after ?? before);
};

function toldApart(run: Run, number: number, other: string): Run {
  const told = issue('duplicate-run', `The run at ${run.path} has the id of the run at ${other}, with different contents.`);
  return { ...run, id: suffixedRunId(run.id, number), issues: [...run.issues, told] };
}

/** Whether `longer` holds all of `shorter`: all its params, and every series of the one begins as the other's. */
function continues(longer: ReadRun, shorter: Run, sha256: Sha256Factory): boolean {
  if (!couldContinue(longer.run, shorter)) return false;
  const byKey = new Map(longer.run.series.map((series, i) => [keyText(series), { series, points: longer.points[i] }]));
  return shorter.series.every((short) => {
    const { series, points } = byKey.get(keyText(short)) ?? {};
    if (!series || !points) return false;
    if (series.count === short.count) return series.valuesDigest === short.valuesDigest && series.stepsDigest === short.stepsDigest;
    const begins = (column: Float64Array<ArrayBuffer> | null) => column && digestOf(column.subarray(0, short.count), sha256);
    return begins(points.values) === short.valuesDigest && begins(points.steps) === short.stepsDigest;
  });
}

/** What can be said without points. */
function couldContinue(longer: Run, shorter: Run): boolean {
  // A run with what lies beside it has more params than a copy of it alone.
  const held = (name: string): boolean => Object.hasOwn(longer.params, name) && toLosslessJson(longer.params[name]) === toLosslessJson(shorter.params[name]);
  if (!Object.keys(shorter.params).every(held)) return false;
  const counts = new Map(longer.series.map((series) => [keyText(series), series.count]));
  return shorter.series.every((series) => series.count <= (counts.get(keyText(series)) ?? -1));
}

function isLater(a: Run, b: Run): boolean {
  const points = (run: Run) => run.series.reduce((sum, { count }) => sum + count, 0);
  const [more, fewer] = [points(a), points(b)];
  if (more !== fewer) return more > fewer;
  return a.sources.length === b.sources.length ? (a.endedMs ?? -1) > (b.endedMs ?? -1) : a.sources.length > b.sources.length;
}

const keyText = ({ name, context }: Series): string => `${name}\0${contextText(context)}`;
