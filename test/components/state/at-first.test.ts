// What settings do to workspaces at the start of the page.
import { expect, test } from 'vitest';
import { smoothAtFirst } from '../../../src/renderer/state/smooth-at-first';
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
