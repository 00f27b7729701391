// What can go wrong with the store, in words for people and with a way on.

import type { Problem } from '../state/problem';

/** Names of an error and of what it wraps: Dexie wraps the browser's own. */
function namesOf(error: unknown): readonly string[] {
  const names: string[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth += 1) {
    if ('name' in at && typeof at.name === 'string') names.push(at.name);
    at = 'inner' in at ? at.inner : 'cause' in at ? at.cause : null;
  }
  return names;
}

/** Words for what the database threw. */
export function explainStoreError(error: unknown): Problem {
  const names = namesOf(error);
  if (names.includes('QuotaExceededError'))
    return {
      kind: 'full',
      message: 'The browser gives no more room for runs. Everything that was read before this is kept.',
      tip: 'Empty the bin, delete runs that are no longer needed, or free disk space; then import the same folder again: only what is missing is added.',
    };
  if (names.includes('VersionError'))
    return {
      kind: 'newer',
      message: 'These runs were stored by a newer version of Diptych, and this one will not touch them.',
      tip: 'Start the newer version, or open Diptych under another profile.',
    };
  if (names.some((name) => ['MissingAPIError', 'SecurityError', 'OpenFailedError', 'InvalidStateError', 'UnknownError'].includes(name)))
    return {
      kind: 'closed',
      message: 'The browser does not let Diptych keep data here.',
      tip: 'Private windows and blocked site data do this: allow site data for this address, or use an ordinary window.',
    };
  if (names.includes('DatabaseClosedError'))
    return { kind: 'closed', message: 'The store was closed because Diptych was updated in another tab.', tip: 'Reload this tab.' };
  return { kind: 'other', message: error instanceof Error ? error.message : String(error), tip: 'Reload the page; if it comes back, please report it.' };
}
