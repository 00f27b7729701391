// The ways in for training code: what was dropped, what the host can read, and what an import has already walked.

import type { RunId } from '../../core/base/units';
import type { SourceRef } from '../../wire/host-api';
import { type Drop, dropAgain, keptDrop } from '../workers/dropped';
import type { ImportOrigin, ImportState } from '../workers/importer';
import type { App } from './app';
import { type CodeOffer, isOf } from './code';
import { loadClaims } from './source-book';

type Doors = Pick<App, 'capabilities' | 'code' | 'library' | 'navigation' | 'settings' | 'storage'>;

const labelOf = (names: readonly string[]): string => names.join(', ');

/** Reviews what the host reads of these sources, with the runs that were read from them, and shows the screen. */
export function reviewSources(app: Doors, sources: readonly SourceRef[]): void {
  const { readCode } = app.capabilities;
  if (sources.length === 0 || !readCode) return;
  const origin: ImportOrigin = { kind: 'host', sources };
  const roots = sources.map(({ label, kind }) => ({ name: label, kind: kind === 'file' ? kind : ('folder' as const) }));
  app.code.review(labelOf(sources.map(({ label }) => label)), { kind: 'host', roots, channel: readCode(sources, app.settings.getState().limits) }, origin);
  app.navigation.toTab('code');
  Promise.all(sources.map(({ id }) => loadClaims(app.storage, id)))
    .then((books) => {
      const runs = books.flatMap((book) => Object.values(book).flatMap((claim) => claim.runs));
      if (isOf(app.code.store.getState(), origin)) joinRuns(app, runs);
    })
    // What was read from there is not known: a person can still say which runs belong to the code.
    .catch(() => {});
}

/** @param runs that were read from the same place */
export function reviewDrop(app: Doors, drop: Drop, runs: readonly RunId[] = []): void {
  const { drop: keeping, kept } = keptDrop(drop);
  app.code.review(labelOf(drop.roots.map(({ name }) => name)), { kind: 'drop', drop: keeping }, { kind: 'drop', drop: kept });
  joinRuns(app, runs);
  app.navigation.toTab('code');
}

/** Whether there may be Python in what was given; of a host's sources only the host could tell. */
export const mayHoldCode = (origin: ImportOrigin): boolean =>
  origin.kind === 'host' ? origin.sources.some(({ kind }) => kind !== 'tracker') : origin.drop.files.some(({ path }) => /\.(pyw?|ipynb)$/.test(path));

/** Reviews the code in what was imported before, with the runs that were read from it. */
export function reviewOffer(app: Doors & Pick<App, 'importer'>, { origin, runs }: Pick<CodeOffer, 'origin' | 'runs'>): void {
  for (const state of app.importer.store.getState()) if (state.origin === origin) app.importer.dismiss(state.id);
  if (origin.kind === 'host') reviewSources(app, origin.sources);
  else reviewDrop(app, dropAgain(origin.drop), runs);
}

/** Remembers an import whose code could be reviewed as well. */
export function offerCode(app: Pick<App, 'code'>, { label, origin, runs }: ImportState): void {
  if (origin && mayHoldCode(origin)) app.code.offer({ label, origin, runs });
}

/** Judges the code with those of these runs that are in the library. */
export function joinRuns(app: Pick<App, 'code' | 'library'>, ids: readonly RunId[]): void {
  const { runs } = app.library.getState();
  const found = [...new Set(ids)].flatMap((id) => runs.get(id) ?? []).filter(({ deleted }) => !deleted);
  if (found.length > 0) app.code.join(found);
}
