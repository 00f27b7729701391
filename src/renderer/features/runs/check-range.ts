// Checking with Shift takes all runs between this one and the last one that was clicked.

import type { RunId } from '../../../core/base/units';
import { listRuns } from '../../../core/view/run-list';
import type { App } from '../../state/app';
import { linksIn } from '../../state/pairs';
import { setChecked } from '../../state/workspace';

let anchor: RunId | null = null;

export function checkUpTo(app: App, id: RunId, on: boolean, range: boolean): void {
  const { history, change } = app.workspace.getState();
  change('check', setChecked(range ? between(app, id) : [id], on), { undoable: false });
  anchor = id;

  function between({ library, session }: App, to: RunId): readonly RunId[] {
    const { experiment, ...options } = history.now;
    const runs = [...library.getState().runs.values()].filter((run) => experiment === null || run.experiment === experiment);
    const shown = listRuns(runs, { ...options, unfolded: session.getState().unfolded, links: linksIn(history.now) }).rows.flatMap((row) =>
      row.kind === 'run' ? [row.run.id] : [],
    );
    const [a, b] = [anchor === null ? -1 : shown.indexOf(anchor), shown.indexOf(to)];
    return a < 0 || b < 0 ? [to] : shown.slice(Math.min(a, b), Math.max(a, b) + 1);
  }
}
