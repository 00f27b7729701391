// The reproduce sheet of a run: parts of lines, each with its evidence, gaps spelled out.

import type { Evidence } from '../../model/facts';
import type { Run } from '../../model/run';
import type { CheckContext } from '../item';
import { codeLines } from './code';
import { dataLines } from './data';
import { environmentLines } from './environment';
import { resultLines } from './result';
import { startLines } from './start';

export interface SheetLine {
  /**
   * `command` can be pasted as it stands: made of our own words and of run data whose shape is checked;
   * `recorded` is a command out of the run, to be looked over first and shown behind `# `;
   * `note` is a value or remark; `gap` is what is not recorded.
   */
  readonly kind: 'command' | 'recorded' | 'note' | 'gap';
  /** What it is about, one sentence or a value. */
  readonly text: string;
  /** Text for a POSIX shell; of kinds `command` and `recorded` only. */
  readonly command?: string;
  readonly evidence: readonly Evidence[];
}

export type PartId = 'code' | 'environment' | 'data' | 'start' | 'result';

export interface SheetPart {
  readonly id: PartId;
  readonly title: string;
  readonly lines: readonly SheetLine[];
}

export interface Sheet {
  readonly run: Run;
  readonly parts: readonly SheetPart[];
  /** Texts of all gaps, in order. */
  readonly gaps: readonly string[];
}

/** What the sheet needs to know: the run, what its tracker records, and its replicates. */
export type SheetContext = Pick<CheckContext, 'run' | 'records' | 'tracker' | 'replicates' | 'experiment'>;

const parts: readonly (readonly [PartId, string, (context: SheetContext) => readonly SheetLine[]])[] = [
  ['code', 'Get the code', codeLines],
  ['environment', 'Make the environment', environmentLines],
  ['data', 'Get the data and verify it', dataLines],
  ['start', 'Start it again', startLines],
  ['result', 'Check the result', resultLines],
];

/** Pure: the same run gives the same sheet. */
export function sheetOf(context: SheetContext): Sheet {
  const made = parts.map(([id, title, linesOf]) => ({ id, title, lines: linesOf(context) }));
  return { run: context.run, parts: made, gaps: made.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'gap').map(({ text }) => text)) };
}
