// Repeated runs as groups: the trials whose settings are the same, with n, mean, spread and interval.

import { repeatKey, settingsOf, tellingSettings, varyingSettings } from '../compare/settings';
import type { Value, Values } from '../model/values';
import { deviation, mean } from '../statistics/basic';
import { meanInterval } from '../statistics/welch';
import type { Trial, TrialTable } from '../trials/trial';

export interface TrialGroup {
  /** Stable for the same settings, whatever else is in the table. */
  readonly id: string;
  /** The settings that tell it from the other groups; empty where nothing does. */
  readonly label: readonly (readonly [string, Value])[];
  /** All settings, without seeds and names. */
  readonly settings: Values;
  /** By seed, then id; those that failed included. */
  readonly members: readonly Trial[];
  /** Outcomes that count, in the order of the members: a copy of a run (same seed, same value to the last digit) counts once. */
  readonly values: readonly number[];
  readonly failed: number;
  readonly copies: number;
  readonly mean: number | null;
  /** Null below two values. */
  readonly sd: number | null;
  /** 95 % interval of the mean by Student's t; null below two values. */
  readonly interval: readonly [number, number] | null;
}

/** The groups of a table, best mean first, those without any outcome last. Their order does not depend on the order of the trials. */
export function groupTrials(table: TrialTable): readonly TrialGroup[] {
  const gathered = new Map<string, Trial[]>();
  for (const trial of table.trials) {
    const key = keyOf(trial);
    const members = gathered.get(key);
    if (members) members.push(trial);
    else gathered.set(key, [trial]);
  }
  const varying = varyingSettings([...gathered.values()].map(([first]) => (first as Trial).params));
  const sign = table.direction === 'min' ? 1 : -1;
  return [...gathered]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => groupOf(key, members, varying))
    .sort((a, b) => (a.mean === null || b.mean === null ? Number(a.mean === null) - Number(b.mean === null) : sign * (a.mean - b.mean)));
}

/** Trials that tell nothing of themselves, no setting and no seed, cannot be said to be repeats: each is its own group. */
function keyOf({ id, params, seed, circumstances }: Trial): string {
  const key = repeatKey(circumstances.experiment ?? null, circumstances['job type'] ?? null, params);
  return seed === null && Object.keys(settingsOf(params)).length === 0 ? `${key} ${id}` : key;
}

function groupOf(key: string, unsorted: readonly Trial[], varying: ReadonlyMap<string, number>): TrialGroup {
  const members = [...unsorted].sort((a, b) => bySeed(a.seed, b.seed) || (a.id < b.id ? -1 : 1));
  const seen = new Set<string>();
  const values: number[] = [];
  for (const { seed, value } of members) {
    if (value === null) continue;
    const copy = `${seed} ${value}`;
    if (seed !== null && seen.has(copy)) continue;
    seen.add(copy);
    values.push(value);
  }
  const finished = members.filter(({ value }) => value !== null).length;
  const { params } = members[0] as Trial;
  const settings = settingsOf(params);
  const several = values.length > 1;
  return {
    id: groupId(key),
    label: tellingSettings(settings, varying).map((name) => [name, settings[name] as Value] as const),
    settings,
    members,
    values,
    failed: members.length - finished,
    copies: finished - values.length,
    mean: values.length > 0 ? mean(values) : null,
    sd: several ? deviation(values) : null,
    interval: several ? meanInterval(values) : null,
  };
}

/** Numbers by size, then texts; what has no seed comes last. */
function bySeed(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return Number(a) - Number(b) || (a < b ? -1 : 1);
}

/** Id of the group with that `repeatKey`: 48 bits of two FNV-1a hashes, short enough to be typed. */
export function groupId(key: string): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  return `g${[a, b]
    .map((part) => (part >>> 0).toString(16).padStart(8, '0'))
    .join('')
    .slice(0, 12)}`;
}
