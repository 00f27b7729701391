// The ways in for training code: what was dropped, what the host can read, and what an import without runs left.

import type { SourceRef } from '../../wire/host-api';
import type { Drop, DroppedFile } from '../workers/dropped';
import type { CodeOffer } from '../workers/importer';
import type { App } from './app';

type Doors = Pick<App, 'capabilities' | 'code' | 'navigation' | 'settings'>;

const isPython = (path: string): boolean => /\.(pyw?|ipynb)$/.test(path);
/** Settings and lock files are evidence of a review as well. */
const isOfCode = (path: string): boolean => isPython(path) || /(^|\/)\.gitignore$|\.(ya?ml|toml|json|cfg|txt|in|lock)$/.test(path);
/** Kept beside an import, in case it turns out to be code. */
const mostKept = 20_000;

/** Reviews what the host reads of these sources, and shows the screen. */
export function reviewSources(app: Doors, sources: readonly SourceRef[]): void {
  const { readCode } = app.capabilities;
  if (sources.length === 0 || !readCode) return;
  const roots = sources.map(({ label, kind }) => ({ name: label, kind }));
  app.code.review(sources.map(({ label }) => label).join(', '), { kind: 'host', roots, channel: readCode(sources, app.settings.getState().limits) });
  app.navigation.toTab('code');
}

export function reviewDrop(app: Doors, label: string, drop: Drop): void {
  app.code.review(label, { kind: 'drop', drop });
  app.navigation.toTab('code');
}

export const holdsCode = (offer: CodeOffer): boolean => offer.kind === 'sources' || offer.files.some(({ path }) => isPython(path));

export function reviewOffer(app: Doors, label: string, offer: CodeOffer): void {
  if (offer.kind === 'sources') reviewSources(app, offer.sources);
  else reviewDrop(app, label, { roots: offer.roots, files: once(offer.files) });
}

async function* once(files: readonly DroppedFile[]): AsyncGenerator<readonly DroppedFile[]> {
  yield files;
}

/** The drop as it is, and what of it could be reviewed later: a drop can be walked only once. */
export function keepCode(drop: Drop): { readonly passed: Drop; readonly offer: CodeOffer } {
  const kept: DroppedFile[] = [];
  async function* pass(): AsyncGenerator<readonly DroppedFile[]> {
    for await (const files of drop.files) {
      for (const file of files) if (kept.length < mostKept && isOfCode(file.path)) kept.push(file);
      yield files;
    }
  }
  return { passed: { roots: drop.roots, files: pass() }, offer: { kind: 'files', roots: drop.roots, files: kept } };
}
