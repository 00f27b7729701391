// What a setting is: words, a standard value, a schema and a control, all as data.

import * as v from 'valibot';
import type { Capabilities } from '../boot/capabilities';

export const sections = [
  { id: 'look', title: 'Look' },
  { id: 'numbers', title: 'Numbers and dates' },
  { id: 'views', title: 'Views' },
  { id: 'import', title: 'Imports' },
  { id: 'data', title: 'Data' },
  { id: 'app', title: 'Diptych' },
] as const;

export type Control =
  | { readonly kind: 'choice'; readonly options: readonly { readonly value: string; readonly label: string; readonly note?: string }[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'text'; readonly placeholder: string }
  /** One of the tabs, or the last that was open (`last`). */
  | { readonly kind: 'tab' }
  /** A choice that is shown with the colours of each palette. */
  | { readonly kind: 'palette' }
  /** No value of its own: a button that opens an overlay or runs a command. */
  | { readonly kind: 'open'; readonly label: string; readonly overlay: string }
  | { readonly kind: 'command'; readonly label: string; readonly command: string; readonly danger?: true };

export interface Setting<T = unknown> {
  readonly meta: {
    /** The file's name. */
    readonly id: string;
    readonly title: string;
    readonly section: (typeof sections)[number]['id'];
    /** Place within its section. */
    readonly order: number;
    readonly hint?: string;
    /** More words to find it by. */
    readonly words?: string;
    /** Shown only where the window can do it. */
    readonly needs?: keyof Capabilities;
  };
  readonly standard: T;
  readonly schema: v.GenericSchema<unknown, T>;
  readonly control: Control;
}

export const defineSetting = <T>(setting: Setting<T>): Setting<T> => setting;

/** A setting that is one of some words. */
export function choice<const O extends readonly { readonly value: string; readonly label: string; readonly note?: string }[]>(
  meta: Setting['meta'],
  standard: O[number]['value'],
  options: O,
): Setting<O[number]['value']> {
  return { meta, standard, schema: v.picklist(options.map(({ value }) => value as O[number]['value'])), control: { kind: 'choice', options } };
}

/** A row without a value. */
export const row = (meta: Setting['meta'], control: Control): Setting<null> => ({ meta, standard: null, schema: v.null(), control });

/** What was chosen, by id; what is not understood is as if nothing had been. */
export type Chosen = Readonly<Record<string, unknown>>;

export function settingValue<T>({ chosen }: { readonly chosen: Chosen }, { meta, standard, schema }: Setting<T>): T {
  const stored = Object.hasOwn(chosen, meta.id) ? chosen[meta.id] : undefined;
  if (stored === undefined) return standard;
  const read = v.safeParse(schema, stored);
  return read.success ? read.output : standard;
}
