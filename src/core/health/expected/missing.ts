// Which metrics a run of its kind lacks, and how to log them in its own framework and tracker.

import type { Advice } from '../../advice/advice';
import { frameworkOf } from '../../advice/framework';
import { metricSnippet } from '../../advice/log-metric';
import { trackerOf } from '../../advice/tracker';
import type { Run, Series, Split } from '../../model/run';
import { wordsOf } from '../../series/roles';
import { domainOf, type FoundDomain } from './domain';
import { type Expectation, expectations } from './expectations';

export interface MissingMetric {
  /** `map50`. */
  readonly id: string;
  /** `mAP50`. */
  readonly label: string;
  readonly level: Expectation['level'];
  readonly why: string;
  /** A series of unknown meaning that may be it; then the gap is a question. */
  readonly maybe: string | null;
  readonly advice: Advice;
}

export interface ExpectedMetrics {
  readonly domain: FoundDomain;
  /** Labels of what is there. */
  readonly logged: readonly string[];
  /** Minimum before advised, in the order of the set. */
  readonly missing: readonly MissingMetric[];
}

/** What a run of its kind should log and does not; null where its kind is not clear or it logged no curve. */
export function expectedMetrics(run: Run): ExpectedMetrics | null {
  const series = run.series.filter(({ system, count }) => !system && count > 0);
  // A job that only writes down a result at its end is no training to be watched.
  if (!series.some(({ count }) => count > 2)) return null;
  const domain = domainOf(run);
  if (!domain) return null;
  const phrases = series.map((one) => ({ series: one, phrase: ` ${wordsOf(one.name).join(' ')} ` }));
  const elsewhere = elsewhereOf(run);
  const unknown = series.filter(({ role, count }) => role === null && count > 1);
  const set = expectations[domain.id];
  const isLogged = (wanted: Expectation): boolean =>
    phrases.some((one) => satisfies(one, wanted)) || (wanted.elsewhere !== undefined && elsewhere.some((text) => wanted.elsewhere?.test(text)));
  const present = new Set(set.filter(isLogged));
  const missing = set.filter((wanted) => !present.has(wanted)).map((wanted) => missingMetric(wanted, run, unknown));
  return {
    domain,
    logged: set.filter((wanted) => present.has(wanted)).map(({ label }) => label),
    missing: [...missing.filter(({ level }) => level === 'minimum'), ...missing.filter(({ level }) => level === 'advised')],
  };
}

function satisfies({ series, phrase }: { readonly series: Series; readonly phrase: string }, { names, roles, splits, bySteps }: Expectation): boolean {
  if (bySteps && series.role === 'reward' && series.count > 2 && (series.lastStep ?? 0) >= 10 * series.count) return true;
  if (roles?.includes(series.role ?? '') && (!splits || splits.includes(series.split))) return true;
  return names?.test(phrase) ?? false;
}

const heldOut: readonly Split[] = ['val', 'test'];

/** A run may hold tens of thousands of artifacts; the first ones of each kind tell. */
const mostTexts = 2000;

const elsewhereOf = (run: Run): readonly string[] => [
  ...Object.keys(run.params).slice(0, mostTexts),
  ...Object.keys(run.summary).slice(0, mostTexts),
  ...Object.keys(run.tags).slice(0, mostTexts),
  ...run.media.slice(0, mostTexts).map(({ name }) => name),
  ...run.artifacts.slice(0, mostTexts).map(({ path }) => path),
];

function missingMetric(wanted: Expectation, run: Run, unknown: readonly Series[]): MissingMetric {
  const { id, label, level, why, computed, splits } = wanted;
  const maybe = computed ? unknown.find(({ split }) => (splits ?? heldOut).includes(split) && split !== 'other') : undefined;
  return { id, label, level, why, maybe: maybe?.name ?? null, advice: adviceOf(label, computed, run, maybe?.name) };
}

function adviceOf(label: string, computed: Expectation['computed'], run: Run, maybe: string | undefined): Advice {
  const text = maybe === undefined ? `Log ${label}.` : `If “${maybe}” is it, state its role; otherwise log ${label}.`;
  return computed ? { text, code: metricSnippet(computed, frameworkOf(run), trackerOf(run)) } : { text };
}
