// The Effects tab over the samples: what stands on the screen is what the command line says, and every part can be used without a pointer.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { checkRuns, importDrop, openTab } from './support/frame';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

const sample = (name: string): string => resolve('resources/samples', name);
const cli = <T>(...words: readonly string[]): T =>
  JSON.parse(execFileSync(process.execPath, [resolve('out/cli.js'), ...words, '--json'], { encoding: 'utf8' })) as T;

interface Groups {
  readonly groups: readonly {
    readonly label: string;
    readonly n: number;
    readonly mean: number | null;
    readonly members: readonly { readonly name: string; readonly value: number }[];
  }[];
  readonly pairwise: readonly { readonly text: string }[];
}
interface Effects {
  readonly n: number;
  readonly params: readonly { readonly name: string; readonly varied: boolean; readonly direction_text: string }[];
  readonly gates: readonly { readonly message: string }[];
}

const part = async (app: Page, name: string): Promise<void> => {
  await app.getByRole('navigation', { name: 'Parts of Effects' }).getByRole('button', { name, exact: true }).click();
  await waitIdle(app);
};

async function pickMetric(app: Page, name: string): Promise<void> {
  await app.getByRole('button', { name: /^Metric: / }).click();
  await app.getByRole('textbox', { name: 'Search metrics' }).fill(name);
  await app.getByRole('list', { name: 'Metrics' }).getByRole('button').filter({ hasText: name }).first().click();
  await waitIdle(app);
}

/** A folder of runs with a config and one curve each. */
function drawn(folder: string, runs: readonly { readonly config: object; readonly value: number }[]): string {
  for (const [i, { config, value }] of runs.entries()) {
    const run = join(folder, `run-${String(i).padStart(2, '0')}`);
    mkdirSync(run, { recursive: true });
    writeFileSync(join(run, 'config.json'), JSON.stringify(config));
    writeFileSync(join(run, 'metrics.csv'), `step,val_acc\n0,0.1\n1,0.5\n2,${value}\n`);
  }
  return folder;
}

