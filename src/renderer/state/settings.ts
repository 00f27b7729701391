// What the app remembers for this person, apart from any workspace.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LimitChanges } from '../../core/source/reader';
import { settingList } from '../settings';
import { type Chosen, type Setting, settingValue } from '../settings/setting';

/** Counted up by one; test/upgrades keeps settings of each. */
export const settingsVersion = 2;

export interface Settings {
  readonly version: typeof settingsVersion;
  /** Values of settings (renderer/settings) that are not the standard ones, by id. */
  readonly chosen: Chosen;
  /** Id of the workspace that was open last. */
  readonly workspace: string;
  /** Last tab. */
  readonly tab: string;
  /** Width of the run list, in pixels. */
  readonly sidebar: number;
  readonly sidebarOpen: boolean;
  /** Bounds of imports that were changed, by name (core/source/reader.ts). */
  readonly limits: LimitChanges;
  /** How sources of the host are read that no reader knows: the source's id → text of a mapping file. */
  readonly mappings: Readonly<Record<string, string>>;
  /** Trackers that were connected to, last first: which, and what was entered that is no secret. */
  readonly connections: readonly KnownConnection[];
}

export interface KnownConnection {
  readonly tracker: string;
  /** By field of its form; `address` among them. */
  readonly values: Readonly<Record<string, string>>;
}

const mostConnections = 6;

/** Takes note of a connection; one with the same tracker and values moves to the front. */
export const connectedTo =
  (connection: KnownConnection) =>
  ({ connections }: Settings): Partial<Settings> => ({ connections: [connection, ...without(connections, connection)].slice(0, mostConnections) });

export const forgetConnection =
  (connection: KnownConnection) =>
  ({ connections }: Settings): Partial<Settings> => ({ connections: without(connections, connection) });

export const defaultSettings: Settings = {
  version: settingsVersion,
  chosen: {},
  workspace: 'default',
  tab: 'table',
  sidebar: 320,
  sidebarOpen: true,
  limits: {},
  mappings: {},
  connections: [],
};

export type SettingsStore = StoreApi<Settings>;

export const createSettingsStore = (): SettingsStore => createStore<Settings>(() => defaultSettings);

/** Chooses a value; the standard one is kept by keeping nothing. */
export const choose =
  <T>(setting: Setting<T>, value: T) =>
  ({ chosen: { [setting.meta.id]: _, ...others } }: Settings): Partial<Settings> => ({
    chosen: value === setting.standard ? others : { ...others, [setting.meta.id]: value },
  });

/** Parts that belong to one window: another window's are not taken over. */
export const ofWindow = ({ workspace, tab, sidebar, sidebarOpen }: Settings): Partial<Settings> => ({ workspace, tab, sidebar, sidebarOpen });

/** Settings as they were stored, by this version or one before; what is not understood falls back to the default. */
export function parseSettings(stored: unknown): Settings {
  const from = isRecord(stored) ? stored : {};
  const text = (key: 'workspace' | 'tab'): string => (typeof from[key] === 'string' ? (from[key] as string) : defaultSettings[key]);
  return {
    version: settingsVersion,
    chosen: parseChosen(from),
    workspace: text('workspace'),
    tab: text('tab'),
    sidebar: typeof from.sidebar === 'number' ? Math.min(720, Math.max(200, from.sidebar)) : defaultSettings.sidebar,
    sidebarOpen: typeof from.sidebarOpen === 'boolean' ? from.sidebarOpen : true,
    limits: parseLimits(from.limits),
    mappings: parseMappings(from.mappings),
    connections: parseConnections(from.connections),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Version 1 kept the theme and the person's name beside the rest. Values of settings that this Diptych does not have are kept for one that does. */
function parseChosen(from: Readonly<Record<string, unknown>>): Chosen {
  const chosen = isRecord(from.chosen) ? from.chosen : { theme: from.theme, person: from.person };
  const known = new Map(settingList.map((setting) => [setting.meta.id, setting]));
  return Object.fromEntries(
    Object.entries(chosen).filter(([id, value]) => {
      const setting = known.get(id);
      return value !== undefined && (!setting || (settingValue({ chosen }, setting) === value && value !== setting.standard));
    }),
  );
}

const parseLimits = (stored: unknown): LimitChanges =>
  Object.fromEntries(Object.entries(isRecord(stored) ? stored : {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0));

/** The newest are kept. */
const mostMappings = 100;
const parseMappings = (stored: unknown): Settings['mappings'] =>
  Object.fromEntries(
    Object.entries(isRecord(stored) ? stored : {})
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .slice(-mostMappings),
  );

function parseConnections(stored: unknown): Settings['connections'] {
  const read = (from: unknown): readonly KnownConnection[] => {
    if (!isRecord(from) || typeof from.tracker !== 'string' || !isRecord(from.values)) return [];
    const values = Object.entries(from.values).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return [{ tracker: from.tracker, values: Object.fromEntries(values) }];
  };
  return Array.isArray(stored) ? stored.flatMap(read).slice(0, mostConnections) : [];
}

const connectionText = ({ tracker, values }: KnownConnection): string => JSON.stringify([tracker, Object.entries(values).sort()]);

const without = (connections: Settings['connections'], one: KnownConnection): Settings['connections'] =>
  connections.filter((other) => connectionText(other) !== connectionText(one));
