// The report document of the chosen runs: charts are drawn anew only when runs or curve settings change, latest wish wins.

import { useEffect, useMemo, useState } from 'react';
import type { RunId } from '../../../core/base/units';
import type { Run } from '../../../core/model/run';
import type { Analyses } from '../../../core/report/analyses';
import { buildReport } from '../../../core/report/build';
import type { ChartView } from '../../../core/report/chart-view';
import { type Charts, chartsOf } from '../../../core/report/charts';
import type { ReportDocument } from '../../../core/report/document';
import { printStyles } from '../../../core/report/print-styles';
import type { TrialAnalyses } from '../../../core/report/trial-analyses';
import { parseCurveSettings } from '../../../core/view/curves-settings';
import { useAcross } from '../../queries/use-across';
import { useHealth } from '../../queries/use-health';
import { useJob } from '../../queries/use-job';
import { usePractices } from '../../queries/use-practices';
import { useTrials } from '../../queries/use-trials';
import { useApp, useLooks, useSlice, useWorkspace } from '../../state/app';
import { useProject } from '../../state/project';
import { styleOf } from '../../state/workspace';
import type { job } from './jobs/report-trials';
import type { ReportSlice } from './slice';

export type ReportState =
  | { readonly kind: 'loading'; readonly document: ReportDocument | null }
  | { readonly kind: 'ready'; readonly document: ReportDocument }
  | { readonly kind: 'failed'; readonly message: string; readonly document: null };

type ChartState =
  | { readonly kind: 'loading' | 'ready'; readonly charts: Charts | null }
  | { readonly kind: 'failed'; readonly message: string; readonly charts: null };

interface Wish {
  readonly runs: readonly Run[];
  readonly known: readonly Run[];
  readonly baseline: RunId | null;
  readonly slice: ReportSlice;
}

type HealthState = { readonly kind: 'loading' } | { readonly kind: 'ready'; readonly analyses: Analyses };

export function useReport({ runs, known, baseline, slice }: Wish): ReportState {
  const { storage, idle } = useApp();
  const looks = useLooks();
  const [settings] = useSlice('curves', parseCurveSettings);
  const [project] = useProject();
  const grouping = useWorkspace((workspace) => workspace.grouping);
  const { lines } = slice.page;
  const styles = useMemo(() => printStyles(new Map(runs.map(({ id }) => [id, styleOf(looks, id)] as const)), lines), [runs, looks, lines]);
  const view = useMemo((): ChartView => slice.charts ?? { settings, grouping, x: null, zooms: {} }, [slice.charts, settings, grouping]);
  const [state, setState] = useState<ChartState>({ kind: 'loading', charts: null });

  useEffect(() => {
    const abort = new AbortController();
    setState((before) => ({ kind: 'loading', charts: before.charts }));
    const pointsOf = (run: RunId, series: readonly number[]) => storage.points(run, series);
    idle
      .track('report charts', chartsOf({ runs, pointsOf, styles, view, lines, signal: abort.signal }))
      .then((charts) => {
        if (!abort.signal.aborted) setState({ kind: 'ready', charts });
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setState({ kind: 'failed', message: error instanceof Error ? error.message : String(error), charts: null });
      });
    return () => abort.abort();
  }, [storage, idle, runs, styles, view, lines]);

  const judged = useHealthAnalysis(runs, slice.sections.includes('health'));
  const kept = usePractices(slice.sections.includes('practices') && runs.length > 0 ? runs : null);
  const practices = kept.kind === 'done' ? kept.result : null;
  const trials = useTrialAnalyses(runs, slice.sections.includes('groups') || slice.sections.includes('effects'));
  const document = useMemo(() => {
    if (!state.charts || runs.length === 0) return null;
    return buildReport({
      runs,
      known,
      styles,
      charts: state.charts.charts,
      chartsLeftOut: state.charts.leftOut,
      analyses: { ...(judged.kind === 'ready' ? judged.analyses : {}), ...trials, ...(practices ? { practices } : {}) },
      sections: slice.sections,
      notes: slice.notes,
      authors: slice.authors.filter((author) => author.trim() !== ''),
      subject: slice.subject,
      page: slice.page,
      createdMs: Date.now(),
      generator: 'Diptych',
      project,
      ...(baseline === null ? {} : { baseline }),
      ...(slice.title === '' ? {} : { title: slice.title }),
    });
  }, [runs, known, baseline, slice, styles, state.charts, judged, trials, practices, project]);

  if (state.kind === 'failed') return { kind: 'failed', message: state.message, document: null };
  return state.kind === 'ready' && judged.kind === 'ready' && trials !== null && kept.kind !== 'running' && document
    ? { kind: 'ready', document }
    : { kind: 'loading', document };
}

const none: readonly Run[] = [];

/** Findings of the runs, once all are judged; empty where the section is not wanted. */
function useHealthAnalysis(runs: readonly Run[], wanted: boolean): HealthState {
  const about = wanted ? runs : none;
  const { judged, waiting } = useHealth(about);
  const across = useAcross(about.length > 1 ? about : null);
  return useMemo((): HealthState => {
    if (!wanted) return { kind: 'ready', analyses: {} };
    if (waiting > 0 || across.kind === 'running') return { kind: 'loading' };
    // What cannot be judged together is left out rather than the report.
    const together = across.kind === 'done' ? across.result : { findings: [], notAssessed: [] };
    return { kind: 'ready', analyses: { health: { runs: about.flatMap((run) => judged.get(run.id) ?? []), across: together } } };
  }, [wanted, waiting, across, about, judged]);
}

/** Groups and effects of the runs; null while they are computed, empty where the sections are not wanted or nothing can be judged. */
function useTrialAnalyses(runs: readonly Run[], wanted: boolean): TrialAnalyses | null {
  const { targets, request } = useTrials(wanted ? runs : none);
  const state = useJob<typeof job>('report-trials', request);
  return useMemo(() => {
    if (targets.kind === 'running' || state.kind === 'running') return null;
    return state.kind === 'done' && state.result.problem === null ? state.result.analyses : nothing;
  }, [targets, state]);
}

const nothing: TrialAnalyses = {};
