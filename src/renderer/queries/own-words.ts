// Runs with what the person says of them: the workspace's notes and tags, as part of the run that views, queries and reports see.

import type { RunId } from '../../core/base/units';
import type { Run } from '../../core/model/run';

export interface Words {
  readonly notes: ReadonlyMap<RunId, string>;
  readonly labels: ReadonlyMap<RunId, readonly string[]>;
}

interface Spoken {
  readonly note: string | undefined;
  readonly tags: readonly string[] | undefined;
  readonly run: Run;
}

const spoken = new WeakMap<Run, Spoken>();
const silent = new WeakMap<Run, Run>();

/** The run with its own words, and the same object as long as run and words are. What came along in a bundle is the workspace's by now. */
export function withWords(run: Run, { notes, labels }: Words): Run {
  const note = notes.get(run.id);
  const tags = labels.get(run.id);
  if (note === undefined && tags === undefined && !run.own) return run;
  const known = spoken.get(run);
  if (known && known.note === note && known.tags === tags) return known.run;
  const { own: _, ...rest } = run;
  const made: Run = note === undefined && tags === undefined ? rest : { ...rest, own: { note: note ?? null, tags: tags ?? [] } };
  spoken.set(run, { note, tags, run: made });
  silent.set(made, run);
  return made;
}

/** The run as it was logged: what is judged does not depend on a note. */
export const withoutWords = (run: Run): Run => silent.get(run) ?? run;
