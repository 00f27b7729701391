// Asks for a newer version when the page starts, at most once a day, and only where the person switched that on.

import { setting as updates } from '../settings/items/updates';
import { settingValue } from '../settings/setting';
import type { App } from '../state/app';

const key = 'updates';
const dayMs = 24 * 60 * 60 * 1000;

export async function lookForUpdates({ capabilities, settings, storage, toasts }: App, nowMs: number): Promise<void> {
  const { checkUpdates } = capabilities;
  if (!checkUpdates || !settingValue(settings.getState(), updates)) return;
  const last = await storage.setting(key);
  if (typeof last === 'number' && nowMs - last < dayMs && nowMs >= last) return;
  await storage.putSetting(key, nowMs);
  const { newer } = await checkUpdates();
  if (newer !== null) toasts.show({ kind: 'info', text: `Diptych ${newer} is there`, detail: 'You have an older one. Look where you got it from.' });
}
