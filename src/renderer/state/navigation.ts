// The route as a store, kept in step with the address bar.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunId } from '../../core/base/units';
import { formatRoute, parseRoute, type Route } from './route';

export interface Navigation {
  readonly store: StoreApi<Route>;
  /** @param place what to open in it, as that tab understands it */
  toTab(tab: string, ...place: readonly string[]): void;
  /** Says what is open in the tab, without a step for the back button. */
  setPlace(tab: string, ...place: readonly string[]): void;
  toRun(run: RunId, section?: string, ...place: readonly string[]): void;
}

/** The part of `window` that is needed, so that it can be tested. */
export interface AddressBar {
  readonly location: { hash: string };
  readonly history: { replaceState(data: null, unused: '', url: string): void };
  addEventListener(type: 'hashchange', listener: () => void): void;
}

export function createNavigation(bar: AddressBar, firstTab: string): Navigation {
  const start = parseRoute(bar.location.hash) ?? { kind: 'tab', tab: firstTab, place: [] };
  const store = createStore<Route>(() => start);
  bar.addEventListener('hashchange', () => {
    const route = parseRoute(bar.location.hash);
    if (route) store.setState(route, true);
  });
  const go = (route: Route): void => {
    store.setState(route, true);
    bar.location.hash = formatRoute(route);
  };
  return {
    store,
    toTab: (tab, ...place) => go({ kind: 'tab', tab, place }),
    setPlace: (tab, ...place) => {
      const route: Route = { kind: 'tab', tab, place };
      store.setState(route, true);
      bar.history.replaceState(null, '', formatRoute(route));
    },
    toRun: (run, section, ...place) => go({ kind: 'run', run, section: section ?? null, place }),
  };
}
