// Starts the page: finds the host, opens the store, draws.

import { CSPProvider } from '@base-ui/react/csp-provider';
import { createRoot } from 'react-dom/client';
import { AppContext } from '../state/app';
import { importSources } from '../state/import-actions';
import type { Problem } from '../state/problem';
import { openStore } from '../storage/dexie-store';
import { explainStoreError } from '../storage/problems';
import { TooltipProvider } from '../widgets/tooltip';
import { applySettings } from './apply-settings';
import { findHost } from './capabilities';
import { createApp, fillApp } from './create-app';
import { joinDesktop } from './desktop';
import { NoStart } from './no-start';
import { keepReading, tellRevived } from './revived';
import { Shell } from './shell';

const root = createRoot(document.getElementById('root') as HTMLElement);

const refuse = (problem: Problem): void => {
  root.render(<NoStart problem={problem} />);
  document.documentElement.dataset.idle = 'true';
};

async function start(): Promise<void> {
  const [host, storage] = await Promise.all([
    findHost(),
    openStore({
      onClosed: () => refuse(explainStoreError({ name: 'DatabaseClosedError' })),
      onBlocked: () =>
        refuse({
          kind: 'blocked',
          message: 'Another tab with an older Diptych holds the store.',
          tip: 'Close the other tabs with Diptych; this one goes on by itself.',
        }),
    }),
  ]);
  const app = createApp(storage, host.capabilities);
  const end = app.idle.begin('start');
  applySettings(app);
  root.render(
    <CSPProvider disableStyleElements>
      <AppContext value={app}>
        <TooltipProvider>
          <Shell />
        </TooltipProvider>
      </AppContext>
    </CSPProvider>,
  );
  try {
    await fillApp(app);
  } catch (error) {
    const { message, tip } = explainStoreError(error);
    app.library.setState({ status: { kind: 'failed', message, tip } });
  }
  end();
  host.onSources((sources) => importSources(app, sources));
  host.onRevived(() => tellRevived(app));
  keepReading(app);
  if (host.bridge) joinDesktop(app, host.bridge);
}

start().catch((error: unknown) => refuse(explainStoreError(error)));
