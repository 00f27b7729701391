// What a run was set to, without its seed and its names: what "by everything except the seed" puts together.

import type { Value, Values } from '../model/values';
import { normalise } from './same-value';
import { isSeedKey } from './seed-keys';

/** Params that name the run itself and so are new in every run: a seed study's runs differ in them and are still one. */
const runKey =
  /(^|[._/-])((run|exp|experiment|wandb)_?(name|id)|(out(put)?|log(ging)?|save|work(ing)?|run|checkpoint|ckpt)_?(dir|path|folder)|timestamp|host(name)?)$/i;

/** True for `run_name`, `output_dir`, `timestamp` and the like. */
export const isRunNameKey = (key: string): boolean => runKey.test(key);

/** Runs of one project have the same names again and again: each is looked at once. */
const settingNames = new Map<string, boolean>();
const mostNames = 20_000;

function isSetting(name: string): boolean {
  const known = settingNames.get(name);
  if (known !== undefined) return known;
  if (settingNames.size >= mostNames) settingNames.clear();
  const setting = !isSeedKey(name) && !isRunNameKey(name);
  settingNames.set(name, setting);
  return setting;
}

/** Params without seeds and names of runs, in the order of their names. */
export const settingsOf = (params: Values): Values =>
  Object.fromEntries(
    Object.keys(params)
      .filter(isSetting)
      .sort()
      .map((name) => [name, params[name] as Value] as const),
  );

/** One text for all params that mean the same, whatever their order, types, seeds and names. */
export const settingsKey = (params: Values): string => JSON.stringify(Object.entries(settingsOf(params)).map(([name, value]) => [name, canonical(value)]));

/** The same for runs that are repeats of each other: equal in experiment, job type and all params but seeds and names. */
export const repeatKey = (experiment: Value, jobType: Value, params: Values): string => JSON.stringify([experiment, jobType, settingsKey(params)]);

/** One JSON value for values that mean the same: `"0.02"` and 0.02; what is not there is told from null. */
export function canonical(cell: Value | undefined): unknown {
  if (cell === undefined) return { none: true };
  const value = normalise(cell);
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return { number: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Value) => canonical(item));
  return {
    object: Object.entries(value as Values)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, canonical(item)]),
  };
}

/** Settings that are not the same in all, with how many values each has; one that some lack counts as varying. */
export function varyingSettings(all: readonly Values[]): ReadonlyMap<string, number> {
  const seen = new Map<string, { count: number; readonly values: Set<string> }>();
  for (const params of all) {
    for (const [name, value] of Object.entries(settingsOf(params))) {
      const known = seen.get(name) ?? { count: 0, values: new Set() };
      known.count += 1;
      known.values.add(JSON.stringify(canonical(value)));
      seen.set(name, known);
    }
  }
  return new Map([...seen].filter(([, { count, values }]) => values.size > 1 || count < all.length).map(([name, { values }]) => [name, values.size]));
}

const mostTelling = 6;

/** Names of the settings that tell one group from the others: those with several values before those that some lack, few values first; at most six. */
export const tellingSettings = (params: Values, varying: ReadonlyMap<string, number>): readonly string[] =>
  Object.keys(params)
    .filter((name) => varying.has(name))
    .sort((a, b) => rank(varying.get(a)) - rank(varying.get(b)))
    .slice(0, mostTelling);

const rank = (values = 0): number => (values > 1 ? values : Number.MAX_SAFE_INTEGER);
