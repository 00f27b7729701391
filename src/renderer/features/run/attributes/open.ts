// Where an attribute leads: a series to its curve, a file to its preview, media to their section.

import type { RunId } from '../../../../core/base/units';
import type { Run } from '../../../../core/model/run';
import type { Attribute } from '../../../../core/view/attributes';
import { parseCurveSettings } from '../../../../core/view/curves-settings';
import { previewKind } from '../../../../core/view/preview';
import type { App } from '../../../state/app';
import { setSlice, setVisible } from '../../../state/workspace';

/** What opening it does, in words; null where there is nothing to open. */
export function openWord(attribute: Attribute): string | null {
  switch (attribute.kind) {
    case 'series':
      return attribute.series.count > 0 ? 'Open in Curves' : null;
    case 'media':
      return 'Open in Media';
    case 'file':
      return attribute.artifact.kind === 'file' && previewKind(attribute.path) !== 'none' ? 'Preview' : null;
    default:
      return null;
  }
}

export function openAttribute(app: App, run: Run, attribute: Attribute): void {
  if (openWord(attribute) === null) return;
  if (attribute.kind === 'series') showCurve(app, run.id, attribute.series);
  else if (attribute.kind === 'media') app.navigation.toRun(run.id, 'media', attribute.media.name);
  else if (attribute.kind === 'file') app.session.setState({ preview: { run: run.id, path: attribute.path } });
}

/** The panel of one metric, with the run's eye open. */
function showCurve(app: App, run: RunId, { name, system }: { readonly name: string; readonly system: boolean }): void {
  const pattern = `^${name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}$`;
  app.workspace.getState().change('show a curve', (now) => {
    const settings = parseCurveSettings(now.features.curves);
    const shown = { ...settings, search: pattern, showSystem: settings.showSystem || system };
    return setVisible([run], true)(setSlice('curves', shown)(now));
  });
  app.navigation.toTab('curves');
}
