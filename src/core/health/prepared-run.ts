// A run made ready for judging: its series prepared once, found by role, on one clock.

import type { Framework } from '../advice/framework';
import { frameworkOf } from '../advice/framework';
import type { Points, Run, Split } from '../model/run';
import type { RoleStatement } from '../project/project';
import { type Role, wordsOf } from '../series/roles';
import { alignMeans } from './align';
import { type Family, familyOf } from './family';
import { type LearningRate, learningRateOf } from './learning-rate';
import { better, choose, stemOf } from './main-series';
import { isCyclicSchedule, plannedEpochsOf, plannedStepsOf, scheduleOf } from './params';
import { PreparedSeries } from './prepared-series';
import { looksUnordered } from './step-order';

/** A training and a held-out series of the same quantity. */
export interface Pair {
  readonly train: PreparedSeries;
  readonly val: PreparedSeries;
}

interface Kin {
  readonly best: ReadonlyMap<Split, PreparedSeries>;
  readonly max: number;
}

export interface Clock {
  readonly first: number;
  readonly last: number;
  /** last − first; 0 for one moment. */
  readonly length: number;
}

export class PreparedRun {
  readonly series: readonly PreparedSeries[];
  readonly framework: Framework | null;
  #cache = new Map<string, unknown>();
  #aligned = new Map<PreparedSeries, Map<PreparedSeries, Float64Array<ArrayBuffer>>>();

  /**
   * @param points in the order of `run.series`
   * @param statements what a person said of metrics; by name, they win over what names show
   */
  constructor(
    readonly run: Run,
    points: readonly Points[],
    statements: readonly RoleStatement[] = [],
  ) {
    const said = new Map(statements.map((statement) => [statement.metric, statement]));
    // Rows are shared: where one metric's come in no order, those of metrics with a few points do not either.
    const unordered = points.some(({ steps }) => looksUnordered(steps));
    this.series = run.series.map((series, index) => new PreparedSeries(series, points[index] as Points, unordered, said.get(series.name)));
    this.framework = frameworkOf(run);
    settleEval(this.series);
    setClocks(this.series);
    const perEpoch = this.stepsPerEpoch;
    for (const one of this.series) one.cadence = cadenceOf(one, perEpoch);
  }

  get family(): Family {
    return this.once('family', () => familyOf(this.run, this.series));
  }

  /** Steps between the first and the last point of any metric that is no hardware series; on this clock all series share their time. */
  get clock(): Clock {
    return this.once('clock', () => {
      let first = Number.POSITIVE_INFINITY;
      let last = Number.NEGATIVE_INFINITY;
      for (const one of this.series) {
        if (one.series.system || one.length === 0) continue;
        first = Math.min(first, one.clockOf.offset + one.clockOf.scale * one.firstStep);
        last = Math.max(last, one.clockOf.offset + one.clockOf.scale * one.lastStep);
      }
      return first <= last ? { first, last, length: last - first } : { first: 0, last: 0, length: 0 };
    });
  }

  /** The training loss: the plain or total one of several, then the one with the most points. Null where no name is sure. */
  get trainLoss(): PreparedSeries | null {
    return this.once('trainLoss', () => {
      const losses = this.series.filter((one) => one.sure && one.role === 'loss' && one.clean.values.length + one.nonFinite > 0);
      // A loss of no split is the training loss: nobody logs a held-out loss without saying so.
      return choose(losses.filter(({ split }) => split === 'train')) ?? choose(losses.filter(({ split }) => split === 'other'));
    });
  }

  /** The held-out loss; of a test set where no validation set is logged. */
  get valLoss(): PreparedSeries | null {
    return this.once('valLoss', () => {
      const losses = this.series.filter((one) => one.sure && one.role === 'loss' && one.clean.values.length + one.nonFinite > 0);
      return choose(losses.filter(({ split }) => split === 'val')) ?? choose(losses.filter(({ split, length }) => split === 'test' && length > 1));
    });
  }

  /** Training and held-out objective, of one name where both have it; of errors (boosting logs RMSE alone) where there is no loss. */
  get pair(): Pair | null {
    return this.once('pair', () => {
      const { trainLoss, valLoss } = this;
      if (trainLoss && valLoss) {
        const like = this.counterpart(valLoss);
        return { train: stemOf(trainLoss) === stemOf(valLoss) || !like ? trainLoss : like, val: valLoss };
      }
      if (trainLoss || valLoss) return null;
      const val = choose(
        this.series.filter((one) => one.sure && isErrorLike(one.role) && (one.split === 'val' || one.split === 'test') && one.direction === 'min'),
      );
      const train = val && this.counterpart(val);
      return val && train ? { train, val } : null;
    });
  }

