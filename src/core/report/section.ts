// The contract of a report section: a title and a pure function from what is compared to blocks.

import type { Comparison } from '../compare/comparison';
import type { Run } from '../model/run';
import type { Statements } from '../project/statements';
import type { Checklist } from '../reproducibility/checklist';
import type { CheckContext } from '../reproducibility/item';
import type { RunStyle } from '../view/run-style';
import type { Analyses } from './analyses';
import type { Block, ChartBlock } from './document';
import type { PageSetup } from './page-setup';

export interface ReportContext {
  /** The baseline first, then in the order given. */
  readonly runs: readonly Run[];
  readonly comparison: Comparison;
  /** Of each run, in the order of `runs`. */
  readonly contexts: readonly CheckContext[];
  readonly checklists: readonly Checklist[];
  readonly analyses: Analyses;
  /** What people attested and waived, as of the report. */
  readonly statements: Statements;
  readonly charts: readonly ChartBlock[];
  /** Metrics that have no chart, so that the report can say so. */
  readonly chartsLeftOut: number;
  readonly page: PageSetup;
  styleOf(run: Run): RunStyle;
  readonly createdMs: number;
  readonly generator: string;
}

export interface SectionBuilder {
  readonly meta: {
    readonly id: string;
    readonly title: string;
    readonly order: number /** Chosen unless the user leaves it out. */;
    readonly standard: boolean;
  };
  /** No blocks: the section is left out. */
  build(context: ReportContext): readonly Block[];
}
