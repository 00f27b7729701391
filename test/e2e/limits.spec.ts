// The bounds of imports are settings: changed in their dialog, remembered, and told where they are reached.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drop } from './support/drop';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

test('a lower limit is remembered and told when it is reached', async ({ app }, info) => {
  await app.keyboard.press('ControlOrMeta+k');
  await app.keyboard.type('limits of imports');
  await app.keyboard.press('Enter');
  await app.getByRole('textbox', { name: 'Folders inside each other' }).fill('2');
  await app.keyboard.press('Escape');
  await waitIdle(app);
  await app.reload();
  await waitIdle(app);

  const folder = info.outputPath('deep');
  mkdirSync(join(folder, 'a/b/c/d'), { recursive: true });
  const log = 'step,loss\n0,1\n1,0.5\n2,0.25\n3,0.2\n';
  writeFileSync(join(folder, 'log.csv'), log);
  writeFileSync(join(folder, 'a/b/c/d/log.csv'), log);
  await drop(app, [folder]);
  await waitIdle(app);
  await expect(app.getByText(/1 run added/)).toBeVisible();
  await app.getByText(/what was read/).click();
  await expect(app.getByText(/limit/i).first()).toBeVisible();
});