  /** What validation is judged by: the held-out loss, else an error of the held-out set. */
  get valObjective(): PreparedSeries | null {
    return this.valLoss ?? this.pair?.val ?? choose(this.taskMetrics('val').filter(({ direction }) => direction === 'min'));
  }

  get trainObjective(): PreparedSeries | null {
    return this.trainLoss ?? this.pair?.train ?? null;
  }

  get gradNorm(): PreparedSeries | null {
    return this.once('gradNorm', () => choose(this.series.filter((one) => one.sure && one.role === 'grad-norm')));
  }

  /** Null where no rate is logged. */
  get rate(): LearningRate | null {
    return this.once('rate', () => learningRateOf(this.series));
  }

  /** The rate goes up and down by design, as logged or as params say. */
  get cyclic(): boolean {
    return this.rate ? this.rate.cyclic : isCyclicSchedule(scheduleOf(this.run.params) ?? '');
  }

  /** Sure series of a role, of any split unless given. */
  ofRole(role: Role, split?: PreparedSeries['split']): readonly PreparedSeries[] {
    return this.series.filter((one) => one.sure && one.role === role && (split === undefined || one.split === split));
  }

  /** What a person would select a model by: accuracies, scores, errors, perplexities with a known direction. */
  taskMetrics(split: 'train' | 'val'): readonly PreparedSeries[] {
    return this.once(`task-${split}`, () =>
      this.series.filter(
        (one) => one.sure && one.direction !== 'none' && (one.split === split || (split === 'val' && one.split === 'test')) && taskRoles.has(one.role ?? ''),
      ),
    );
  }

  /** The series of the other split that measures the same: same role and the same words beside the split. */
  counterpart(series: PreparedSeries): PreparedSeries | null {
    const kin = this.kin(series);
    return (series.split === 'train' ? (kin?.best.get('val') ?? kin?.best.get('test')) : (kin?.best.get('train') ?? kin?.best.get('other'))) ?? null;
  }

  /** What measures the same as a series in any split, and the largest value that any of it takes. */
  kin(series: PreparedSeries): Kin | null {
    const index = this.once('kin', () => {
      const all = new Map<string, { best: Map<Split, PreparedSeries>; max: number }>();
      for (const one of this.series) {
        if (!one.sure || one.role === null) continue;
        const kin = all.get(kinKey(one)) ?? { best: new Map(), max: Number.NEGATIVE_INFINITY };
        const known = kin.best.get(one.split);
        if (!known || better(one, known)) kin.best.set(one.split, one);
        kin.max = Math.max(kin.max, one.series.max ?? Number.NEGATIVE_INFINITY);
        all.set(kinKey(one), kin);
      }
      return all;
    });
    return index.get(kinKey(series)) ?? null;
  }

  /** Mean of `train` in (previous evaluation, this evaluation], for every point of the clean curve of `val`; NaN where there is none. */
  aligned(train: PreparedSeries, val: PreparedSeries): Float64Array<ArrayBuffer> {
    const known = this.#aligned.get(val)?.get(train);
    if (known) return known;
    const means = alignMeans(train.clean, val.clean);
    const ofVal = this.#aligned.get(val) ?? new Map<PreparedSeries, Float64Array<ArrayBuffer>>();
    this.#aligned.set(val, ofVal.set(train, means));
    return means;
  }

  /** From the epoch counter, else from the sizes that params give; null where neither says. */
  get stepsPerEpoch(): number | null {
    return this.once('stepsPerEpoch', () => {
      const epochs = this.epochs;
      const { length } = this.clock;
      if (epochs && length > 0) {
        const { steps, values } = epochs.clean;
        const n = values.length;
        const gained = (values[n - 1] as number) - (values[0] as number);
        if (gained > 0) return ((steps[n - 1] as number) - (steps[0] as number)) / gained;
      }
      const stepsPlanned = plannedStepsOf(this.run.params);
      const epochsPlanned = plannedEpochsOf(this.run.params);
      return stepsPlanned !== null && epochsPlanned !== null && stepsPlanned > epochsPlanned ? stepsPlanned / epochsPlanned : null;
    });
  }

  /** Length of the whole run as planned, on the clock; null where params do not say it in a unit that is logged. */
  get planned(): number | null {
    return this.once('planned', () => {
      const { length } = this.clock;
      if (length <= 0) return null;
      const epochsPlanned = plannedEpochsOf(this.run.params);
      const perEpoch = this.stepsPerEpoch;
      // A plan far shorter than what was run is in another unit; one step more or less is the way of counting.
      const fits = (planned: number) => planned >= 0.9 * length;
      const steps = plannedStepsOf(this.run.params);
      if (steps !== null && fits(steps)) return Math.max(steps, length);
      if (epochsPlanned !== null && perEpoch !== null && this.epochs && fits(epochsPlanned * perEpoch)) return Math.max(epochsPlanned * perEpoch, length);
      // Steps count epochs: every series has a point a step.
      const countsEpochs = this.series.every((one) => one.series.system || one.length < 2 || one.spacing <= 1.5);
      if (epochsPlanned !== null && countsEpochs && fits(epochsPlanned - 1)) return Math.max(epochsPlanned - 1, length);
      return null;
    });
  }

