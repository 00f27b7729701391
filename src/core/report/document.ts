// The report document: versioned plain data, the only thing that renderers see.

import type { Severity } from '../base/issues';
import type { RunId } from '../base/units';
import type { ChartSpec } from '../view/chart-spec';
import type { RunStyle } from '../view/run-style';
import type { PageSetup } from './page-setup';

/** A bump needs an upgrader and a kept sample (test/upgrades). */
export const reportVersion = 1;

export interface ReportDocument {
  readonly kind: 'diptych-report';
  readonly version: typeof reportVersion;
  readonly title: string;
  /** Who made it, as they sign; none where nobody does. */
  readonly authors: readonly string[];
  /** What it is about, in a sentence: stands below the title and in the file's metadata. Empty for none. */
  readonly subject: string;
  readonly page: PageSetup;
  /** Milliseconds since the epoch; can be fixed, so that the same input gives the same bytes. */
  readonly createdMs: number;
  readonly generator: string;
  readonly baseline: RunId;
  readonly runs: readonly ReportRun[];
  readonly sections: readonly ReportSection[];
}

export interface ReportRun {
  readonly id: RunId;
  readonly name: string;
  readonly style: RunStyle;
}

export interface ReportSection {
  readonly id: string;
  readonly title: string;
  /** Words of the person who made the report, in light Markdown (note.ts). */
  readonly note?: string;
  readonly blocks: readonly Block[];
}

export type Block = TextBlock | HeadingBlock | ListBlock | CodeBlock | NotesBlock | TableBlock | ChartBlock;

export interface TextBlock {
  readonly kind: 'text';
  readonly text: string;
  readonly tone?: 'muted';
}

/** The head of one item within a section. */
export interface HeadingBlock {
  readonly kind: 'heading';
  readonly text: string;
  /** Its mark, with the word for it and what else belongs beside the head. */
  readonly severity?: Severity;
  readonly note?: string;
}

export interface ListBlock {
  readonly kind: 'list';
  readonly items: readonly string[];
}

/** Lines to be pasted: shown as they are. */
export interface CodeBlock {
  readonly kind: 'code';
  readonly text: string;
  /** As Markdown names it; left out where it is of none that is known. */
  readonly language?: 'python' | 'diff' | 'sh';
}

export interface NotesBlock {
  readonly kind: 'notes';
  readonly items: readonly { readonly severity: Severity; readonly text: string }[];
}

export interface TableBlock {
  readonly kind: 'table';
  /** Unique in the document: names files and labels of an export. */
  readonly id: string;
  readonly caption: string;
  readonly head: readonly Cell[];
  readonly align: readonly ('left' | 'right')[];
  readonly rows: readonly (readonly Cell[])[];
  /** Wider than the page is: stands on a landscape page. */
  readonly wide?: true;
  /** How many of its rows, from the first, say most: a summary shows these. */
  readonly lead?: number;
}

export interface Cell {
  /** As shown. */
  readonly text: string;
  /** At full precision, where `text` is rounded. */
  readonly exact?: string;
  readonly tone?: 'good' | 'bad' | 'muted' | 'strong';
  /** Shows the run's colour and line style before the text. */
  readonly style?: RunStyle;
}

export interface ChartBlock {
  readonly kind: 'chart';
  readonly id: string;
  readonly caption: string;
  /** What is drawn of what was logged, and what is not shown. */
  readonly remark: string;
  readonly spec: ChartSpec;
}

/** Whether a section stands on landscape pages among portrait ones. */
export const isWide = ({ blocks }: ReportSection): boolean => blocks.some((block) => block.kind === 'table' && block.wide);

/** How a severity is called on a page. */
export const severityWords: Readonly<Record<Severity, string>> = { critical: 'Important', warn: 'Warning', note: 'Note', info: 'Note' };
