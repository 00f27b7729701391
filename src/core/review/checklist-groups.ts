// Items of many checklists as few: the same item with the same verdict in several runs is one.

import type { RunId } from '../base/units';
import type { Checklist, JudgedItem } from '../reproducibility/checklist';
import type { ItemMeta, Verdict } from '../reproducibility/item';

export interface ChecklistGroup {
  readonly meta: ItemMeta;
  readonly verdict: Verdict;
  /** As the first run has it. */
  readonly reason: string;
  readonly runs: readonly RunId[];
  readonly fix: JudgedItem['fix'];
}

/** By item and verdict; without what is waived, and without what a person attested where the record merely does not show it. */
export function groupedItems(checklists: readonly Checklist[]): readonly ChecklistGroup[] {
  const groups = new Map<string, ChecklistGroup>();
  for (const { run, items } of checklists) {
    for (const { meta, verdict, reason, fix, attested, waived } of items) {
      if (waived || (attested && verdict !== 'fail')) continue;
      const key = `${meta.id} ${verdict}`;
      const group = groups.get(key);
      groups.set(key, group ? { ...group, runs: [...group.runs, run.id] } : { meta, verdict, reason, runs: [run.id], fix });
    }
  }
  return [...groups.values()].sort((a, b) => (a.meta.id < b.meta.id ? -1 : a.meta.id > b.meta.id ? 1 : order.indexOf(a.verdict) - order.indexOf(b.verdict)));
}

const order: readonly Verdict[] = ['fail', 'partial', 'unknown', 'pass', 'n.a.'];
