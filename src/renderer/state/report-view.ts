// The view of the Curves tab, taken over into the report.

import type { ChartView } from '../../core/report/chart-view';
import type { App } from './app';
import { setSlice } from './workspace';

/** The report's charts show this view from now on; what else is arranged there stays. */
export function takeChartView({ workspace, navigation, toasts }: Pick<App, 'workspace' | 'navigation' | 'toasts'>, charts: ChartView): void {
  const { change } = workspace.getState();
  change('use curves in the report', (now) => {
    const slice = now.features.report;
    return setSlice('report', { ...(typeof slice === 'object' && slice !== null ? slice : {}), charts })(now);
  });
  toasts.show({
    kind: 'good',
    text: 'The report shows the curves as they are here.',
    action: { label: 'Open the report', run: () => navigation.toTab('report') },
  });
}
