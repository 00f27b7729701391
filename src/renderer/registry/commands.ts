// Everything a person can do, found by a glob: features/<id>/commands.ts. The palette and the keyboard both read from here.

import type { App } from '../state/app';

export interface Command {
  /** `<feature>.<verb>`, unique. */
  readonly id: string;
  /** As a person would say it: "Make baseline". */
  readonly title: string;
  /** Heading in the palette and in the list of keys. */
  readonly group: string;
  /** Keys: `mod+k` (Ctrl or Cmd), `b`, `?`, `shift+mod+z`. More than one where habits differ. */
  readonly keys?: readonly string[];
  /** More words to find it by. */
  readonly words?: string;
  /** False hides it now. */
  readonly enabled?: (app: App) => boolean;
  readonly run: (app: App) => void;
}

const modules = import.meta.glob<readonly Command[]>('../features/*/commands.ts', { eager: true, import: 'commands' });

export const commands: readonly Command[] = Object.keys(modules)
  .sort()
  .flatMap((path) => modules[path] ?? []);
