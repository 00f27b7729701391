// Small words of the review: numbers, names, places.

import { type RunId, runId } from '../base/units';
import type { TrialGroup } from '../groups/group';
import { displayName, type Run } from '../model/run';
import type { Value } from '../model/values';
import type { CodePlace } from '../setup/finding';
import type { Trial } from '../trials/trial';

/** `1 run`, `12 runs`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Four digits; the whole number stands in the evidence. */
export const short = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(4))));

/** `a, b and c`, the rest counted. */
export function listed(words: readonly string[], most = 4): string {
  const shown = words.slice(0, most);
  if (words.length > most) return `${shown.join(', ')} and ${words.length - most} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

const longest = 40;
export function valueWord(value: Value | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null, (_, inner: Value) => (typeof inner === 'bigint' ? String(inner) : inner));
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** `lr=0.1, optimizer=adam`; a setting that nothing tells from others is called by its only run. */
export function settingsText({ label, members }: Pick<TrialGroup, 'label' | 'members'>): string {
  if (label.length === 0) return members[0]?.name ?? 'all runs';
  return label
    .slice(0, 4)
    .map(([name, value]) => `${name}=${valueWord(value)}`)
    .join(', ');
}

export const placeText = ({ file, line, cell }: CodePlace): string => `${file}${cell === null ? '' : ` cell ${cell}`}:${line}`;

/** Where the page shows a place in code, with what a rule says of it: `code/line/train.py/12/-/E-10`. */
export const codePlace = ({ file, line, cell }: CodePlace, rule: string): readonly string[] => ['code', 'line', file, String(line), String(cell ?? '-'), rule];

/** Trials of runs carry the run's id. */
export const runsOfTrials = (trials: readonly Pick<Trial, 'id'>[]): readonly RunId[] => trials.map(({ id }) => runId(id)).sort();

export const byId = (a: Pick<Run, 'id'>, b: Pick<Run, 'id'>): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const namesOf = (runs: readonly Run[]): ReadonlyMap<RunId, string> => new Map(runs.map((run) => [run.id, displayName(run)]));
