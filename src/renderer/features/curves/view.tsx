// The Curves tab: toolbar, panels in sections, and one panel over all of them in full screen.

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { RunId } from '../../../core/base/units';
import type { Run } from '../../../core/model/run';
import { marksOf } from '../../../core/view/curves-marks';
import { panelsOf, searchOf, sectionsOf } from '../../../core/view/curves-panels';
import { type CurveSettings, parseCurveSettings } from '../../../core/view/curves-settings';
import { groupRuns } from '../../../core/view/run-groups';
import { useTheme } from '../../boot/theme';
import { NoRuns } from '../../pieces/no-runs';
import { useHealth } from '../../queries/use-health';
import { useVisibleRuns } from '../../queries/use-runs';
import { useStatements } from '../../queries/use-statements';
import { useApp, useLibrary, useLooks, useSlice, useWorkspace } from '../../state/app';
import { takeChartView } from '../../state/report-view';
import { styleOf as styleIn } from '../../state/workspace';
import { Button } from '../../widgets/button';
import { Empty } from '../../widgets/states';
import { FullScreen } from './full-screen';
import { Grid } from './grid';
import type { PanelContext } from './panel';
import { Toolbar } from './toolbar';
import { curveClientOf } from './use-client';
import { useExport } from './use-export';
import { useMarked } from './use-marked';
import styles from './view.module.css';
import { createViewStore, isZoomed, toggleTable, withoutZoom, zoomsOf } from './view-store';

export default function CurvesView() {
  const app = useApp();
  const runs = useVisibleRuns();
  const byId = useLibrary((state) => state.runs);
  const [settings, set] = useSlice('curves', parseCurveSettings);
  const grouping = useWorkspace((workspace) => workspace.grouping);
  const looks = useLooks();
  const dark = useTheme() === 'dark';
  const client = curveClientOf(app);
  const [view] = useState(createViewStore);
  const full = useStore(view, (state) => state.full);
  const tables = useStore(view, (state) => state.tables);
  const zoomed = useStore(view, isZoomed);
  const exportAs = useExport(client, view);

  const panels = useMemo(() => panelsOf(runs, settings.showSystem), [runs, settings.showSystem]);
  const search = useMemo(() => searchOf(settings.search), [settings.search]);
  const found = useMemo(() => {
    if (search.kind === 'all') return panels;
    const plain = settings.search.toLowerCase();
    return panels.filter((panel) => (search.kind === 'pattern' ? search.test(panel.id) : panel.id.toLowerCase().includes(plain)));
  }, [panels, search, settings.search]);
  // What a search found stands together, whatever sections it comes from.
  const sections = useMemo(
    () => (search.kind === 'all' ? sectionsOf(found, settings.order) : [{ id: 'Found', panels: found }]),
    [search, found, settings.order],
  );
  const groups = useMemo(() => (grouping.kind === 'none' ? null : groupRuns(runs, grouping)), [runs, grouping]);
  const styleOf = useCallback((id: RunId) => styleIn(looks, id), [looks]);

  const health = useHealth(settings.showMarks ? runs : none);
  const statements = useStatements();
  const marks = useMemo(() => marksOf(settings.showMarks ? runs : none, health.judged, statements), [settings.showMarks, runs, health.judged, statements]);
  const marked = useMarked(view, panels, marks);

  const change = useChangeCurves(set);
  const axisKey = `${JSON.stringify(settings.axis)} ${settings.logX}`;
  const shownAxis = useRef(axisKey);
  useEffect(() => {
    // Undo brings another axis back as well: what was zoomed means nothing there.
    if (shownAxis.current !== axisKey) view.setState(withoutZoom(view.getState()), true);
    shownAxis.current = axisKey;
  }, [axisKey, view]);

  const toggleFull = useCallback((panel: string) => view.setState((now) => ({ full: now.full === panel ? null : panel })), [view]);
  const askRole = useCallback((metric: string) => app.session.setState({ role: metric }), [app]);
  const context = useMemo(
    (): PanelContext => ({
      client,
      view,
      runs: byId,
      groups,
      marks,
      marked,
      settings,
      styleOf,
      dark,
      askRole,
      toggleFull,
      toggleTable: (panel) => view.setState((now) => toggleTable(now, panel), true),
      exportAs,
    }),
    [client, view, byId, groups, marks, marked, settings, styleOf, dark, askRole, toggleFull, exportAs],
  );

  if (runs.length === 0) return <NoRuns title="No run is shown">Open the eye of a run in the list on the left to draw its curves.</NoRuns>;
  const opened = full === null ? undefined : panels.find((panel) => panel.id === full);
  const order = sections.flatMap((section) => section.panels);
  const toolbar = (
    <Toolbar
      runs={runs}
      settings={settings}
      change={change}
      grouped={groups !== null}
      found={found.length}
      zoomed={zoomed}
      onReset={() => view.setState(withoutZoom(view.getState()), true)}
      onReport={() => takeChartView(app, { settings, grouping, x: view.getState().x, zooms: zoomsOf(view.getState()) })}
    />
  );
  return (
    <div className={styles.view}>
      {toolbar}
      {panels.length === 0 ? (
        <Empty title="These runs logged no metrics over time">Their last values stand in the table. Open the eye of other runs in the list on the left.</Empty>
      ) : found.length === 0 ? (
        <Empty
          icon="search"
          title="No panel has such a name"
          actions={<Button onClick={() => change('search panels', { search: '' }, { undoable: false })}>Show all {panels.length} panels</Button>}
        >
          The search is a regular expression over metric names, without regard to case.
        </Empty>
      ) : (
        <Grid
          sections={sections}
          context={context}
          tables={tables}
          searching={search.kind !== 'all'}
          onCollapse={(id) =>
            change('fold a section', {
              collapsed: settings.collapsed.includes(id) ? settings.collapsed.filter((one) => one !== id) : [...settings.collapsed, id],
            })
          }
          onOrder={(next) => change('move a panel', { order: next })}
        />
      )}
      {opened && (
        <FullScreen panel={opened} panels={order} context={context} table={tables.has(opened.id)} onOpen={(id) => view.setState({ full: id })}>
          {toolbar}
        </FullScreen>
      )}
    </div>
  );
}

const none: readonly Run[] = [];

/** Sets some settings, with the words that undo shows. */
function useChangeCurves(set: ReturnType<typeof useSlice<CurveSettings>>[1]) {
  const latest = useRef(set);
  latest.current = set;
  return useCallback(
    (label: string, part: Partial<CurveSettings>, options?: Parameters<typeof set>[2]) => latest.current(label, (before) => ({ ...before, ...part }), options),
    [],
  );
}
