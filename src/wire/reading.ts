// What a thread that reads tells, checked by whoever started it: names and paths out of files shape these messages.
import * as v from 'valibot';
import { importEvent } from './host-api';
import type { ImportEvent } from './imports';

/** Below the bounds of the schemas: what is longer is cut, not refused. */
const longestText = 4000;

const bytes = v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);
const message = v.variant('kind', [
  /** All but batches, which whoever started the thread numbers. */
  v.strictObject({ kind: v.literal('tell'), event: importEvent }),
  v.strictObject({ kind: v.literal('batch'), bytes, runs: v.pipe(v.number(), v.minValue(0)) }),
]);

export type FromReader =
  | { readonly kind: 'tell'; readonly event: Exclude<ImportEvent, { kind: 'batch' }> }
  | { readonly kind: 'batch'; readonly bytes: Uint8Array<ArrayBuffer>; readonly runs: number };

/** The end of an import whose thread says what is no message. */
export const notUnderstood: ImportEvent = {
  kind: 'failed',
  message: 'The thread that reads said something that is not understood.',
  tip: 'Runs already read are kept. Restart Diptych and import again; if it happens again, report it with the kind of folder.',
};

/** @returns the message with its texts cut to size, or null for what is none */
export function readerMessage(raw: unknown): FromReader | null {
  const checked = v.safeParse(message, cut(raw));
  if (!checked.success) return null;
  const { output } = checked;
  if (output.kind === 'batch') return output;
  return output.event.kind === 'batch' ? null : { kind: 'tell', event: output.event };
}

/** Plain data with every text cut; anything else is as it was. */
function cut(value: unknown): unknown {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  if (Array.isArray(value)) return value.map(cut);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cut(part)]));
}
