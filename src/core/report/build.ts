// Puts a report together from the sections that were chosen.

import { fileId, registryOf } from '../base/registry';
import type { RunId } from '../base/units';
import { compareRuns } from '../compare/comparison';
import { displayName, type Run } from '../model/run';
import type { Project } from '../project/project';
import { noStatements } from '../project/statements';
import { checkRun, contextsOf } from '../reproducibility/checklist';
import { items } from '../reproducibility/index';
import type { RunStyle } from '../view/run-style';
import type { Analyses } from './analyses';
import { type ChartBlock, type ReportDocument, reportVersion } from './document';
import { type PageSetup, standardPage } from './page-setup';
import type { ReportContext, SectionBuilder } from './section';

/** All sections in their standard order. */
export const sections: readonly SectionBuilder[] = [
  ...registryOf(import.meta.glob<SectionBuilder>('./sections/*.ts', { eager: true, import: 'section' }), fileId),
].sort((a, b) => a.meta.order - b.meta.order);

export interface ReportInput {
  readonly runs: readonly Run[];
  /** Every run that is known, so that replicates count in the checklist; `runs` where left out. */
  readonly known?: readonly Run[];
  readonly baseline?: RunId;
  readonly title?: string;
  readonly authors?: readonly string[];
  readonly subject?: string;
  readonly page?: PageSetup;
  /** Ids of sections in the order wanted; the standard ones where left out. */
  readonly sections?: readonly string[];
  /** Section id → free text. */
  readonly notes?: Readonly<Record<string, string>>;
  readonly charts: readonly ChartBlock[];
  readonly chartsLeftOut: number;
  readonly styles: ReadonlyMap<RunId, RunStyle>;
  readonly createdMs: number;
  readonly generator: string;
  /** What people attested and waived; judged as of `createdMs`. */
  readonly project?: Pick<Project, 'attestations' | 'waivers'>;
  /** What was judged; a section without its analysis is left out. */
  readonly analyses?: Analyses;
}

/** @throws Error when there is no run or a section id is not known */
export function buildReport(input: ReportInput): ReportDocument {
  const comparison = compareRuns(input.runs, input.baseline);
  const runs = [...input.runs].sort((a, b) => Number(b.id === comparison.baseline) - Number(a.id === comparison.baseline));
  const styleOf = (run: Run): RunStyle => {
    const style = input.styles.get(run.id);
    if (!style) throw new Error(`no style for run ${run.id}`);
    return style;
  };
  const page = input.page ?? standardPage;
  const contexts = contextsOf(runs, input.known ?? input.runs);
  const statements = input.project ? { project: input.project, nowMs: input.createdMs } : noStatements;
  const context: ReportContext = {
    runs,
    comparison,
    contexts,
    checklists: contexts.map((one) => checkRun(one, items, statements)),
    analyses: input.analyses ?? {},
    statements,
    charts: input.charts,
    chartsLeftOut: input.chartsLeftOut,
    page,
    styleOf,
    createdMs: input.createdMs,
    generator: input.generator,
  };
  return {
    kind: 'diptych-report',
    version: reportVersion,
    title: input.title ?? standardTitle(runs),
    authors: input.authors ?? [],
    subject: input.subject ?? '',
    page,
    createdMs: input.createdMs,
    generator: input.generator,
    baseline: comparison.baseline,
    runs: runs.map((run) => ({ id: run.id, name: displayName(run), style: styleOf(run) })),
    sections: chosen(input.sections).flatMap((section) => {
      const blocks = section.build(context);
      const note = input.notes?.[section.meta.id];
      if (blocks.length === 0 && !note) return [];
      return [{ id: section.meta.id, title: section.meta.title, blocks, ...(note ? { note } : {}) }];
    }),
  };
}

function chosen(ids: readonly string[] | undefined): readonly SectionBuilder[] {
  if (!ids) return sections.filter(({ meta }) => meta.standard);
  return ids.map((id) => {
    const section = sections.find(({ meta }) => meta.id === id);
    if (!section) throw new Error(`there is no section '${id}'; known: ${sections.map(({ meta }) => meta.id).join(', ')}`);
    return section;
  });
}

function standardTitle(runs: readonly Run[]): string {
  const experiments = new Set(runs.map(({ experiment }) => experiment).filter((name) => name !== null));
  const where = experiments.size === 1 ? ` of ${[...experiments][0]}` : '';
  return `Comparison of ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}${where}`;
}
