// What the person at this computer wrote about runs, as it travels with them.

import type { RunId } from '../../core/base/units';
import type { OwnWords } from '../../core/model/own-words';
import type { App } from './app';

/** Notes and tags of the runs that have any. */
export function ownWords({ workspace }: Pick<App, 'workspace'>): ReadonlyMap<RunId, OwnWords> {
  const { notes, labels } = workspace.getState().history.now;
  return new Map([...new Set([...notes.keys(), ...labels.keys()])].map((id) => [id, { note: notes.get(id) ?? null, tags: labels.get(id) ?? [] }]));
}
