// The choice of the dialog as the command that reads the same, without what is secret.

import { shellWord } from '../../../core/reproducibility/sheet/shell';
import type { Connected } from '../../../wire/trackers';
import type { Choice } from './choice';

/** More ids than a line should hold are not written. */
const mostNamed = 50;

/** Null where it would be no line to copy. Days are counted back from now. */
export function commandText({ tracker, address }: Connected, { query, names }: Choice, nowMs: number): string | null {
  const ids = query.ids ?? [];
  if (ids.length > mostNamed || names.length > mostNamed) return null;
  const words = [
    ...['connect', address, '--tracker', tracker],
    ...names.map((name) => `--project=${name}`),
    ...(query.since === null ? [] : ['--since', `${Math.max(1, Math.round((nowMs - query.since) / 86_400_000))}d`]),
    ...(query.filter === null ? [] : [`--filter=${query.filter}`]),
    ...ids.map((id) => `--run=${id}`),
    ...['-o', 'runs'],
  ].map(shellWord);
  return words.includes(null) ? null : `diptych ${words.join(' ')}`;
}
