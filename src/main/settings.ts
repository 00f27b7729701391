// What the shell itself remembers. All that belongs to the page is kept by the page.
import * as v from 'valibot';
import type { Theme } from '../wire/page-words';
import { readKept, writeKept } from './kept-file';

const schema = v.object({
  /** The page's choice, so that a window has the right colour before its page is there. */
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  /** Off by default: the program reaches no network that nobody asked it to. */
  updatesAtStart: v.fallback(v.boolean(), false),
  /** Where a file was saved last. */
  saveFolder: v.fallback(v.nullable(v.string()), null),
});

export interface ShellSettings {
  readonly theme: Theme;
  readonly updatesAtStart: boolean;
  readonly saveFolder: string | null;
}

export interface SettingsFile {
  now(): ShellSettings;
  change(part: Partial<ShellSettings>): void;
}

export function createSettings(file: string): SettingsFile {
  let now: ShellSettings = readKept(file, schema) ?? { theme: 'system', updatesAtStart: false, saveFolder: null };
  return {
    now: () => now,
    change(part) {
      now = { ...now, ...part };
      writeKept(file, now);
    },
  };
}
