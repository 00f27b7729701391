// The frame of the window: header, run list on the left, tabs on the right, overlays over all.

import { Suspense } from 'react';
import { useStore } from 'zustand';
import type { RunId } from '../../core/base/units';
import { RunList } from '../features/runs/run-list';
import { Header } from '../features/shell/header';
import { Start } from '../features/start/start';
import { useRun } from '../queries/use-runs';
import { overlays } from '../registry/overlays';
import { runPage } from '../registry/pages';
import { tabs } from '../registry/tabs';
import { type App, useApp, useLibrary, useSettings } from '../state/app';
import { ErrorBoundary } from '../widgets/error-boundary';
import { SplitPane } from '../widgets/split-pane';
import { Failed, Loading } from '../widgets/states';
import { Tabs } from '../widgets/tabs';
import { Toaster } from '../widgets/toaster';
import { useKeyboard } from './keyboard';
import styles from './shell.module.css';

export function Shell() {
  const app = useApp();
  useKeyboard(app);
  return (
    <div className={styles.shell}>
      <Header />
      <main className={styles.main}>
        <Body app={app} />
      </main>
      {overlays.map(({ meta, Component }) => (
        <ErrorBoundary key={meta.id} name={meta.id}>
          <Component />
        </ErrorBoundary>
      ))}
      <Toaster />
    </div>
  );
}

function Body({ app }: { readonly app: App }) {
  const status = useLibrary((state) => state.status);
  const empty = useLibrary((state) => state.runs.size === 0);
  const sidebar = useSettings((settings) => settings.sidebar);
  const sidebarOpen = useSettings((settings) => settings.sidebarOpen);
  const hasCode = useStore(app.code.store, ({ kind }) => kind === 'ready');
  const tab = useStore(app.navigation.store, (route) => (route.kind === 'tab' ? route.tab : null));
  const shows = tabs.find(({ meta }) => meta.id === tab)?.meta.withoutRuns;
  if (status.kind === 'loading') return <Loading text="Opening your runs…" />;
  if (status.kind === 'failed') return <Failed title="Your runs could not be opened" message={status.message} tip={status.tip} />;
  if (empty) return shows === 'always' || (shows === 'code' && hasCode) ? <Right app={app} /> : <Start />;
  if (!sidebarOpen) return <Right app={app} />;
  return (
    <SplitPane
      label="Width of the run list"
      size={sidebar}
      least={220}
      most={640}
      onSize={(size) => app.settings.setState({ sidebar: size })}
      left={
        <ErrorBoundary name="The run list">
          <RunList />
        </ErrorBoundary>
      }
      right={<Right app={app} />}
    />
  );
}

function Right({ app }: { readonly app: App }) {
  const route = useStore(app.navigation.store);
  const run = useRun(route.kind === 'run' ? (route.run as RunId) : null);
  if (route.kind === 'run' && runPage) {
    if (!run) return <Failed title="This run is not in the store" message="It may have been deleted, or the address is of another store." />;
    return (
      <ErrorBoundary name="The run’s page" resetKey={run.id}>
        <Suspense fallback={<Loading text="Opening…" />}>
          <runPage.Component run={run} section={route.section} />
        </Suspense>
      </ErrorBoundary>
    );
  }
  const open = tabs.find((tab) => route.kind === 'tab' && tab.meta.id === route.tab) ?? tabs[0];
  if (!open) return null;
  return (
    <Tabs
      label="Views"
      items={tabs.map(({ meta }) => ({ id: meta.id, title: meta.title, ...(meta.key === undefined ? {} : { keys: meta.key }) }))}
      open={open.meta.id}
      onOpen={app.navigation.toTab}
    >
      <h1 className="visually-hidden">{open.meta.title}</h1>
      <ErrorBoundary key={open.meta.id} name={open.meta.title}>
        <Suspense fallback={<Loading text={`Opening ${open.meta.title}…`} />}>
          <open.Component />
        </Suspense>
      </ErrorBoundary>
    </Tabs>
  );
}
