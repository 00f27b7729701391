// Turns the lines of a text log into rows by the rules of a mapping; the first rule that fits takes a line.

import { parseNumber } from '../formats/numbers';
import { type LineRule, type Mapping, stepColumns } from './mapping';
import { pairsOf } from './pairs';
import { compilePattern, type LinePattern } from './pattern';

/** Longer lines are left out: dumps of tensors and packed data, and what a pattern could be kept busy with. */
export const longestLine = 8192;

export type Cell = readonly [name: string, text: string];

export type LineMeaning =
  | {
      readonly kind: 'row';
      readonly rule: LineRule;
      readonly cells: readonly Cell[];
      /** So many cells at the beginning are groups of the pattern; the rest are pairs, of which many are no numbers. */
      readonly groups: number;
    }
  /** Known, and nothing in it: progress of which only the end counts, or lines that the mapping says to pass over. */
  | { readonly kind: 'quiet' };

interface Ready {
  readonly rule: LineRule;
  readonly pattern: LinePattern | null;
  /** Names of which a line of bare pairs must have one: else every remark with a colon would be a point. */
  readonly steps: readonly string[];
}

/** Reads one log from its first line to its last. */
export class LineReader {
  /** What earlier lines left known: the epoch of a line of its own. */
  readonly carried = new Map<string, string>();
  private readonly rules: readonly Ready[];

  /** @throws Error for a pattern that does not compile: a parsed mapping holds none */
  constructor(mapping: Pick<Mapping, 'lines' | 'step'>) {
    this.rules = mapping.lines.map((rule) => ({ rule, pattern: compiled(rule), steps: stepColumns(rule.step ?? mapping.step) }));
  }

  /** @returns null where no rule fits */
  read(line: string): LineMeaning | null {
    for (const ready of this.rules) {
      const found = this.cellsOf(ready, line);
      if (found) return this.meaning(ready.rule, found.groups, found.pairs);
    }
    return null;
  }

  private cellsOf({ rule, pattern, steps }: Ready, line: string): { readonly groups: readonly Cell[]; readonly pairs: readonly Cell[] } | null {
    if (!pattern) {
      const cells = pairsOf(line);
      const numbers = cells.some(([name, text]) => parseNumber(text) !== null && !steps.includes(name));
      const stepped = steps.length === 0 || steps.some((name) => this.carried.has(name) || cells.some(([key]) => key === name));
      return numbers && stepped ? { groups: [], pairs: cells } : null;
    }
    const groups = pattern.exec(line);
    if (!groups) return null;
    return { groups: [...groups].filter(([name]) => !(rule.pairs && name === 'pairs')), pairs: rule.pairs ? pairsOf(groups.get('pairs') ?? '') : [] };
  }

  private meaning(rule: LineRule, groups: readonly Cell[], pairs: readonly Cell[]): LineMeaning {
    if (rule.to === 'nothing') return { kind: 'quiet' };
    const cells = [...groups, ...pairs];
    const valueAt = (name: string): string | undefined => cells.find(([key]) => key === name)?.[1];
    if (rule.equal && valueAt(rule.equal[0]) !== valueAt(rule.equal[1])) return { kind: 'quiet' };
    for (const name of rule.carry) {
      const value = valueAt(name);
      if (value !== undefined) this.carried.set(name, value);
    }
    return { kind: 'row', rule, cells, groups: groups.length };
  }
}

function compiled({ pattern }: LineRule): LinePattern | null {
  const made = pattern === null ? null : compilePattern(pattern);
  if (typeof made === 'string') throw new Error(made);
  return made;
}
