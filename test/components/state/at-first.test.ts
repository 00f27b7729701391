// What settings do to workspaces and at the start of the page.
import { expect, test } from 'vitest';
import { lookForUpdates } from '../../../src/renderer/boot/look-for-updates';
import { setting as updates } from '../../../src/renderer/settings/items/updates';
import { choose, createSettingsStore } from '../../../src/renderer/state/settings';
import { smoothAtFirst } from '../../../src/renderer/state/smooth-at-first';
import { createToasts } from '../../../src/renderer/state/toasts';
import { emptyWorkspace, setSlice } from '../../../src/renderer/state/workspace';

const ema = { kind: 'ema', weight: 0.6 } as const;

test('a workspace gets the smoothing of the settings where nobody chose another, and follows them', () => {
  const fresh = smoothAtFirst(ema)(emptyWorkspace());
  expect(fresh.features.curves).toMatchObject({ smoothing: ema });
  expect(smoothAtFirst({ kind: 'none' }, ema)(fresh).features.curves).toMatchObject({ smoothing: { kind: 'none' } });
  const chosen = setSlice('curves', { smoothing: { kind: 'mean', points: 5 } })(emptyWorkspace());
  expect(smoothAtFirst(ema)(chosen)).toBe(chosen);
  expect(smoothAtFirst({ kind: 'none' })(emptyWorkspace()).features).toEqual({});
});

test('nobody is asked for a newer version unasked, and once a day at most', async () => {
  const stored = new Map<string, unknown>();
  let asked = 0;
  const app = {
    capabilities: {
      checkUpdates: async () => {
        asked += 1;
        return { newer: '9.9.9' };
      },
    },
    settings: createSettingsStore(),
    storage: { setting: async (key: string) => stored.get(key), putSetting: async (key: string, value: unknown) => void stored.set(key, value) },
    toasts: createToasts(),
  } as unknown as Parameters<typeof lookForUpdates>[0];
  const day = 24 * 60 * 60 * 1000;
  await lookForUpdates(app, 5 * day);
  expect(asked).toBe(0);
  app.settings.setState(choose(updates, true));
  for (const at of [5 * day, 5.5 * day, 6 * day, 3 * day]) await lookForUpdates(app, at);
  // A clock that was set back does not keep it from asking.
  expect(asked).toBe(3);
  expect(app.toasts.store.getState()[0]?.text).toBe('Diptych 9.9.9 is there');
  await lookForUpdates({ ...app, capabilities: {} }, 9 * day);
  expect(asked).toBe(3);
});
