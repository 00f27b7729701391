// The main job: a folder with runs of several trackers is dropped; table, curves, differences and checklist tell what the trackers do.
import { type AnswerRun, allRuns, answerFor, differingParams, liveRuns, says } from './support/answers';
import { readPanels } from './support/curves';
import { readDifferences } from './support/differences';
import { checkRuns, importDrop, importPanel, listedRuns, openTab, runList } from './support/frame';
import { waitIdle } from './support/idle';
import { mixedCases, mixedFolder, mixedPath } from './support/mixed';
import { storedRows } from './support/store';
import { type StoredRun, storedRuns } from './support/stored-run';
import { readTable } from './support/table';
import { expect, test } from './support/test';

/** Texts that look like numbers, such as a sub-run named by a time stamp, stand in quotes. */
const shown = (text: string): string => (String(Number(text)) === text ? JSON.stringify(text) : text);
const metricTitle = ({ name, context }: AnswerRun['series'][number]): string => {
  const parts = Object.entries(context).map(([key, value]) => `${key}=${shown(value)}`);
  return parts.length === 0 ? name : `${name} {${parts.join(', ')}}`;
};
const ofTraining = (run: AnswerRun) => run.series.filter(({ name }) => !name.startsWith('system.'));

function storedFor(stored: readonly StoredRun[], name: string, run: AnswerRun): StoredRun {
  const found = stored.find((one) => one.path === mixedPath(name, run.path));
  if (!found) throw new Error(`${mixedPath(name, run.path)} was not read; there is ${stored.map(({ path }) => path).join(', ')}`);
  return found;
}

test.beforeEach(async ({ app }, info) => {
  await importDrop(app, [mixedFolder(info)]);
});

