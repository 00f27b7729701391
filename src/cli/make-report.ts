// A report of runs that were read in this process: the same for `diptych report` and the check of `npm start`.

import { basename } from 'node:path';
import { renderSvg } from '../charts/svg';
import type { RunId } from '../core/base/units';
import { judgeAcross, judgeRun } from '../core/health/judge';
import type { Points, Run } from '../core/model/run';
import { assessPractices, type PracticesResult } from '../core/practices/assess';
import { cadencesOf } from '../core/practices/cadence';
import { emptyProject, type Project } from '../core/project/project';
import type { HealthAnalysis } from '../core/report/analyses';
import { buildReport } from '../core/report/build';
import { chartsOf } from '../core/report/charts';
import type { ReportDocument } from '../core/report/document';
import { type ReportRenderer, renderers } from '../core/report/renderer';
import { type TrialAnalyses, trialAnalysesOf } from '../core/report/trial-analyses';
import { trialsFromRuns } from '../core/trials/from-runs';
import { defaultCurveSettings } from '../core/view/curves-settings';
import { runStyle } from '../core/view/run-style';
import { targetMetrics } from '../core/view/target-metrics';
import { printHtml } from '../host/pdf/print';
import { UsageError } from './exit';
import { version } from './version';

export interface ReportWish {
  readonly runs: readonly Run[];
  readonly known: readonly Run[];
  readonly points: ReadonlyMap<RunId, readonly Points[]>;
  readonly baseline?: RunId;
  readonly title?: string;
  readonly sections?: readonly string[];
  /** Fixed for reports that must come out the same. */
  readonly createdMs?: number;
  readonly signal: AbortSignal;
  /** What people attested and waived. */
  readonly project?: Project;
}

export async function makeReport({ runs, known, points, createdMs, signal, ...wish }: ReportWish): Promise<ReportDocument> {
  const styles = new Map(runs.map((run, slot) => [run.id, runStyle(slot)]));
  const pointsOf = async (id: RunId, series: readonly number[]): Promise<readonly Points[]> => series.map((index) => points.get(id)?.[index] as Points);
  // Nobody is there to switch it on: a run that diverged must not flatten all others. The chart says how many points lie outside.
  const settings = { ...defaultCurveSettings, clipOutliers: true };
  const { charts, leftOut } = await chartsOf({ runs, pointsOf, styles, settings, signal });
  const now = createdMs ?? Date.now();
  const analyses = {
    health: healthOf(runs, points, wish.project),
    practices: practicesOf(runs, points, wish.project, now),
    ...trialsOf(runs, wish.sections),
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
    ...wish,
  });
}

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
function trialsOf(runs: readonly Run[], sections: readonly string[] | undefined): TrialAnalyses {
  const [target] = targetMetrics(runs);
  const wanted = sections === undefined || sections.includes('groups') || sections.includes('effects');
  const { table } = wanted && target ? trialsFromRuns(runs, { metric: target.name }) : {};
  return table ? trialAnalysesOf(table) : {};
}

/** Plot height of a chart for its width. */
const aspect = 0.42;

/** The document as bytes of the format that the file's ending names; a PDF is the printed HTML. */
export async function renderReport(
  document: ReportDocument,
  file: string,
  signal: AbortSignal,
): Promise<{ readonly bytes: string | Uint8Array; readonly note: string | null }> {
  const ending = basename(file).split('.').at(-1)?.toLowerCase() ?? '';
  const text = (renderer: ReportRenderer): string =>
    renderer.render(document, { svgOf: ({ spec }, width) => renderSvg(spec, { width, height: Math.round(width * aspect) }) });
  if (ending === 'pdf') return printHtml(text(rendererOf('html')), document.title, signal);
  return { bytes: text(rendererOf(ending)), note: null };
}

export function rendererOf(ending: string): ReportRenderer {
  const renderer = renderers.find(({ meta }) => meta.extension === ending);
  if (!renderer)
    throw new UsageError(`a report ending in .${ending} cannot be written; .pdf, ${renderers.map(({ meta }) => `.${meta.extension}`).join(', ')} can`);
  return renderer;
}
