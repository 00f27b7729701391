// The ways in for training code: what was dropped, what the host can read, and what an import has already walked.

import type { SourceRef } from '../../wire/host-api';
import { type Drop, dropAgain, keptDrop } from '../workers/dropped';
import type { ImportOrigin } from '../workers/importer';
import type { App } from './app';

type Doors = Pick<App, 'capabilities' | 'code' | 'navigation' | 'settings'>;

const labelOf = (names: readonly string[]): string => names.join(', ');

/** Reviews what the host reads of these sources, and shows the screen. */
export function reviewSources(app: Doors, sources: readonly SourceRef[]): void {
  const { readCode } = app.capabilities;
  if (sources.length === 0 || !readCode) return;
  const roots = sources.map(({ label, kind }) => ({ name: label, kind }));
  const channel = readCode(sources, app.settings.getState().limits);
  app.code.review(labelOf(sources.map(({ label }) => label)), { kind: 'host', roots, channel }, { kind: 'host', sources });
  app.navigation.toTab('code');
}

export function reviewDrop(app: Doors, drop: Drop): void {
  const { drop: keeping, kept } = keptDrop(drop);
  app.code.review(labelOf(drop.roots.map(({ name }) => name)), { kind: 'drop', drop: keeping }, { kind: 'drop', drop: kept });
  app.navigation.toTab('code');
}

/** Whether there may be Python in what was given; of a host's sources only the host could tell. */
export const mayHoldCode = (origin: ImportOrigin): boolean => origin.kind === 'host' || origin.drop.files.some(({ path }) => /\.(pyw?|ipynb)$/.test(path));

/** Reviews the code in what was given before. */
export function reviewAgain(app: Doors, origin: ImportOrigin): void {
  if (origin.kind === 'host') reviewSources(app, origin.sources);
  else reviewDrop(app, dropAgain(origin.drop));
}
