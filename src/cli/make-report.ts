// A report of runs that were read in this process: the same for `diptych report` and the check of `npm start`.

import { basename } from 'node:path';
import { chartDrawer } from '../charts/report-chart';
import type { RunId } from '../core/base/units';
import { judgeAcross, judgeRun } from '../core/health/judge';
import type { Points, Run } from '../core/model/run';
import { assessPractices, type PracticesResult } from '../core/practices/assess';
import { cadencesOf } from '../core/practices/cadence';
import { emptyProject, type Project } from '../core/project/project';
import type { HealthAnalysis } from '../core/report/analyses';
import { buildReport } from '../core/report/build';
import { standardView } from '../core/report/chart-view';
import { chartsOf } from '../core/report/charts';
import type { ReportDocument } from '../core/report/document';
import type { Lines } from '../core/report/page-setup';
import { printStyles } from '../core/report/print-styles';
import { type ReportRenderer, renderers } from '../core/report/renderer';
import { type ReportTemplate, readTemplate } from '../core/report/template';
import { type TrialAnalyses, trialAnalysesOf } from '../core/report/trial-analyses';
import { trialsFromRuns } from '../core/trials/from-runs';
import { type RunStyle, runStyle } from '../core/view/run-style';
import { targetMetrics } from '../core/view/target-metrics';
import { printHtml } from '../host/pdf/print';
import { UsageError } from './exit';
import { version } from './version';

export interface ReportWish {
  readonly runs: readonly Run[];
  readonly known: readonly Run[];
  readonly points: ReadonlyMap<RunId, readonly Points[]>;
  readonly baseline?: RunId;
  /** How it is arranged; the standard report where left out. */
  readonly template?: ReportTemplate;
  /** Fixed for reports that must come out the same. */
  readonly createdMs?: number;
  readonly signal: AbortSignal;
  /** What people attested and waived. */
  readonly project?: Project;
}

export async function makeReport({ runs, known, points, createdMs, signal, template = readTemplate({}), ...wish }: ReportWish): Promise<ReportDocument> {
  const { title, authors, subject, sections, notes, page } = template;
  const styles = stylesOf(runs, page.lines);
  const view = template.charts ?? standardView;
  const { charts, leftOut } = await chartsOf({ runs, pointsOf: pointsIn(points), styles, view, lines: page.lines, signal });
  const now = createdMs ?? Date.now();
  const analyses = {
    health: healthOf(runs, points, wish.project),
    practices: practicesOf(runs, points, wish.project, now),
    ...trialsOf(runs, sections),
  };
  return buildReport({
    runs,
    known,
    styles,
    charts,
    analyses,
    chartsLeftOut: leftOut,
    createdMs: now,
    generator: `Diptych ${version}`,
    ...{ authors, subject, sections, notes, page },
    ...(title === '' ? {} : { title }),
    ...wish,
  });
}

/** Looks of runs in the order of the report. */
export const stylesOf = (runs: readonly Run[], lines: Lines): ReadonlyMap<RunId, RunStyle> =>
  printStyles(new Map(runs.map((run, slot) => [run.id, runStyle(slot)])), lines);

/** Points that were read, as charts ask for them. */
export const pointsIn =
  (points: ReadonlyMap<RunId, readonly Points[]>) =>
  async (id: RunId, series: readonly number[]): Promise<readonly Points[]> =>
    series.map((index) => points.get(id)?.[index] as Points);

/** Every rule over every run, and over all of them together. */
function healthOf(runs: readonly Run[], points: ReportWish['points'], project: Project | undefined): HealthAnalysis {
  const judged = runs.map((run) => judgeRun({ run, points: points.get(run.id) ?? [] }, { statements: project?.roles ?? [] }));
  return { runs: judged.map(({ health }) => health), across: judgeAcross(judged.map(({ sketch }) => sketch)) };
}

/** Every practice that can be judged without looking at the repository. */
function practicesOf(runs: readonly Run[], points: ReportWish['points'], project: Project | undefined, now: number): PracticesResult {
  const cadences = new Map(runs.map((run) => [run.id, cadencesOf(run.series, points.get(run.id) ?? [])] as const));
  const cadence = (run: Run, series: number) => cadences.get(run.id)?.[series] ?? null;
  return assessPractices({ runs, project: project ?? emptyProject, now, cadence, repository: null });
}

/** Groups and effects by the metric that runs are most likely judged by; nothing where its direction is not known. */
function trialsOf(runs: readonly Run[], sections: readonly string[]): TrialAnalyses {
  const [target] = targetMetrics(runs);
  const wanted = sections.includes('groups') || sections.includes('effects');
  const { table } = wanted && target ? trialsFromRuns(runs, { metric: target.name }) : {};
  return table ? trialAnalysesOf(table) : {};
}

/** The document as bytes of the format that the file's ending names; a PDF is the printed HTML. */
export async function renderReport(
  document: ReportDocument,
  file: string,
  signal: AbortSignal,
): Promise<{ readonly bytes: string | Uint8Array; readonly note: string | null }> {
  const text = (renderer: ReportRenderer): string => renderer.render(document, { svgOf: chartDrawer(document.page.lines === 'distinct') });
  if (/\.pdf$/i.test(file)) return printHtml(text(rendererOf('.html')), document.title, signal);
  return { bytes: text(rendererOf(file)), note: null };
}

/**
 * The format of a file by its ending; the longest one that fits.
 * @throws UsageError
 */
export function rendererOf(file: string): ReportRenderer {
  const name = basename(file).toLowerCase();
  const [renderer] = renderers.filter(({ meta }) => name.endsWith(`.${meta.extension}`)).sort((a, b) => b.meta.extension.length - a.meta.extension.length);
  if (!renderer)
    throw new UsageError(
      `a report ending in .${name.split('.').at(-1)} cannot be written; .pdf, ${renderers.map(({ meta }) => `.${meta.extension}`).join(', ')} can`,
    );
  return renderer;
}
