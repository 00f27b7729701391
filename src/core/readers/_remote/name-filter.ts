// A filter over names of runs, for trackers whose own page has no other.

import { SettingsError } from '../../source/tracker';

/**
 * As in their pages: a regular expression, found anywhere, in any case.
 * @throws SettingsError for what is none
 */
export function nameFilter(filter: string | null, tracker: string): (name: string) => boolean {
  const text = filter?.trim();
  if (!text) return () => true;
  try {
    const expression = new RegExp(text, 'i');
    return (name) => expression.test(name);
  } catch {
    throw new SettingsError('filter', `A filter of ${tracker} is a regular expression over the names of runs, such as baseline|lr; ${text} is none.`);
  }
}
