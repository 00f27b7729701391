// The params of a table of trials, prepared for analysis: typed, scaled, aliases grouped, what is no param set aside.

import { ranks } from '../statistics/basic';
import type { TrialTable } from '../trials/trial';
import { type Condition, type Param, paramOf } from './param';
import { type SetAside, setAside } from './set-aside';

export interface Space {
  /** Params with at least two levels, by name. Of params that are a function of one another only the first stands here. */
  readonly params: readonly Param[];
  /** First of a group of aliases → the others: wherever one changed, all did. */
  readonly aliases: ReadonlyMap<string, readonly Param[]>;
  /** Params with one value, by name: nothing can be said about them. */
  readonly notVaried: readonly Param[];
  /** What was found among the params and is none, by name. */
  readonly setAside: readonly SetAside[];
}

/** Order of trials and of keys does not matter. */
export function spaceOf(table: TrialTable): Space {
  const { trials } = table;
  const names = [...new Set(trials.flatMap(({ params }) => Object.keys(params)))].filter((name) => name !== table.metric).sort();
  const all = names.map((name) =>
    paramOf(
      name,
      trials.map(({ params }) => (Object.hasOwn(params, name) ? params[name] : undefined)),
    ),
  );
  const aside: SetAside[] = [];
  const kept = all.filter((param) => {
    const found = setAside(param, trials.length);
    if (found) aside.push(found);
    return !found;
  });
  const varied = kept.filter(({ levels }) => levels.length > 1);
  const { params, aliases } = grouped(varied);
  const switches = switchesAmong(params);
  const conditioned = params.map((param) => ({ ...param, condition: conditionOf(param, switches) }));
  return { params: conditioned, aliases, notVaried: kept.filter(({ levels }) => levels.length === 1), setAside: aside };
}

function grouped(params: readonly Param[]): { readonly params: readonly Param[]; readonly aliases: ReadonlyMap<string, readonly Param[]> } {
  const groups = new Map<string, Param[]>();
  for (const param of params) {
    const key = partition(param);
    groups.set(key, [...(groups.get(key) ?? []), param]);
  }
  const aliases = new Map<string, readonly Param[]>();
  for (const [first, ...rest] of groups.values()) if (first && rest.length > 0) aliases.set(first.name, rest);
  return { params: [...groups.values()].map(([first]) => first as Param), aliases };
}

/**
 * Equal for columns that split the trials alike. Where nearly every trial has a value of its own any two columns do: there only the same
 * order, or its reverse, makes an alias.
 */
function partition({ column, levels, type }: Param): string {
  if (levels.length * 2 > column.length && type !== 'category' && type !== 'boolean') {
    const order = ranks(column);
    const mirrored = order.map((rank, at) => (column[at] === -1 ? -1 : column.length + 1 - rank));
    const [a, b] = [order.map((rank, at) => (column[at] === -1 ? -1 : rank)).join(), mirrored.join()];
    return a < b ? a : b;
  }
  const seen = new Map<number, number>();
  return Array.from(column, (level) => {
    if (level === -1) return -1;
    if (!seen.has(level)) seen.set(level, seen.size);
    return seen.get(level);
  }).join();
}

/** Levels beyond which a param is no switch that others hang on, and switches that are tried, those with the fewest levels first. */
const mostBranches = 12;
const mostSwitches = 64;

const switchesAmong = (params: readonly Param[]): readonly Param[] =>
  params
    .filter(({ levels }) => levels.length <= mostBranches)
    .sort((a, b) => Number(a.type === 'number') - Number(b.type === 'number') || a.levels.length - b.levels.length || (a.name < b.name ? -1 : 1))
    .slice(0, mostSwitches);

/** The first switch that settles whether this param is there; null where it is everywhere or nothing settles it. */
function conditionOf(param: Param, switches: readonly Param[]): Condition | null {
  if (!param.column.includes(-1)) return null;
  for (const parent of switches) {
    if (parent.name === param.name) continue;
    const present = parent.levels.map(() => ({ here: 0, missing: 0 }));
    const fits = param.column.every((level, row) => {
      const branch = present[parent.column[row] as number];
      if (!branch) return level === -1;
      if (level === -1) branch.missing += 1;
      else branch.here += 1;
      return branch.here === 0 || branch.missing === 0;
    });
    const levels = parent.levels.filter((_, at) => (present[at]?.here ?? 0) > 0).map(({ text }) => text);
    if (fits && levels.length < parent.levels.length) return { param: parent.name, levels };
  }
  return null;
}
