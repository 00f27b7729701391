// What page and desktop shell tell each other beside the wire to the host: commands for the menu, what is under way, the theme, updates.
import * as v from 'valibot';

const id = v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/));
const label = v.pipe(v.string(), v.maxLength(200));

/** A command of the page as a menu shows it. */
const menuCommand = v.strictObject({
  id,
  title: label,
  group: label,
  /** The first of its keys, as the page writes them: `shift+mod+z`. */
  keys: v.nullable(v.pipe(v.string(), v.maxLength(40))),
});
export type MenuCommand = v.InferOutput<typeof menuCommand>;

/** Most commands that a menu takes. */
const mostCommands = 1000;
const theme = v.picklist(['system', 'light', 'dark']);
export type Theme = v.InferOutput<typeof theme>;

/** From the page, checked by the shell. */
export const pageWord = v.variant('kind', [
  v.strictObject({ kind: v.literal('commands'), commands: v.pipe(v.array(menuCommand), v.maxLength(mostCommands), v.readonly()) }),
  /** Ids of the commands that can be done now. */
  v.strictObject({ kind: v.literal('enabled'), ids: v.pipe(v.array(id), v.maxLength(mostCommands), v.readonly()) }),
  /** Imports that are under way. */
  v.strictObject({ kind: v.literal('reading'), imports: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
  v.strictObject({ kind: v.literal('theme'), theme }),
]);
export type PageWord = v.InferOutput<typeof pageWord>;

/** From the shell. */
export type ShellWord =
  | { readonly kind: 'command'; readonly id: string }
  /** A look at the start found a newer release. */
  | { readonly kind: 'newer'; readonly release: Release };

export interface UpdateState {
  /** Whether this build names a release feed at all. */
  readonly available: boolean;
  readonly atStart: boolean;
}

export interface Release {
  readonly version: string;
  /** Where a person can read about it and get it. */
  readonly page: string;
}

export type UpdateAnswer =
  | { readonly kind: 'newer'; readonly release: Release }
  | { readonly kind: 'newest'; readonly version: string }
  /** The person did not want to ask. */
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'failed'; readonly message: string };
