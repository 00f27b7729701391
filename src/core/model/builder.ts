// Folds the events of one run into the run model: merges, orders, counts and digests.

import { PointColumns } from '../base/growable';
import { type Issue, issue } from '../base/issues';
import type { Sha256Factory } from '../base/sha256';
import type { RunId } from '../base/units';
import type { RunEvent } from './events';
import type { Fact } from './facts';
import { type Media, type MediaItem, type MediaKey, mediaKeyText } from './media';
import type { Series, SeriesKey, Split } from './run';
import { type Artifact, type Content, contextText, type Direction, emptyHeader, type Points, type ReadRun, type Run, type RunHeader } from './run';
import { canonicaliseNans, statisticsOf } from './statistics';
import type { Value, Values } from './values';

/** What the builder is told about a run before its first event. */
export interface RunFrame {
  readonly id: RunId;
  readonly nativeId: string | null;
  readonly path: string;
  readonly source: number;
  readonly format: string;
  readonly sources: Run['sources'];
  readonly origins?: Run['origins'];
  readonly conflicts?: Run['conflicts'];
  readonly extract?: true;
  readonly own?: Run['own'];
  /** Our id for the parent's native id. */
  parentIdOf(nativeId: string): RunId | null;
}

export interface BuilderTools {
  readonly sha256: Sha256Factory;
  readonly limits: { readonly pointsPerRun: number; readonly seriesPerRun: number };
  inferRole(
    name: string,
    siblings: readonly string[],
    hints: { readonly params: Values; readonly context: Values },
  ): { role: string | null; split: Split; direction: Direction; confidence: number };
}

interface OpenSeries {
  readonly key: SeriesKey;
  xAxis: string | null;
  system: boolean;
  readonly columns: PointColumns;
}

export class RunBuilder {
  #header: RunHeader = emptyHeader;
  readonly #values = { params: new Map<string, Value>(), tags: new Map<string, Value>(), summary: new Map<string, Value>() };
  /** By the reader's number; two numbers that declare the same series share one entry. */
  readonly #byNumber = new Map<number, OpenSeries>();
  readonly #byKey = new Map<string, OpenSeries>();
  readonly #artifacts = new Map<string, Artifact>();
  readonly #media = new Map<string, Media>();
  readonly #facts = new Map<string, Fact>();
  readonly #contents = new Map<string, Content>();
  readonly #issues: Issue[] = [];
  #lastSteps: { readonly steps: Float64Array<ArrayBuffer>; readonly digest: string } | null = null;
  #points = 0;
  #purged = 0;
  #pointsOverLimit = 0;
  readonly #seriesOverLimit = new Set<number>();

  constructor(
    readonly frame: RunFrame,
    private readonly tools: BuilderTools,
  ) {}

  /** Points held now. */
  get points(): number {
    return this.#points;
  }

  /**
   * Takes one event in.
   * @throws Error when the reader breaks the contract: points of a series never declared, columns of different lengths
   */
  apply(event: RunEvent): void {
    switch (event.kind) {
      case 'header':
        this.#header = { ...this.#header, ...Object.fromEntries(Object.entries(event.set).filter(([, value]) => value !== undefined)) };
        break;
      case 'params':
      case 'tags':
      case 'summary':
        for (const [name, value] of Object.entries(event.values)) this.#values[event.kind].set(name, value);
        break;
      case 'series':
        this.#declare(event);
        break;
      case 'points':
        this.#append(event);
        break;
      case 'purge':
        this.#purge(event.fromStep, event.series);
        break;
      case 'artifact':
        this.#artifacts.set(event.artifact.path, event.artifact);
        break;
      case 'media':
        this.#media.set(mediaKeyText(event.media), event.media);
        break;
      case 'fact':
        this.#facts.set(event.fact.kind, event.fact);
        break;
      case 'issue':
        this.#issues.push(event.issue);
        break;
      case 'begin':
      case 'end':
      case 'discard':
      // Items are kept or left beside the builder, where files can be read, and come back by `keepItems`.
      case 'media-item':
      case 'media-items':
      case 'media-purge':
        break;
      default:
        event satisfies never;
    }
  }

