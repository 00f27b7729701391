// What the desktop's shell and its host process ask of each other: the same dispatcher, a second table.
import * as v from 'valibot';
import { sourceRef } from './host-api';
import type { Api } from './peer';
import { cipherMethods } from './secrets';

const text = v.pipe(v.string(), v.maxLength(4096));
const bytes = v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);

/** Answered by the shell, which alone has windows and dialogs. */
export const shellApi = {
  pick: { params: v.strictObject({ kind: v.picklist(['folder', 'file']) }), result: v.array(text) },
  printPdf: { params: v.strictObject({ html: v.string(), title: text }), result: bytes },
  openExternal: { params: v.strictObject({ url: text }), result: v.null() },
  ...cipherMethods,
} as const satisfies Api;

/** Answered by the host process. */
export const hostProcessApi = {
  /** Paths that the user named, dropped or opened; `offer` tells a page to import them. */
  admit: { params: v.strictObject({ paths: v.array(text), offer: v.boolean() }), result: v.array(sourceRef) },
  /** The bytes of a batch for the page; null when there is none. */
  takeBatch: { params: v.strictObject({ id: v.number() }), result: v.nullable(bytes) },
} as const satisfies Api;

/** What a port that is sent to the host process is for. */
export type PortPurpose = 'shell' | 'page';