  /** Share of the plan that the run has reached, at most 1; null where the plan is not known. */
  get progress(): number | null {
    return this.planned === null ? null : Math.min(1, (this.clock.length + this.tick) / this.planned);
  }

  /** Share of the run's length at a place on the clock, 0 to 1. */
  fraction(clock: number): number {
    const { first, length } = this.clock;
    return length > 0 ? Math.min(1, Math.max(0, (clock - first) / length)) : 0;
  }

  /** Onset of a finding at a place of a clean curve. */
  onset(series: PreparedSeries, place: number): { readonly step: number; readonly fraction: number } {
    return { step: series.clean.steps[place] as number, fraction: this.fraction(series.clean.clock[place] as number) };
  }

  /** The counter of epochs, where one is logged. */
  get epochs(): PreparedSeries | null {
    return this.once('epochs', () =>
      choose(this.series.filter((one) => one.role === 'counter' && wordsOf(one.name).includes('epoch') && one.clean.values.length > 1)),
    );
  }

  /** Smallest usual distance between points: what one point stands for. */
  private get tick(): number {
    return this.once('tick', () => {
      let least = Number.POSITIVE_INFINITY;
      for (const one of this.series) if (!one.series.system && one.length > 1) least = Math.min(least, one.spacing * one.clockOf.scale);
      return Number.isFinite(least) ? least : 0;
    });
  }

  /** Keeps what a rule or a lookup works out for the rules after it. */
  once<T>(name: string, make: () => T): T {
    if (!this.#cache.has(name)) this.#cache.set(name, make());
    return this.#cache.get(name) as T;
  }
}

/** `eval` may be validation or test; where a run has no other held-out split that does not matter, and its metrics are sure. */
function settleEval(series: readonly PreparedSeries[]): void {
  const held = series.filter(({ split }) => split === 'val' || split === 'test');
  const isEval = ({ name }: PreparedSeries) => wordsOf(name).some((word) => word === 'eval' || word === 'evaluation');
  if (!held.every(isEval)) return;
  for (const one of held) if (one.confidence >= 0.7) one.confidence = Math.max(one.confidence, 0.8);
}

const kinKey = (series: PreparedSeries): string => `${series.role}\u0000${stemOf(series)}`;

const taskRoles: ReadonlySet<string> = new Set(['accuracy', 'score', 'error', 'perplexity']);
const isErrorLike = (role: string | null): boolean => role === 'error' || role === 'perplexity';

/**
 * Puts series that count epochs onto the steps of the others (MLflow with Lightning writes both into one run): a held-out or `…epoch` series with
 * consecutive steps that end within a fifth of where the others do.
 */
function setClocks(series: readonly PreparedSeries[]): void {
  let reference: PreparedSeries | null = null;
  for (const one of series) if (!one.series.system && one.length > 1 && (!reference || range(one) > range(reference))) reference = one;
  if (!reference) return;
  const { firstStep, lastStep } = reference;
  for (const one of series) {
    const count = one.length;
    if (one === reference || count < 2 || range(one) > 0.2 * range(reference) || range(one) !== count - 1) continue;
    if (one.split !== 'val' && one.split !== 'test' && !/epoch/i.test(one.name)) continue;
    // Its first point lies at the end of the first epoch, its last at the end of the run.
    const scale = (lastStep - firstStep) / count;
    one.clockOf = { scale, offset: lastStep - scale * one.lastStep };
  }
}

const range = (series: PreparedSeries): number => series.lastStep - series.firstStep;

function cadenceOf(series: PreparedSeries, stepsPerEpoch: number | null): PreparedSeries['cadence'] {
  const n = series.length;
  if (n <= 1) return 'final-only';
  const { steps } = series;
  const mean = ((steps[n - 1] as number) - (steps[0] as number)) / (n - 1);
  let squares = 0;
  for (let i = 1; i < n; i++) squares += ((steps[i] as number) - (steps[i - 1] as number)) ** 2;
  if (n > 3 && Math.sqrt(Math.max(0, squares / (n - 1) - mean * mean)) > 0.5 * mean) return 'irregular';
  if (series.split === 'val' || series.split === 'test') return 'eval';
  const perEpoch = stepsPerEpoch !== null && stepsPerEpoch > 1.5 && Math.abs(mean / stepsPerEpoch - 1) < 0.05;
  return perEpoch || wordsOf(series.name).at(-1) === 'epoch' ? 'epoch' : 'step';
}
