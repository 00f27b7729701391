// One worker for all panels, started when the tab is first opened and kept, so that coming back is instant.

import type { App } from '../../state/app';
import { CurveClient, type CurvePort } from './client';

const clients = new WeakMap<App, CurveClient>();

export function curveClientOf(app: App): CurveClient {
  const known = clients.get(app);
  if (known) return known;
  const worker = new Worker(new URL('./curves.worker.ts', import.meta.url), { type: 'module', name: 'curves' });
  const client = new CurveClient(worker as CurvePort, app.idle.begin);
  clients.set(app, client);
  return client;
}
