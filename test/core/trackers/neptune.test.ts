import { expect, test } from 'vitest';
import { cli } from '../../cli/context';

test('who connects to Neptune is told that it ended and what to open, and nothing is asked', async () => {
  const { code, err, out } = await cli(['connect', 'https://app.neptune.ai/team/project', '-o', 'nowhere'], { env: {} });
  expect(code).not.toBe(0);
  expect(out).toBe('');
  expect(err).toContain('Neptune’s service ended');
  expect(err).toContain('neptune-exporter');
});
