// Everything the page is made of, put together once in boot/ and handed down by context.

import { createContext, useCallback, useContext } from 'react';
import { useStore } from 'zustand';
import type { RunId } from '../../core/base/units';
import type { RunStyle } from '../../core/view/run-style';
import type { Capabilities } from '../boot/capabilities';
import type { AppStore } from '../storage/contract';
import type { Tabs } from '../storage/tabs';
import type { AnalysisClient } from '../workers/analysis-client';
import type { Importer } from '../workers/importer';
import type { StoreWorker } from '../workers/store-client';
import type { Code } from './code';
import type { Health } from './health';
import type { Idle } from './idle';
import type { LibraryState, LibraryStore } from './library';
import type { Navigation } from './navigation';
import type { SessionState, SessionStore } from './session';
import type { Settings, SettingsStore } from './settings';
import type { Sources, SourcesState } from './sources';
import type { Toasts } from './toasts';
import { setSlice, styleOf, type Workspace } from './workspace';
import type { ChangeOptions, WorkspaceStore } from './workspace-store';

export interface App {
  readonly capabilities: Capabilities;
  readonly storage: AppStore;
  readonly storeWorker: StoreWorker;
  /** Other tabs on the same store. */
  readonly tabs: Tabs;
  readonly importer: Importer;
  /** Sources that the host has read: how they stand, refresh, follow. */
  readonly sources: Sources;
  /** Judges runs in a worker; components ask by useJob. */
  readonly analysis: AnalysisClient;
  /** What the health rules say of every run; components ask by useHealth. */
  readonly health: Health;
  /** The training code under review. */
  readonly code: Code;
  readonly library: LibraryStore;
  readonly workspace: WorkspaceStore;
  readonly session: SessionStore;
  readonly settings: SettingsStore;
  readonly navigation: Navigation;
  readonly idle: Idle;
  readonly toasts: Toasts;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp outside of AppContext');
  return app;
}

/** A part of the open workspace; draws again only when that part changes. */
export const useWorkspace = <T>(select: (workspace: Workspace) => T): T => useStore(useApp().workspace, (state) => select(state.history.now));

/** Changes the open workspace; `label` names the undo step: "hide column". */
export const useChange = (): ((label: string, change: (workspace: Workspace) => Workspace, options?: ChangeOptions) => void) =>
  useStore(useApp().workspace, (state) => state.change);

/**
 * A feature's own part of the workspace.
 * @param feature the feature's id
 * @param parse reads what was stored, which may be from another version or damaged; must return its argument when nothing is wrong,
 *   a constant when all is, and be a function of the module (a new one in each draw would draw for ever)
 */
export function useSlice<T>(
  feature: string,
  parse: (stored: unknown) => T,
): readonly [T, (label: string, next: (slice: T) => T, options?: ChangeOptions) => void] {
  const stored = useWorkspace((workspace) => workspace.features[feature]);
  const change = useChange();
  const set = useCallback(
    (label: string, next: (slice: T) => T, options?: ChangeOptions): void =>
      change(label, (workspace) => setSlice(feature, next(parse(workspace.features[feature])))(workspace), options),
    [change, feature, parse],
  );
  return [parse(stored), set];
}

/** What is open in a tab by the address; empty where nothing is, or where another tab is open. */
export const usePlace = (tab: string): readonly string[] =>
  useStore(useApp().navigation.store, (route) => (route.kind === 'tab' && route.tab === tab ? route.place : nowhere));
/** What is open in a section of the run page by the address; empty where nothing is. */
export const useSectionPlace = (section: string): readonly string[] =>
  useStore(useApp().navigation.store, (route) => (route.kind === 'run' && route.section === section ? route.place : nowhere));
const nowhere: readonly string[] = [];

export const useSources = <T>(select: (state: SourcesState) => T): T => useStore(useApp().sources.store, select);
export const useSession = <T>(select: (state: SessionState) => T): T => useStore(useApp().session, select);
export const useSettings = <T>(select: (state: Settings) => T): T => useStore(useApp().settings, select);
export const useLibrary = <T>(select: (state: LibraryState) => T): T => useStore(useApp().library, select);

/** A run's look. The record is equal, not identical, between draws: compare its parts. */
export function useRunStyle(id: RunId): RunStyle {
  const slot = useWorkspace((workspace) => workspace.slots.get(id) ?? 0);
  const custom = useWorkspace((workspace) => workspace.colours.get(id));
  return styleOf({ slots: new Map([[id, slot]]), colours: custom ? new Map([[id, custom]]) : new Map() }, id);
}
