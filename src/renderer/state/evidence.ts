// Where a piece of evidence leads: to a file of the run, or to the part of its page that shows the logged value.

import type { RunId } from '../../core/base/units';
import type { Evidence } from '../../core/model/facts';
import type { App } from './app';

/** Evidence that is no file but a part of the run → section of its page. */
const sections: Readonly<Record<string, string>> = { params: 'params', metrics: 'metrics', tags: 'overview', run: 'overview', command: 'facts' };

export function openEvidence(app: App, run: RunId, { file, where, value }: Evidence): void {
  const section = Object.hasOwn(sections, file) ? sections[file] : undefined;
  if (section) app.navigation.toRun(run, section);
  else app.session.setState({ preview: { run, path: file, ...(where === undefined ? {} : { where }), ...(value === undefined ? {} : { value }) } });
}