  /** Keeps a file's bytes for preview. */
  keep(content: Content): void {
    this.#contents.set(content.path, content);
  }

  /** Paths of the artifacts so far. */
  get artifactPaths(): Iterable<string> {
    return this.#artifacts.keys();
  }

  /** Contents kept so far, by path. */
  get contents(): ReadonlyMap<string, Content> {
    return this.#contents;
  }

  /** Sets the items that are kept of a media. One that its reader did not count holds as many as are kept. */
  keepItems(of: MediaKey, items: readonly MediaItem[]): void {
    const key = mediaKeyText(of);
    const { items: _replaced, ...media } = this.#media.get(key) ?? { ...of, count: items.length };
    this.#media.set(key, items.length > 0 ? { ...media, items } : media);
  }

  #declare(event: RunEvent & { readonly kind: 'series' }): void {
    const key = keyText(event.key);
    let series = this.#byKey.get(key);
    if (!series) {
      if (this.#byKey.size >= this.tools.limits.seriesPerRun) {
        this.#seriesOverLimit.add(event.series);
        return;
      }
      series = { key: event.key, xAxis: null, system: false, columns: new PointColumns() };
      this.#byKey.set(key, series);
    }
    if (event.xAxis !== undefined) series.xAxis = event.xAxis;
    if (event.system !== undefined) series.system = event.system;
    this.#byNumber.set(event.series, series);
  }

  #append(event: RunEvent & { readonly kind: 'points' }): void {
    const series = this.#byNumber.get(event.series);
    if (!series) {
      if (!this.#seriesOverLimit.has(event.series)) throw new Error(`points of series ${event.series}, which was never declared`);
      return;
    }
    const room = this.tools.limits.pointsPerRun - this.#points;
    const taken = Math.min(room, event.values.length);
    this.#pointsOverLimit += event.values.length - taken;
    if (taken === 0) return;
    const cut = (column: Float64Array<ArrayBuffer> | null) => (column && taken < column.length ? column.slice(0, taken) : column);
    series.columns.append(cut(event.steps), cut(event.values) as Float64Array<ArrayBuffer>, cut(event.times), event.exactSteps);
    this.#points += taken;
  }

  #purge(fromStep: number, number: number | undefined): void {
    const series = number === undefined ? this.#byKey.values() : [this.#byNumber.get(number)];
    let purged = 0;
    for (const one of series) purged += one?.columns.purge(fromStep) ?? 0;
    this.#purged += purged;
    this.#points -= purged;
  }

  /** The run, whole. The builder must not be used afterwards. */
  finish(): ReadRun {
    const open = [...this.#byKey.values()].sort((a, b) => compare(a.key.name, b.key.name) || compare(contextText(a.key.context), contextText(b.key.context)));
    const names = open.map((series) => series.key.name);
    const params = plain(this.#values.params);
    const finished = open.map((series) => this.#finishSeries(series, names, params));
    this.#tellCounts(open);
    const { frame } = this;
    const run: Run = {
      ...this.#header,
      id: frame.id,
      nativeId: frame.nativeId,
      parentId: this.#header.parent === null ? null : frame.parentIdOf(this.#header.parent),
      path: frame.path,
      source: frame.source,
      format: frame.format,
      sources: frame.sources,
      ...(frame.extract ? { extract: true } : {}),
      ...(frame.own ? { own: frame.own } : {}),
      params,
      tags: plain(this.#values.tags),
      summary: plain(this.#values.summary),
      media: [...this.#media.values()].sort(
        (a, b) => compare(a.name, b.name) || compare(a.kind, b.kind) || compare(contextText(a.context ?? {}), contextText(b.context ?? {})),
      ),
      series: finished.map(({ series }) => series),
      artifacts: [...this.#artifacts.values()].sort((a, b) => compare(a.path, b.path)),
      facts: [...this.#facts.values()].sort((a, b) => compare(a.kind, b.kind)),
      issues: this.#issues,
      ...(frame.origins?.series.length === finished.length ? { origins: frame.origins } : {}),
      ...(frame.conflicts ? { conflicts: frame.conflicts } : {}),
    };
    return { run, points: finished.map(({ points }) => points), contents: [...this.#contents.values()] };
  }

  #finishSeries(open: OpenSeries, names: readonly string[], params: Values): { series: Series; points: Points } {
    const { exactSteps, ...points } = open.columns.take();
    const { nans, ...statistics } = statisticsOf(points);
    if (nans > 0) canonicaliseNans(points.values);
    if (points.steps && open.columns.order.missing) canonicaliseNans(points.steps);
    if (points.times) canonicaliseNans(points.times);
    const { role, split, direction, confidence } = this.tools.inferRole(open.key.name, names, { params, context: open.key.context });
    const series: Series = {
      name: open.key.name,
      context: open.key.context,
      role,
      split,
      direction,
      confidence,
      xAxis: open.xAxis,
      system: open.system,
      ...statistics,
      ...(exactSteps ? { exactSteps } : {}),
      valuesDigest: digestOf(points.values, this.tools.sha256),
      stepsDigest: points.steps && this.#stepsDigest(points.steps),
      timesDigest: points.times && digestOf(points.times, this.tools.sha256),
    };
    return { series, points };
  }

  /** Metrics that are logged together have equal steps: comparing columns is much cheaper than hashing them again. */
  #stepsDigest(steps: Float64Array<ArrayBuffer>): string {
    if (!this.#lastSteps || !sameBits(this.#lastSteps.steps, steps)) this.#lastSteps = { steps, digest: digestOf(steps, this.tools.sha256) };
    return this.#lastSteps.digest;
  }

  /** What was counted on the way and is told once. */
  #tellCounts(open: readonly OpenSeries[]): void {
    const { pointsPerRun, seriesPerRun } = this.tools.limits;
    if (this.#purged > 0 && !this.#issues.some(({ code }) => code === 'step-restart')) {
      this.#issues.push(issue('step-restart', `A restart took back ${this.#purged} ${this.#purged === 1 ? 'point' : 'points'}.`));
    }
    const repeated = open.filter((series) => series.columns.order.repeats);
    if (repeated.length > 0 && !this.#issues.some(({ code }) => code === 'duplicate-step')) {
      const what = repeated.length === 1 ? `“${repeated[0]?.key.name}” has` : `${repeated.length} series have`;
      this.#issues.push(issue('duplicate-step', `${what} more than one point at a step.`));
    }
    if (this.#pointsOverLimit > 0) {
      this.#issues.push(issue('too-large', `The run has more than ${pointsPerRun} points; ${this.#pointsOverLimit} were left out (limit pointsPerRun).`));
    }
    if (this.#seriesOverLimit.size > 0) {
      this.#issues.push(issue('too-large', `The run has more than ${seriesPerRun} series; ${this.#seriesOverLimit.size} were left out (limit seriesPerRun).`));
    }
  }
}

/** SHA-256 over the little-endian float64 of a column. */
export function digestOf(column: Float64Array<ArrayBuffer>, sha256: Sha256Factory): string {
  const hash = sha256();
  hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return hash.hex();
}

/** Equal to the last bit: −0 is not 0. */
function sameBits(a: Float64Array<ArrayBuffer>, b: Float64Array<ArrayBuffer>): boolean {
  if (a.length !== b.length) return false;
  const left = new Int32Array(a.buffer, a.byteOffset, 2 * a.length);
  const right = new Int32Array(b.buffer, b.byteOffset, 2 * b.length);
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false;
  return true;
}

const keyText = ({ name, context }: SeriesKey): string => `${name}\0${contextText(context)}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** `fromEntries` defines members, so that a key such as `__proto__` is only a key. */
const plain = (values: ReadonlyMap<string, Value>): Values => Object.fromEntries(values);
