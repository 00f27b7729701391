// Which columns of a table are params and which are results, where the page writes them in blocks without a mark between.

import { parseNumber } from '../../formats/numbers';
import { isMetricName } from '../_history/columns';

export type Block = 'params' | 'results' | 'tags';

export interface BlockColumn {
  readonly name: string;
  /** Its cells in a sample of rows. */
  readonly cells: readonly string[];
}

/**
 * Pages list the names of a block in order. Where order breaks just as often as blocks end, that is where they end; where it
 * breaks more often, a person chose the columns, and it says little.
 */
const disorder = { told: 100, chosen: 0.5 } as const;
const impossible = 1e6;

/**
 * The likeliest block of each column, given the order in which the page writes blocks: the cheapest way through them, where
 * a column costs what speaks against its block (text is no metric, `val_loss` is no setting), and a name out of order costs, too.
 * @param textResults results may be text (a summary), not only numbers (a metric)
 */
export function blocksOf(columns: readonly BlockColumn[], order: readonly Block[], textResults: boolean): readonly Block[] {
  const breaks = columns.map(({ name }, at) => at > 0 && sortable(columns[at - 1]!.name) > sortable(name));
  const dear = breaks.filter(Boolean).length < order.length ? disorder.told : disorder.chosen;
  let costs: number[] = order.map(() => 0);
  const came: number[][] = [];
  for (const [at, column] of columns.entries()) {
    const outOfOrder = breaks[at] ? dear : 0;
    const next: number[] = [];
    came.push([]);
    for (const [to, block] of order.entries()) {
      let from = to;
      let least = at === 0 ? 0 : costs[to]! + outOfOrder;
      for (let before = 0; before < to; before++)
        if (at > 0 && costs[before]! <= least) {
          from = before;
          least = costs[before]!;
        }
      next.push(least + costOf(column, block, textResults));
      came[at]!.push(from);
    }
    costs = next;
  }
  let state = costs.indexOf(Math.min(...costs));
  const blocks: Block[] = [];
  for (let at = columns.length - 1; at >= 0; at--) {
    blocks.push(order[state]!);
    state = came[at]![state]!;
  }
  return blocks.reverse();
}

const sortable = (name: string): string => name.toLowerCase();

/** What speaks against a column's being of a block. */
function costOf({ name, cells }: BlockColumn, block: Block, textResults: boolean): number {
  const given = cells.filter((cell) => cell !== '');
  const numbers = given.map(parseNumber);
  const isText = numbers.some((number) => number === null);
  if (block === 'tags') return isText || given.length === 0 ? 1 : 3;
  if (block === 'results') {
    if (isText) return textResults ? 1 : impossible;
    return soundsMeasured(name) || isMeasured(given) ? 0 : 1;
  }
  if (isText) return 0;
  return (soundsMeasured(name) ? 2 : 0) + (isMeasured(given) ? 2 : 0);
}

/** By the last part of its name, for `train.hidden` is set. Learning rates are logged and set alike: their name says nothing. */
function soundsMeasured(name: string): boolean {
  const last = name.split(/[./]/).at(-1) || name;
  return /^(?:global[\s_-]?)?(?:step|epoch|iteration)$/i.test(last) || isMetricName(last.replace(/learning[\s_-]?rate|(?<![a-z])lr(?![a-z])/gi, ''));
}

/** Long fractions that differ from run to run were measured; nobody sets them. */
const isMeasured = (cells: readonly string[]): boolean =>
  cells.length > 0 && cells.filter((cell) => /\.\d{7,}/.test(cell)).length * 2 > cells.length && (cells.length === 1 || new Set(cells).size > 1);