async function faults(app: Page): Promise<readonly string[]> {
  await waitIdle(app);
  const { violations } = await new AxeBuilder({ page: app }).include('main').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 200))
          .join(' | ')}`,
    );
}

test('groups of a seed study: n, mean and members as the command line has them', async ({ app }) => {
  await importDrop(app, [sample('seed-study')]);
  await openTab(app, 'Effects');
  await pickMetric(app, 'val_acc');
  const { groups } = cli<Groups>('groups', sample('seed-study'), '--metric', 'val_acc');
  const rows = app.getByRole('region', { name: 'Groups', exact: true }).locator('tbody tr');
  await expect(rows).toHaveCount(groups.length);
  const cells = rows.first().getByRole('cell');
  await expect(cells.nth(0)).toHaveText(String(groups[0]?.n));
  expect(Number(await cells.nth(1).getAttribute('title'))).toBe(groups[0]?.mean);
  await rows.first().getByRole('button').click();
  const members = await Promise.all(
    (await rows.all())
      .slice(1)
      .map(async (row) => [await row.getByRole('button').innerText(), Number(await row.getByRole('cell').nth(1).getAttribute('title'))]),
  );
  expect(members).toEqual(groups[0]?.members.map(({ name, value }) => [name, value]));
});

test('one run a setting: too few seeds is the answer, in the words of the command line', async ({ app }) => {
  await importDrop(app, [sample('lr-sweep')]);
  await openTab(app, 'Effects');
  await pickMetric(app, 'val/acc');
  const { pairwise, groups } = cli<Groups>('groups', sample('lr-sweep'), '--metric', 'val/acc');
  await expect(app.getByRole('region', { name: 'Groups', exact: true }).locator('tbody tr')).toHaveCount(groups.length);
  const differences = app.getByRole('region', { name: 'Differences between groups' });
  await differences.getByText(/have too few seeds/).click();
  const said = await differences.getByRole('listitem').allInnerTexts();
  expect(said).toHaveLength(pairwise.length);
  for (const [i, { text }] of pairwise.entries()) expect(said[i]?.replace(/\s+/g, ' ')).toContain(text);
});

test('params, their charts as tables, and experiments, as the command line says', async ({ app }) => {
  await importDrop(app, [sample('lr-sweep')]);
  await openTab(app, 'Effects');
  await pickMetric(app, 'val/acc');
  await part(app, 'Effects');
  const effects = cli<Effects>('effects', sample('lr-sweep'), '--metric', 'val/acc');
  const list = app.getByRole('region', { name: 'Params by effect' });
  await expect(list.getByRole('status')).toContainText(`${effects.n} configurations`);
  for (const { name, direction_text } of effects.params.filter(({ varied }) => varied))
    await expect(list.getByRole('button', { name }).first()).toContainText(direction_text);
  for (const { message } of effects.gates) await expect(list.getByText(message, { exact: true })).toBeVisible();

  const charts = app.getByRole('region', { name: 'Charts', exact: true });
  const runs = cli<Groups>('groups', sample('lr-sweep'), '--metric', 'val/acc').groups.flatMap(({ members }) => members);
  await charts.getByRole('button', { name: 'Table' }).click();
  for (const kind of ['Axis plots', 'Parallel coordinates', 'Scatter'] as const) {
    await charts.getByRole('button', { name: kind }).click();
    const table = charts.getByRole('region', { name: /as a table$/ }).first();
    await expect(table.locator('tbody tr')).toHaveCount(runs.length);
    for (const { name, value } of runs)
      await expect(table.getByRole('row').filter({ has: app.getByRole('button', { name, exact: true }) })).toContainText(String(Number(value.toPrecision(5))));
  }
  await charts.getByRole('button', { name: 'Table' }).click();
  await charts.getByRole('button', { name: 'Axis plots' }).click();
  await waitIdle(app);
  const plot = charts.getByRole('group', { name: /against/ }).first();
  await plot.focus();
  await app.keyboard.press('ArrowRight');
  await expect(app.getByRole('status', { name: 'Run under the pointer' })).toContainText('val/acc');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('tablist', { name: 'About this run' })).toBeVisible();

  await app.goBack();
  await part(app, 'Next experiments');
  await expect(app.getByRole('region', { name: 'Gates' }).getByRole('listitem').first()).toBeVisible();
});

test('two groups of five seeds: the smallest detectable effect first, the verdict, and why, as the command line says', async ({ app }, info) => {
  const folder = drawn(
    info.outputPath('groups'),
    [0, 1].flatMap((better) =>
      [0, 1, 2, 3, 4].map((seed) => ({ config: { optimizer: better ? 'adam' : 'sgd', seed }, value: 0.8 + 0.05 * better + 0.004 * ((seed * 3) % 5) })),
    ),
  );
  await importDrop(app, [folder]);
  await openTab(app, 'Effects');
  await pickMetric(app, 'val_acc');
  const { pairwise } = cli<Groups>('groups', folder, '--metric', 'val_acc');
  const pair = app.getByRole('region', { name: 'Differences between groups' }).getByRole('listitem').first();
  await expect(pair).toContainText('Different');
  expect((await pair.innerText()).replace(/\s+/g, ' ')).toContain(pairwise[0]?.text);
  await pair.getByText('Why is the first better?').click();
  await waitIdle(app);
  const { reasons, cannot_know } = cli<{ reasons: { why: string }[]; cannot_know: string[] }>('diff', folder, '--by', 'all-but-seed');
  // The command line has the groups the other way round: what differs and what is not known are the same.
  expect(reasons).toHaveLength(1);
  await expect(pair.getByRole('region', { name: 'Differences by likely relevance' })).toContainText('optimizer: sgd → adam');
  for (const unknown of cannot_know) await expect(pair.getByRole('region', { name: 'What this cannot know' })).toContainText(unknown);
});

test('next experiments are those of the command line, and are copied as it prints them', async ({ app, context }, info) => {
  const folder = drawn(
    info.outputPath('sweep'),
    Array.from({ length: 16 }, (_, i) => {
      const [lr, width] = [[0.001, 0.003, 0.01, 0.03][i % 4] as number, [16, 32, 64, 128][(i >> 2) % 4] as number];
      return { config: { lr, width, seed: i }, value: 0.9 - 0.05 * (Math.log10(lr) + 2) ** 2 - 0.02 * (Math.log2(width) - 6) ** 2 + 0.001 * ((i * 7) % 5) };
    }),
  );
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await importDrop(app, [folder]);
  await openTab(app, 'Effects');
  await pickMetric(app, 'val_acc');
  await part(app, 'Next experiments');
  const { suggestions, gates } = cli<{ suggestions: { why: string; changes_mind: string }[]; gates: { message: string }[] }>(
    'suggest',
    folder,
    '--metric',
    'val_acc',
  );
  const cards = app.getByRole('main').locator('ol > li');
  await expect(cards).toHaveCount(suggestions.length);
  for (const [i, { why, changes_mind }] of suggestions.entries()) {
    await expect(cards.nth(i)).toContainText(why);
    await expect(cards.nth(i)).toContainText(changes_mind);
  }
  for (const { message } of gates) await expect(app.getByRole('region', { name: 'Gates' })).toContainText(message);
  await app.getByRole('button', { name: 'Copy all' }).click();
  await app.getByRole('menuitem', { name: 'As YAML' }).click();
  const yaml = execFileSync(process.execPath, [resolve('out/cli.js'), 'suggest', folder, '--metric', 'val_acc', '--format', 'yaml'], { encoding: 'utf8' });
  await expect.poll(() => app.evaluate(() => navigator.clipboard.readText())).toBe(yaml);
});

test('what is chosen outlives a reload, and undo takes it back', async ({ app }) => {
  await importDrop(app, [sample('lr-sweep')]);
  await openTab(app, 'Effects');
  await pickMetric(app, 'val/loss');
  await expect(app.getByRole('button', { name: 'Metric: val/loss' })).toBeVisible();
  await app.keyboard.press('Control+z');
  await expect(app.getByRole('button', { name: 'Metric: val/acc' })).toBeVisible();
  await app.keyboard.press('Control+Shift+z');
  await part(app, 'Effects');
  await app.reload();
  await waitIdle(app);
  await expect(app.getByRole('button', { name: 'Metric: val/loss' })).toBeVisible();
  await expect(app.getByRole('region', { name: 'Params by effect' })).toBeVisible();
});

test('the runs that are checked are what the tab is about', async ({ app }) => {
  await importDrop(app, [sample('lr-sweep')]);
  await openTab(app, 'Effects');
  await checkRuns(app, ['lr-0.1', 'lr-0.3']);
  await expect(app.getByRole('main').getByRole('status', { name: 'Summary' })).toContainText('2 checked runs');
});

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('no serious fault that axe can find', async ({ app }) => {
      test.slow();
      await importDrop(app, [sample('lr-sweep'), sample('seed-study')]);
      await openTab(app, 'Effects');
      expect.soft(await faults(app), 'groups').toEqual([]);
      await part(app, 'Effects');
      for (const kind of ['Axis plots', 'Heat map'] as const) {
        await app.getByRole('button', { name: kind }).click();
        expect.soft(await faults(app), kind).toEqual([]);
      }
      await app.getByRole('region', { name: 'Charts', exact: true }).getByRole('button', { name: 'Table' }).click();
      expect.soft(await faults(app), 'table').toEqual([]);
      await part(app, 'Next experiments');
      expect.soft(await faults(app), 'next').toEqual([]);
    });
  });
