// Undo and redo over immutable snapshots. Pure, and the same for anything that is undoable.

import { mergeChanges } from './merge';

export interface History<T> {
  readonly past: readonly Step<T>[];
  readonly now: T;
  readonly future: readonly Step<T>[];
}

interface Step<T> {
  readonly state: T;
  /** What the change after this state was, for the menu: "Undo hide column". */
  readonly label: string;
  /** Changes with the same key that follow at once are one step (typing, dragging). */
  readonly key: string | null;
  readonly at: number;
}

const most = 200;
const togetherMs = 800;

export const historyOf = <T>(now: T): History<T> => ({ past: [], now, future: [] });

/** Records a change. @param at milliseconds, to see which changes belong together */
export function record<T>(history: History<T>, next: T, label: string, at: number, key: string | null = null): History<T> {
  if (next === history.now) return history;
  const last = history.past.at(-1);
  const joins = key !== null && last?.key === key && at - last.at < togetherMs;
  if (joins) return { past: [...history.past.slice(0, -1), { ...last, at }], now: next, future: [] };
  return { past: [...history.past, { state: history.now, label, key, at }].slice(-most), now: next, future: [] };
}

/**
 * Changes what is there without a step of its own: what came from outside, such as an import or another window. The steps get the
 * change too, so that an undo takes back only what was done here.
 */
export function amend<T>(history: History<T>, next: T): History<T> {
  if (next === history.now) return history;
  const rebased = (step: Step<T>): Step<T> => ({ ...step, state: mergeChanges(history.now, step.state, next) });
  return { past: history.past.map(rebased), now: next, future: history.future.map(rebased) };
}

export function undo<T>(history: History<T>): History<T> {
  const step = history.past.at(-1);
  if (!step) return history;
  return { past: history.past.slice(0, -1), now: step.state, future: [{ ...step, state: history.now }, ...history.future] };
}

export function redo<T>(history: History<T>): History<T> {
  const step = history.future[0];
  if (!step) return history;
  return { past: [...history.past, { ...step, state: history.now, key: null }], now: step.state, future: history.future.slice(1) };
}
