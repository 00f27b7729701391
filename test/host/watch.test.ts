// When a followed path is looked at again: soon after a change, after a second in any case, and at once no more when it is stopped.
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Pause, watchPath } from '../../src/host/watch';

const pause: Pause = { tookMs: 1, files: 1, quietMs: 0, changed: false };
const folder = mkdtempSync(join(tmpdir(), 'diptych-watch-'));
const file = join(folder, 'log.csv');
writeFileSync(file, 'step,loss\n');
let watch = watchPath(folder);
afterEach(() => watch.close());

const endOf = async (signal: AbortSignal, more: Partial<Pause> = {}): Promise<void> => watch.wait({ ...pause, ...more }, signal);

test('ends by itself without a change, and after one', async () => {
  const { signal } = new AbortController();
  await expect(endOf(signal)).resolves.toBeUndefined();
  appendFileSync(file, '0,1\n');
  await expect(endOf(signal)).resolves.toBeUndefined();
});

test('a file alone is watched as well, and what cannot be watched is still looked at', async () => {
  const { signal } = new AbortController();
  watch = watchPath(file);
  appendFileSync(file, '1,1\n');
  await expect(endOf(signal)).resolves.toBeUndefined();
  watch = watchPath(join(folder, 'nowhere'));
  await expect(endOf(signal)).resolves.toBeUndefined();
});

test('a stop is not waited for', async () => {
  const stop = new AbortController();
  watch = watchPath(folder);
  const waiting = endOf(stop.signal, { quietMs: 3_600_000, tookMs: 60_000 });
  stop.abort();
  await expect(waiting).resolves.toBeUndefined();
});
