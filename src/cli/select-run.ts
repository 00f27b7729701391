// Finds the run that a user means: by id, native id, name or path, where that is one run and no other.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { displayName, type Run } from '../core/model/run';
import { UsageError } from './exit';
import { nearestTo } from './spelling';

/** Whether a word may mean a run: to keep its points while it is read. */
export const mayMean = (run: Run, word: string): boolean => namesOf(run).includes(word) || run.id.startsWith(word);

/**
 * The one run that `word` means; without a word the only run there is.
 * @throws UsageError where it is none or several, with the nearest spelling or the list
 */
export function selectRun(runs: readonly Run[], word: string | undefined): Run {
  if (word === undefined) {
    if (runs.length === 1) return runs[0] as Run;
    throw new UsageError(`--run is missing, and there are ${runs.length} runs${listed(runs)}`);
  }
  // An id wins over a name; the start of an id is good enough when nothing is called exactly so.
  for (const matches of [(run: Run) => run.id === word, (run: Run) => namesOf(run).includes(word), (run: Run) => word.length >= 4 && run.id.startsWith(word)]) {
    const found = runs.filter(matches);
    if (found.length === 1) return found[0] as Run;
    if (found.length > 1) throw new UsageError(`'${word}' means ${found.length} runs${listed(found)}`);
  }
  const near = nearestTo(
    word,
    runs.flatMap((run) => namesOf(run)),
  );
  throw new UsageError(`there is no run '${word}'${near === undefined ? listed(runs) : ''}`, near);
}

/** `PATH#ID` as its parts; a path that exists as it is written has no id. */
export function splitRunReference(reference: string, cwd: string): { readonly path: string; readonly run?: string } {
  const cut = reference.lastIndexOf('#');
  if (cut <= 0 || existsSync(resolve(cwd, reference))) return { path: reference };
  return { path: reference.slice(0, cut), run: reference.slice(cut + 1) };
}

const namesOf = (run: Run): readonly string[] => [run.id, ...(run.nativeId === null ? [] : [run.nativeId]), displayName(run), run.path];

function listed(runs: readonly Run[]): string {
  const shown = runs.slice(0, 8).map((run) => `${run.id} (${displayName(run)})`);
  return `: ${shown.join(', ')}${runs.length > shown.length ? ', …' : ''}`;
}
