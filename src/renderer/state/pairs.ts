// Runs that a person said are one training, or are not: kept in the workspace, so that it is saved and undone with it.

import type { RunId } from '../../core/base/units';
import type { App } from './app';
import { checkOnly, setSlice, type Workspace } from './workspace';

type Two = readonly [RunId, RunId];

export interface PairsSlice {
  /** The run that stays first, and the one that is shown under it. */
  readonly links: readonly Two[];
  /** Proposals that were turned down. */
  readonly refused: readonly Two[];
}

const none: PairsSlice = { links: [], refused: [] };

const isTwo = (one: unknown): boolean => Array.isArray(one) && one.length === 2 && one.every((id) => typeof id === 'string');
const areTwos = (list: unknown): boolean => Array.isArray(list) && list.every(isTwo);

/** What was stored; nothing where it is damaged. */
export function parsePairs(stored: unknown): PairsSlice {
  const { links, refused } = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<PairsSlice>;
  return areTwos(links) && areTwos(refused) ? (stored as PairsSlice) : none;
}

/** Id of the part of the workspace. */
const pairsSlice = 'pairs';

export const pairsIn = ({ features }: Pick<Workspace, 'features'>): PairsSlice => parsePairs(features[pairsSlice]);

const linkMaps = new WeakMap<PairsSlice, ReadonlyMap<RunId, RunId>>();

/** A run → the run that it is shown under; the same map as long as nothing is linked or unlinked. */
export function linksIn(workspace: Pick<Workspace, 'features'>): ReadonlyMap<RunId, RunId> {
  const slice = pairsIn(workspace);
  const links = linkMaps.get(slice) ?? new Map(slice.links.map(([first, second]) => [second, first]));
  linkMaps.set(slice, links);
  return links;
}

export const isAbout = ([a, b]: Two, x: RunId, y: RunId): boolean => (a === x && b === y) || (a === y && b === x);

/** One training: `second` is shown under `first`. Who is under another already is linked with that one. */
export const link =
  (first: RunId, second: RunId) =>
  ({ links, refused }: PairsSlice): PairsSlice => {
    const top = links.find(([, under]) => under === first)?.[0] ?? first;
    if (top === second) return { links, refused };
    // What was under the second comes along.
    const others = links.filter(([, under]) => under !== second).map(([over, under]): Two => [over === second ? top : over, under]);
    return { links: [...others, [top, second]], refused: refused.filter((one) => !isAbout(one, first, second)) };
  };

export const unlink =
  (a: RunId, b: RunId) =>
  (slice: PairsSlice): PairsSlice => ({ ...slice, links: slice.links.filter((one) => !isAbout(one, a, b)) });

export const refuse =
  (a: RunId, b: RunId) =>
  (slice: PairsSlice): PairsSlice => ({ links: unlink(a, b)(slice).links, refused: [...slice.refused.filter((one) => !isAbout(one, a, b)), [a, b]] });

/** Checks the two and shows where they differ. */
export function comparePair(app: App, ids: Two): void {
  app.workspace.getState().change('compare two runs', checkOnly(ids), { undoable: false });
  app.navigation.toTab('differences');
}

function changePairs(app: App, label: string, next: (slice: PairsSlice) => PairsSlice): void {
  app.workspace.getState().change(label, (workspace) => setSlice(pairsSlice, next(pairsIn(workspace)))(workspace));
}

/** Shows `second` under `first`, with a way back. */
export function linkPair(app: App, first: RunId, second: RunId): void {
  changePairs(app, 'link runs', link(first, second));
  app.toasts.show({ kind: 'good', text: 'Linked: one training, shown under each other', action: { label: 'Undo', run: () => unlinkPair(app, first, second) } });
}

export const unlinkPair = (app: App, a: RunId, b: RunId): void => changePairs(app, 'unlink runs', unlink(a, b));

/** Does not offer the pair again, with a way back. */
export function refusePair(app: App, a: RunId, b: RunId): void {
  changePairs(app, 'two trainings', refuse(a, b));
  app.toasts.show({
    kind: 'info',
    text: 'These two are not offered again',
    action: {
      label: 'Undo',
      run: () => changePairs(app, 'offer again', ({ links, refused }) => ({ links, refused: refused.filter((one) => !isAbout(one, a, b)) })),
    },
  });
}
