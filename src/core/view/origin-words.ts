// Who said what in a run of several sources: marks beside values, contributions, and what the sources say differently.

import type { Conflict, Origin, Origins, Run } from '../model/run';
import { typeText, valueText } from './format';
import { trackerName, trackerWord } from './tracker-words';

type Category = Exclude<keyof Origins, 'series'>;

/** Beside a value: whose it is. */
export interface OriginMark {
  /** `Hydra`, `W&B +1`; `MLflow ≠` where another contradicts it */
  readonly short: string;
  /** `From Weights & Biases and Hydra`, `From MLflow; Hydra says 3` */
  readonly full: string;
}

const only: Origin = [0];

/** Whose a value is; null in a run of one source, where it goes without saying. */
export function originMark(run: Run, what: Category, name: string): OriginMark | null {
  if (!run.origins) return null;
  const mark = markOf(run, originOf(run.origins[what], name));
  const contrary = run.conflicts?.find((one) => one.what === what && one.name === name && one.kind === 'differs');
  if (!contrary) return mark;
  const others = contrary.values.slice(1).map(({ source, value }) => `${sourceName(run, source)} says ${valueText(value)}`);
  return { short: `${mark.short} ≠`, full: `${mark.full}; ${listed(others)}` };
}

/** A name may be any text, `constructor` too. */
const originOf = (origins: Readonly<Record<string, Origin>> | undefined, name: string): Origin =>
  (origins && Object.hasOwn(origins, name) ? origins[name] : null) ?? only;

/** Whose a curve is; `at` is its index in `run.series`. */
export const seriesMark = (run: Run, at: number): OriginMark | null => (run.origins ? markOf(run, run.origins.series[at] ?? only) : null);

function markOf(run: Run, origin: Origin): OriginMark {
  const words = distinct(origin.map((index) => trackerWord(run.sources[index]?.reader ?? '')));
  const names = distinct(origin.map((index) => sourceName(run, index)));
  const more = names.length - 1;
  return { short: more > 0 ? `${words[0]} +${more}` : (words[0] ?? ''), full: `From ${listed(names)}` };
}

/** What to call a source: its tracker, with a number where one reader read several parts. */
export function sourceName(run: Run, index: number): string {
  const reader = run.sources[index]?.reader ?? '';
  const same = run.sources.flatMap((source, at) => (source.reader === reader ? [at] : []));
  const name = trackerName(reader);
  return same.length > 1 ? `${name} ${same.indexOf(index) + 1}` : name;
}

export const sourcesText = (run: Run): string => listed(run.sources.map((_, index) => sourceName(run, index)));

export interface Contribution {
  readonly index: number;
  readonly name: string;
  readonly nativeId: string | null;
  readonly files: readonly string[];
  /** How many of each kind, those that only it has in brackets: `4 params`, `12 curves`. */
  readonly gave: readonly { readonly what: string; readonly count: number }[];
}

const kinds: readonly (readonly [Category, string, string])[] = [
  ['params', 'param', 'params'],
  ['tags', 'tag', 'tags'],
  ['summary', 'final value', 'final values'],
  ['facts', 'fact', 'facts'],
  ['artifacts', 'file', 'files'],
];

/** What each source contributed. */
export function contributions(run: Run): readonly Contribution[] {
  const namesOf: Readonly<Record<Exclude<Category, 'header'>, readonly string[]>> = {
    params: Object.keys(run.params),
    tags: Object.keys(run.tags),
    summary: Object.keys(run.summary),
    facts: run.facts.map(({ kind }) => kind),
    artifacts: run.artifacts.map(({ path }) => path),
  };
  return run.sources.map(({ files, nativeId }, index) => {
    const isFrom = (origin: Origin | undefined): boolean => (origin ?? only).includes(index);
    const curves = run.series.filter((_, at) => isFrom(run.origins?.series[at])).length;
    const counts = kinds.map(([what, one, many]) => {
      const count = namesOf[what as Exclude<Category, 'header'>].filter((name) => isFrom(originOf(run.origins?.[what], name))).length;
      return { what: count === 1 ? one : many, count };
    });
    const gave = [{ what: curves === 1 ? 'curve' : 'curves', count: curves }, ...counts].filter(({ count }) => count > 0);
    return { index, name: sourceName(run, index), nativeId: index === 0 ? run.nativeId : (nativeId ?? null), files, gave };
  });
}

const categoryWords: Readonly<Record<Conflict['what'], string>> = { header: 'of the run', params: 'param', tags: 'tag', summary: 'final value', facts: 'fact' };

export interface ConflictRow {
  readonly key: string;
  readonly name: string;
  /** `param` */
  readonly what: string;
  /** The one that stands first. */
  readonly values: readonly { readonly source: string; readonly text: string }[];
}

/** What the sources say differently: contradictions, and apart from them what is only said in other words. */
export function conflictRows(run: Run): { readonly contrary: readonly ConflictRow[]; readonly worded: readonly ConflictRow[] } {
  const rows = (run.conflicts ?? []).map(({ what, name, kind, values }) => ({
    kind,
    row: {
      key: `${what} ${name}`,
      name: what === 'header' || what === 'facts' ? wordsOf(name) : name,
      what: categoryWords[what],
      values: values.map(({ source, value }) => ({
        source: sourceName(run, source),
        text: kind === 'typed' ? `${valueText(value)} (${typeText(value)})` : timeText(name, value),
      })),
    },
  }));
  return {
    contrary: rows.flatMap(({ kind, row }) => (kind === 'differs' ? row : [])),
    worded: rows.flatMap(({ kind, row }) => (kind === 'differs' ? [] : row)),
  };
}

/** `startedMs` is `started`, `git_commit` is `git commit`. */
const wordsOf = (name: string): string =>
  name
    .replace(/Ms$/, '')
    .replaceAll('_', ' ')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const timeText = (name: string, value: Conflict['values'][number]['value']): string =>
  (name === 'startedMs' || name === 'endedMs') && typeof value === 'number' && Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : valueText(value);

const distinct = (words: readonly string[]): readonly string[] => [...new Set(words)];
const listed = (words: readonly string[]): string => (words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);