test('every run comes in, and the table shows their params and last values', async ({ app }) => {
  test.slow();
  const live = mixedCases.flatMap(liveRuns);
  const all = mixedCases.flatMap(allRuns);
  await expect(importPanel(app)).toContainText(`${all.length} runs added`);
  await expect(app.getByRole('region', { name: 'Runs', exact: true })).toContainText(`${live.length} runs`);
  const stored = await storedRuns(app);
  expect(stored).toHaveLength(all.length);

  const table = await readTable(app);
  expect([...table.keys()]).toHaveLength(live.length);
  const wrong: string[] = [];
  for (const name of mixedCases) {
    for (const run of liveRuns(name)) {
      const cells = table.get(storedFor(stored, name, run).id);
      for (const [param, value] of Object.entries(run.params)) {
        const text = cells?.get(`param ${param}`);
        if (!says(text, value)) wrong.push(`${run.path} param ${param}: ${text}, not ${JSON.stringify(value)}`);
      }
      for (const series of ofTraining(run)) {
        const text = cells?.get(`metric ${metricTitle(series)}`);
        const last = series.values?.at(-1);
        if (last !== undefined && !says(text, Number(last))) wrong.push(`${run.path} metric ${series.name}: ${text}, not ${last}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('curves are drawn, one panel for each metric, from all points that were logged', async ({ app }) => {
  test.slow();
  const logged = new Map<string, number>();
  const answered = new Map<string, number>();
  for (const run of (await storedRuns(app)).filter(({ deleted }) => !deleted)) {
    for (const { name, count, system } of run.series) if (!system) logged.set(name, (logged.get(name) ?? 0) + count);
  }
  for (const { name, count } of mixedCases.flatMap(liveRuns).flatMap(ofTraining)) answered.set(name, (answered.get(name) ?? 0) + count);
  await openTab(app, 'Curves');
  const panels = await readPanels(app);
  expect([...panels.keys()].sort()).toEqual([...logged.keys()].sort());
  // A reader may know more curves than the tracker's client gives back, never fewer points.
  for (const [name, count] of answered) expect.soft(logged.get(name), name).toBeGreaterThanOrEqual(count);
  for (const [name, count] of logged) {
    expect.soft(panels.get(name)?.badge, name).toContain(`${count.toLocaleString('en')} points logged`);
    // A single point may be of a run whose colour is nearly grey.
    if (count > 1) expect.soft(panels.get(name)?.coloured, `${name} is drawn`).toBeGreaterThan(5);
  }
});

test('differences are exactly the params that differ, also between trackers', async ({ app }) => {
  const mlflow = allRuns('mlflow-file/sweep-2.14');
  const [torch] = allRuns('tensorboard/torch-mlp');
  const low = answerFor(mlflow, '0dc60c6908b24744b383f593fadedd10');
  const high = answerFor(mlflow, 'bab4dea361fa40b9bd07c69bfe3b5a6d');
  if (!torch) throw new Error('There is no TensorBoard run');

  await checkRuns(app, ['lr=0.1', 'lr=0.5']);
  await app.getByRole('button', { name: 'Compare' }).click();
  await waitIdle(app);
  expect((await readDifferences(app)).get('Params')).toEqual(['optimizer.lr']);
  expect(differingParams([low, high])).toEqual(['optimizer.lr']);

  const torchName = (await storedRuns(app)).find(({ path }) => path === mixedPath('tensorboard/torch-mlp', torch.path))?.name;
  await checkRuns(app, ['lr=0.1', 'lr=0.5', torchName ?? 'a name']);
  expect([...((await readDifferences(app)).get('Params') ?? [])].sort()).toEqual(differingParams([low, high, torch]));
});

test('the checklist gives verdicts, and their evidence opens', async ({ app }) => {
  await checkRuns(app, ['lr=0.1']);
  await openTab(app, 'Reproducibility');
  const matrix = app.getByRole('table', { name: 'Reproducibility items by run' });
  const verdicts = await matrix.getByRole('button', { name: /, lr=0\.1: (pass|partial|fail|unknown|n\.a\.)$/ }).all();
  expect(verdicts.length).toBeGreaterThan(10);
  const commit = String(answerFor(allRuns('mlflow-file/sweep-2.14'), '0dc60c6908b24744b383f593fadedd10').facts.git_commit);

  const row = matrix
    .getByRole('row')
    .filter({ hasText: /commit/i })
    .first();
  await row.getByRole('button').click();
  const detail = app.getByRole('complementary', { name: /^Item / });
  await expect(detail).toContainText(commit);
  await detail
    .getByRole('button', { name: /git\.commit/ })
    .first()
    .click();
  await expect(app.getByRole('dialog')).toContainText(commit);
});

test('a reload keeps the runs and all that was arranged', async ({ app }) => {
  await checkRuns(app, ['lr=0.1', 'lr=0.5']);
  await runList(app).getByRole('row').filter({ hasText: 'lr=0.5' }).getByRole('button', { name: 'lr=0.5 in charts' }).click();
  await app.getByRole('textbox', { name: 'Columns (pattern)' }).fill('loss');
  await app.getByRole('button', { name: 'Theme: as the system' }).click();
  await openTab(app, 'Curves');
  await app.getByRole('button', { name: 'Theme: light' }).click();
  await waitIdle(app);
  const before = { list: await listedRuns(app), runs: await storedRuns(app), workspace: await storedRows(app, 'workspaces') };

  await app.reload();
  await waitIdle(app);
  await expect(app.getByRole('tab', { name: 'Curves' })).toHaveAttribute('aria-selected', 'true');
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect({ list: await listedRuns(app), runs: await storedRuns(app), workspace: await storedRows(app, 'workspaces') }).toEqual(before);
  await expect(runList(app).getByRole('checkbox', { checked: true })).toHaveCount(2);
  await expect(runList(app).getByRole('button', { name: 'lr=0.5 in charts' })).toHaveAttribute('aria-pressed', 'false');
  await openTab(app, 'Table');
  await expect(app.getByRole('textbox', { name: 'Columns (pattern)' })).toHaveValue('loss');
});

test('the same folder again brings no run twice', async ({ app }, info) => {
  const before = await storedRuns(app);
  await importPanel(app).getByRole('button', { name: 'Close' }).click();
  await importDrop(app, [mixedFolder(info)]);
  await expect(importPanel(app)).toContainText(`${before.length} unchanged`);
  expect(await storedRuns(app)).toEqual(before);
});
