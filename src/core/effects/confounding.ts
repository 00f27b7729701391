// What changed together with a param, so that these runs cannot tell the two apart.

import type { TrialTable } from '../trials/trial';
import { association, confoundedFrom } from './association';
import type { Configurations } from './configurations';
import { type Param, paramOf } from './param';
import type { Space } from './space';

export interface Confounder {
  /** Another param, or what else changed: `commit`, `started`, `gpu`. */
  readonly name: string;
  readonly kind: 'param' | 'circumstance';
  /** From 0 to 1 (`association`). */
  readonly strength: number;
}

/** Params that are compared with one another; of very many only the first by name. */
const mostCompared = 200;

/** Param → what it cannot be told apart from, strongest first. Aliases are in `space.aliases` and not here. */
export function confoundersOf(table: TrialTable, space: Space, { rows }: Configurations): ReadonlyMap<string, readonly Confounder[]> {
  const found = new Map<string, Confounder[]>();
  const add = (name: string, confounder: Confounder): unknown => found.set(name, [...(found.get(name) ?? []), confounder]);
  const params = space.params.slice(0, mostCompared);
  for (const [at, a] of params.entries()) {
    for (const b of params.slice(at + 1)) {
      if (a.condition?.param === b.name || b.condition?.param === a.name) continue;
      const strength = association(a, b, rows);
      if (strength < confoundedFrom) continue;
      add(a.name, { name: b.name, kind: 'param', strength });
      add(b.name, { name: a.name, kind: 'param', strength });
    }
  }
  const all = table.trials.map((_, row) => row);
  const circumstances = circumstancesOf(table);
  for (const param of params) {
    for (const circumstance of circumstances) {
      if (isItself(param, circumstance)) continue;
      const strength = association(param, circumstance, all);
      if (strength >= confoundedFrom) add(param.name, { name: circumstance.name, kind: 'circumstance', strength });
    }
  }
  for (const list of found.values()) list.sort((a, b) => b.strength - a.strength || (a.name < b.name ? -1 : 1));
  return found;
}

/** Circumstances that varied, as columns; texts that differ in every run (a host per run) tell nothing. */
function circumstancesOf({ trials }: TrialTable): readonly Param[] {
  const names = [...new Set(trials.flatMap(({ circumstances }) => Object.keys(circumstances)))].sort();
  return names
    .map((name) =>
      paramOf(
        name,
        trials.map(({ circumstances }) => circumstances[name]),
      ),
    )
    .filter(({ levels, type }) => levels.length > 1 && (type !== 'category' || levels.length <= 0.6 * trials.length));
}

/** The number of epochs sets the last step: that is no confounder but the same thing. */
const isItself = (param: Param, circumstance: Param): boolean =>
  circumstance.name === 'last step' && /(epoch|step|iter|update|budget|batch)/i.test(param.name) ? true : param.name === circumstance.name;

/** Least params, and least share of configurations that differ from the most usual one in at most one of them. */
const oneAtATime = { params: 3, share: 0.8, configurations: 5 } as const;

/**
 * Whether params were changed one at a time: then each effect holds at one setting of the others only. True where nearly all configurations
 * differ from the most usual values in at most one param.
 */
export function isOneAtATime(space: Space, { rows }: Configurations): boolean {
  if (space.params.length < oneAtATime.params || rows.length < oneAtATime.configurations) return false;
  const usual = space.params.map(({ levels }) => levels.reduce((best, level, at) => (level.n > (levels[best]?.n ?? 0) ? at : best), 0));
  const near = Array.from(rows).filter((row) => space.params.filter(({ column }, at) => column[row] !== usual[at]).length <= 1);
  return near.length >= oneAtATime.share * rows.length;
}

/** Runs differ by more than this factor in the step they reached. */
const budgetRatio = 1.25;

/** Last steps of the shortest and the longest run, where they were not trained equally long and no param says so. */
export function unequalBudgets({ trials }: TrialTable): readonly [number, number] | null {
  const steps = trials.flatMap(({ circumstances, value }) =>
    value !== null && typeof circumstances['last step'] === 'number' ? [circumstances['last step']] : [],
  );
  const [low, high] = [Math.min(...steps), Math.max(...steps)];
  return steps.length > 1 && low > 0 && high > budgetRatio * low ? [low, high] : null;
}
