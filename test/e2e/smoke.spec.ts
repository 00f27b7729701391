// The page comes up from the host: quietly, from one place only, and idle at the end.
import { expect, test } from './support/test';

test('the page loads without errors and asks nobody else for anything', async ({ app }) => {
  await expect(app).toHaveTitle('Diptych');
  await expect(app.locator('#root')).not.toBeEmpty();
});

test('the address works once, and reload and a second tab work without it', async ({ app, served, context }) => {
  await app.reload();
  await expect(app.locator('#root')).not.toBeEmpty();
  const second = await context.newPage();
  await second.goto(`${served.origin}/`);
  await expect(second.locator('#root')).not.toBeEmpty();
  const stranger = await context.browser()?.newContext();
  if (!stranger) throw new Error('There is no browser to be a stranger in');
  const elsewhere = await stranger.newPage();
  await elsewhere.goto(served.address);
  await expect(elsewhere.locator('body')).toContainText('Each address works once');
  await stranger.close();
});
