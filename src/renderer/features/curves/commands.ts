// What the palette and the keyboard can change about curves.

import { type CurveSettings, parseCurveSettings } from '../../../core/view/curves-settings';
import type { Command } from '../../registry/commands';
import type { App } from '../../state/app';
import { setSlice } from '../../state/workspace';

const onCurves = (app: App): boolean => {
  const route = app.navigation.store.getState();
  return route.kind === 'tab' && route.tab === 'curves';
};

const change = (app: App, label: string, next: (settings: CurveSettings) => Partial<CurveSettings>): void =>
  app.workspace.getState().change(label, (workspace) => {
    const settings = parseCurveSettings(workspace.features.curves);
    return setSlice('curves', { ...settings, ...next(settings) })(workspace);
  });

const command = (id: string, title: string, next: (settings: CurveSettings) => Partial<CurveSettings>, more: Partial<Command> = {}): Command => ({
  id: `curves.${id}`,
  title,
  group: 'Curves',
  enabled: onCurves,
  run: (app) => change(app, title, next),
  ...more,
});

export const commands: readonly Command[] = [
  command('log-y', 'Logarithmic y axis', (settings) => ({ logY: !settings.logY }), { keys: ['y'] }),
  command('log-x', 'Logarithmic x axis', (settings) => ({ logX: !settings.logX }), { keys: ['x'] }),
  command(
    'smooth',
    'Smooth curves, or show them as logged',
    ({ smoothing }) => ({ smoothing: smoothing.kind === 'none' ? { kind: 'ema', weight: 0.6 } : { kind: 'none' } }),
    {
      keys: ['s'],
      words: 'ema average',
    },
  ),
  command('clip', 'Clip outliers', (settings) => ({ clipOutliers: !settings.clipOutliers }), { keys: ['o'] }),
  command('envelope', 'Envelope of thinned curves', (settings) => ({ envelope: !settings.envelope })),
  command('sync', 'Panels in step', (settings) => ({ sync: !settings.sync }), { words: 'sync cursor zoom' }),
  command('system', 'Hardware panels', (settings) => ({ showSystem: !settings.showSystem }), { words: 'gpu cpu memory system metrics' }),
  command('x-auto', 'X axis: as logged', () => ({ axis: { kind: 'auto' } })),
  command('x-step', 'X axis: step', () => ({ axis: { kind: 'step' } })),
  command('x-relative', 'X axis: relative time', () => ({ axis: { kind: 'relative' } })),
  command('x-wall', 'X axis: wall time', () => ({ axis: { kind: 'wall' } })),
  command('x-epoch', 'X axis: epoch', () => ({ axis: { kind: 'epoch' } })),
];
