// What keys and the palette do with media, wherever they are in sight.

import type { Media } from '../../core/model/media';
import { movedStep, stepsOf } from '../../core/view/media-steps';
import type { App } from '../state/app';
import { setSlice } from '../state/workspace';
import { type MediaSlice, parseMediaSlice } from './slice';

/** Media in sight: of the run whose section is open, or of the runs that the tab compares. */
function mediaInSight(app: App): readonly Media[] {
  const route = app.navigation.store.getState();
  const { runs } = app.library.getState();
  if (route.kind === 'run') return route.section === 'media' ? ([...runs.values()].find(({ id }) => id === route.run)?.media ?? []) : [];
  if (route.tab !== 'media') return [];
  const { checked, visible } = app.workspace.getState().history.now;
  const all = [...runs.values()];
  const chosen = all.filter(({ id }) => checked.has(id));
  return (chosen.length > 0 ? chosen : all.filter(({ id }) => visible.has(id))).flatMap(({ media }) => media);
}

export const seesMedia = (app: App): boolean => mediaInSight(app).some(({ items }) => items !== undefined);

function changeMedia(app: App, label: string, next: (slice: MediaSlice) => MediaSlice): void {
  app.workspace.getState().change(label, (now) => setSlice('media', next(parseMediaSlice(now.features.media)))(now), { undoable: false });
}

/** So many steps on, of those that exist; infinite for the ends. */
export function moveStep(app: App, by: number): void {
  const steps = stepsOf(mediaInSight(app));
  changeMedia(app, 'step of media', (slice) => {
    const step = movedStep(steps, slice.step, by);
    return { ...slice, step: step === steps.at(-1) ? null : step };
  });
}

export const toggleOverSteps = (app: App): void => changeMedia(app, 'histograms over steps', (slice) => ({ ...slice, overSteps: !slice.overSteps }));
