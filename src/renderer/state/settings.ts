// What the app remembers for this person, apart from any workspace.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LimitChanges } from '../../core/source/reader';

export type ThemeChoice = 'system' | 'light' | 'dark';

export interface Settings {
  readonly theme: ThemeChoice;
  /** Id of the workspace that was open last. */
  readonly workspace: string;
  /** Last tab. */
  readonly tab: string;
  /** Width of the run list, in pixels. */
  readonly sidebar: number;
  readonly sidebarOpen: boolean;
  /** Bounds of imports that were changed, by name (core/source/reader.ts). */
  readonly limits: LimitChanges;
  /** How this person signs statements; empty until they have. */
  readonly person: string;
  /** How sources of the host are read that no reader knows: the source's id → text of a mapping file. */
  readonly mappings: Readonly<Record<string, string>>;
}

export const defaultSettings: Settings = {
  theme: 'system',
  workspace: 'default',
  tab: 'table',
  sidebar: 320,
  sidebarOpen: true,
  limits: {},
  person: '',
  mappings: {},
};

export type SettingsStore = StoreApi<Settings>;

export const createSettingsStore = (): SettingsStore => createStore<Settings>(() => defaultSettings);

/** Settings as they were stored; what is not understood falls back to the default. */
export function parseSettings(stored: unknown): Settings {
  const from = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>;
  const text = (key: 'workspace' | 'tab'): string => (typeof from[key] === 'string' ? (from[key] as string) : defaultSettings[key]);
  return {
    theme: from.theme === 'light' || from.theme === 'dark' ? from.theme : 'system',
    workspace: text('workspace'),
    tab: text('tab'),
    sidebar: typeof from.sidebar === 'number' ? Math.min(720, Math.max(200, from.sidebar)) : defaultSettings.sidebar,
    sidebarOpen: typeof from.sidebarOpen === 'boolean' ? from.sidebarOpen : true,
    limits: parseLimits(from.limits),
    person: typeof from.person === 'string' ? from.person.slice(0, 200) : '',
    mappings: parseMappings(from.mappings),
  };
}

const parseLimits = (stored: unknown): LimitChanges =>
  Object.fromEntries(Object.entries(typeof stored === 'object' && stored !== null ? stored : {}).filter(([, value]) => typeof value === 'number' && value > 0));

/** The newest are kept. */
const mostMappings = 100;
const parseMappings = (stored: unknown): Settings['mappings'] =>
  Object.fromEntries(
    Object.entries(typeof stored === 'object' && stored !== null ? stored : {})
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .slice(-mostMappings),
  );
