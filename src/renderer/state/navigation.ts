// The route as a store, kept in step with the address bar.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunId } from '../../core/base/units';
import { formatRoute, parseRoute, type Route } from './route';

export interface Navigation {
  readonly store: StoreApi<Route>;
  toTab(tab: string): void;
  toRun(run: RunId, section?: string): void;
}

/** The part of `window` that is needed, so that it can be tested. */
export interface AddressBar {
  readonly location: { hash: string };
  addEventListener(type: 'hashchange', listener: () => void): void;
}

export function createNavigation(bar: AddressBar, firstTab: string): Navigation {
  const start = parseRoute(bar.location.hash) ?? { kind: 'tab', tab: firstTab };
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
    toTab: (tab) => go({ kind: 'tab', tab }),
    toRun: (run, section) => go({ kind: 'run', run, section: section ?? null }),
  };
}
