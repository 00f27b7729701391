// Training code: a project is dropped, its findings stand beside their lines, a patch is copied that git would take.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page, TestInfo } from '@playwright/test';
import { drop } from './support/drop';
import { importPanel, openTab } from './support/frame';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

const train = `import torch
from torch import nn
from torch.utils.tensorboard import SummaryWriter
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split

X, y = make_classification(1000, 20)
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.2)
net = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Dropout(0.3), nn.Linear(32, 2))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
criterion = nn.CrossEntropyLoss()
writer = SummaryWriter()
for epoch in range(20):
    net.train()
    loss = criterion(net(torch.tensor(X_train).float()), torch.tensor(y_train))
    loss.backward()
    optimizer.step()
    writer.add_scalar('train/loss', loss.item(), epoch)
writer.close()
`;

const notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { language: 'python', name: 'python3', display_name: 'Python 3' } },
  cells: [
    { cell_type: 'markdown', metadata: {}, source: ['# A look\n'] },
    {
      cell_type: 'code',
      execution_count: 1,
      metadata: {},
      outputs: [],
      source: ['%matplotlib inline\n', 'import torch\n', 'from torch.utils.data import random_split\n'],
    },
    {
      cell_type: 'code',
      execution_count: 2,
      metadata: {},
      outputs: [],
      source: [
        'from sklearn.ensemble import RandomForestClassifier\n',
        'a, b, c, d = train_test_split(data, target)\n',
        'RandomForestClassifier().fit(a, c)\n',
      ],
    },
  ],
};

function project(info: TestInfo): string {
  const folder = info.outputPath('project');
  const files: Readonly<Record<string, string>> = {
    'train.py': train,
    'old.py': 'print "Python 2"\n',
    'look.ipynb': JSON.stringify(notebook),
    'requirements.txt': 'torch\nscikit-learn\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

interface Told {
  readonly rule: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly summary: string;
  readonly places?: readonly { readonly file: string; readonly line: number }[];
  readonly fix: { readonly patch?: string } | null;
}

/** What the command line says of the same code. */
const told = (folder: string): readonly Told[] =>
  (JSON.parse(execFileSync(process.execPath, [resolve('out/cli.js'), 'setup', folder, '--json'], { encoding: 'utf8' })) as { findings: readonly Told[] })
    .findings;

const list = (app: Page): Locator => app.getByRole('listbox', { name: 'Findings in the code' });
const detail = (app: Page): Locator => app.getByRole('region', { name: /^Finding / });

async function openCode(app: Page, info: TestInfo): Promise<string> {
  const folder = project(info);
  await app.getByRole('button', { name: 'Review training code' }).click();
  await drop(app, [folder]);
  await list(app).waitFor();
  await waitIdle(app);
  return folder;
}

test('a dropped project shows what the command line finds, beside its lines', async ({ app }, info) => {
  const folder = await openCode(app, info);
  const expected = told(folder);
  expect(expected.length).toBeGreaterThan(2);
  await expect(app.getByRole('button', { name: /^Findings/ })).toContainText(String(expected.length));
  const placed = expected.find(({ file, line }) => file === 'train.py' && line !== null) as Told;
  await list(app).getByRole('option', { name: placed.summary }).first().click();
  await expect(detail(app)).toContainText(placed.summary);
  const code = app.getByRole('figure', { name: 'Code of train.py' });
  await expect(code.locator('.cm-open-line').first()).toHaveText(train.split('\n')[(placed.line as number) - 1] as string);
  await app.screenshot({ path: info.outputPath('code-light.png') });
  const before = app.url();
  await app.keyboard.press('j');
  await expect.poll(() => app.url()).not.toBe(before);
  await app.keyboard.press('k');
  await expect.poll(() => app.url()).toBe(before);
});

test('code that trains nothing is told as that, and not as in order', async ({ app }, info) => {
  const folder = info.outputPath('tool');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'tool.py'), 'import json\nprint(json.dumps({}))\n');
  await app.getByRole('button', { name: 'Review training code' }).click();
  await drop(app, [folder]);
  await expect(app.getByText('No training was found in this code')).toBeVisible();
  await app.screenshot({ path: info.outputPath('no-training.png') });
});

test('a finding in many places leads to each, and nothing is wider than the window', async ({ app }, info) => {
  const folder = info.outputPath('a-name-'.repeat(18));
  renameSync(project(info), folder);
  const noisy = train.replace('SummaryWriter()', "SummaryWriter('a-rather-long-name-of-a-run')");
  for (const name of ['one', 'two', 'three'])
    for (const [path, text] of [
      ['train_a_model_whose_name_is_longer_than_most.py', noisy],
      ['xgboost_model.py', 'import xgboost as xgb\nmodel = xgb.XGBClassifier(subsample=0.5)\nmodel.fit(a, b)\n'],
      ['keras_model.py', 'import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile("adam", "mse")\nmodel.fit(a, b, epochs=9)\n'],
    ] as const) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, path), text);
    }
  await app.getByRole('button', { name: 'Review training code' }).click();
  await drop(app, [folder]);
  await list(app).waitFor();
  await waitIdle(app);
  expect(await app.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await expect(app.getByRole('button', { name: 'Five-part review' })).toBeInViewport({ ratio: 1 });
  const spread = told(folder).find(({ places }) => new Set(places?.map(({ file, line }) => `${file}:${line}`)).size > 1) as Told;
  await list(app).getByRole('option', { name: spread.summary }).first().click();
  const { file, line } = (spread.places ?? []).find((place) => place.file !== spread.file) as { file: string; line: number };
  await detail(app)
    .getByRole('button', { name: `${file}:${line}`, exact: true })
    .click();
  await expect(app.getByRole('figure', { name: `Code of ${file}` })).toBeVisible();
  await expect(detail(app)).toContainText(spread.summary);
});

test('a patch is copied, and all of them are saved as one that git takes', async ({ app, context }, info) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const folder = await openCode(app, info);
  const mended = told(folder).find(({ fix }) => fix?.patch) as Told;
  await list(app).getByRole('option', { name: mended.summary }).first().click();
  await detail(app).getByRole('button', { name: 'Copy patch' }).click();
  expect(await app.evaluate(() => navigator.clipboard.readText())).toBe(mended.fix?.patch);
  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save all as .patch' }).click();
  const path = await (await download).path();
  expect(readFileSync(path, 'utf8')).toContain('diff --git a/train.py b/train.py');
  execFileSync('git', ['init', '-q'], { cwd: folder });
  execFileSync('git', ['apply', '--check', path], { cwd: folder });
});

test('a cell of a notebook is shown as a cell, and severities filter the list', async ({ app }, info) => {
  const folder = await openCode(app, info);
  // Alone: rules name one place of a project.
  await drop(app, [join(folder, 'look.ipynb')]);
  await waitIdle(app);
  await app.getByRole('combobox', { name: 'Group findings by' }).click();
  await app.getByRole('option', { name: 'By file' }).click();
  const inCell = list(app)
    .getByRole('option', { name: /cell 2/ })
    .first();
  await inCell.click();
  const code = app.getByRole('figure', { name: 'Code of look.ipynb' });
  await expect(code).toContainText('cell 2, run as [2]');
  await expect(code).toContainText('%matplotlib inline');
  await app.getByRole('button', { name: /^high \d/ }).click();
  await waitIdle(app);
  await app.reload();
  await waitIdle(app);
  // The code is gone with the page, what was arranged is not.
  await expect(app.getByText('It is read as text, here on this machine, and never run')).toBeVisible();
  await drop(app, [join(folder, 'look.ipynb')]);
  await expect(app.getByRole('button', { name: /^high \d/ })).toHaveAttribute('aria-pressed', 'false');
});

test('an import without runs that holds Python offers to review it', async ({ app }, info) => {
  await drop(app, [project(info)]);
  await app.getByRole('button', { name: 'Review as training code' }).click();
  await expect(list(app)).toBeVisible();
  await app.getByRole('button', { name: 'Take the code off the screen' }).click();
  await expect(app.getByRole('heading', { name: 'Drop your training project here' })).toBeVisible();
});

/** The same project with a comment that silences E-27, and five runs of a sweep that hold a learning rate and a validation loss. */
function projectWithRuns(info: TestInfo): string {
  const folder = project(info);
  const scheduled = train
    .replace('criterion =', 'scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 5)\ncriterion =')
    .replace('    loss.backward()', '    loss.backward()  # exp-review: ignore E-27')
    .replace('    optimizer.step()', '    optimizer.step()\n    scheduler.step()');
  writeFileSync(join(folder, 'train.py'), scheduled);
  cpSync('resources/samples/lr-sweep', join(folder, 'runs'), { recursive: true });
  return folder;
}

const parts = (app: Page): Locator => app.getByRole('navigation', { name: 'Parts of Code' });
const aside = (app: Page): Locator => app.getByRole('region', { name: 'Set aside' });
const toCode = (app: Page): Locator => app.getByRole('button', { name: 'Review the code beside the runs' });

test('runs that lie beside the code confirm findings or refute them, and lead to their pages', async ({ app }, info) => {
  await drop(app, [projectWithRuns(info)]);
  await toCode(app).click();
  await expect(app.getByRole('combobox', { name: 'Runs of this code' })).toHaveText(/Joined with 5 runs/);
  await waitIdle(app);
  await expect(list(app).getByRole('option', { name: /StepLR/ })).toHaveCount(0);
  await parts(app)
    .getByRole('button', { name: /^Set aside/ })
    .click();
  const refuted = aside(app).getByRole('listitem').filter({ hasText: 'StepLR' });
  await expect(refuted).toContainText('The runs refute it: A learning rate is in 5 of 5 runs.');
  await expect(aside(app).getByRole('listitem').filter({ hasText: 'E-27' })).toContainText('# exp-review: ignore E-27');
  await app.screenshot({ path: info.outputPath('aside.png') });
  await refuted.getByRole('button', { name: 'train.py:' }).click();
  await expect(app.getByRole('figure', { name: 'Code of train.py' }).locator('.cm-open-line').first()).toContainText('scheduler');
  await parts(app)
    .getByRole('button', { name: /^Set aside/ })
    .click();
  await refuted.getByRole('button', { name: 'lr-30' }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'lr-30' })).toBeVisible();
});

test('a rule that is set aside leaves the findings and the patch of all, and comes back', async ({ app }, info) => {
  const folder = await openCode(app, info);
  const [first] = told(folder).filter(({ fix }) => fix?.patch) as [Told];
  const before = told(folder).length;
  const count = before - told(folder).filter(({ rule }) => rule === first.rule).length;
  await list(app).getByRole('option', { name: first.summary }).first().click();
  await detail(app).getByRole('button', { name: 'Set aside…' }).click();
  await app.getByRole('textbox', { name: 'Why it may be left aside' }).fill('It is done elsewhere.');
  await app.getByRole('button', { name: 'Set aside', exact: true }).click();
  await expect(parts(app).getByRole('button', { name: /^Findings/ })).toContainText(String(count));
  await parts(app)
    .getByRole('button', { name: /^Set aside/ })
    .click();
  await expect(aside(app)).toContainText('It is done elsewhere.');
  await aside(app).getByRole('button', { name: 'Take back' }).first().click();
  await expect(parts(app).getByRole('button', { name: /^Findings/ })).toContainText(String(before));
});

test('the code is a part of the five-part review, with runs or without, and its items lead to their lines', async ({ app, context }, info) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const folder = await openCode(app, info);
  const placed = told(folder).find(({ file, line, fix }) => file === 'train.py' && line !== null && fix?.patch) as Told;
  await app.keyboard.press('9');
  const review = app.getByRole('region', { name: 'The review', exact: true });
  await expect(review).toContainText('The code of project is a part of this review, judged without runs.');
  await app.screenshot({ path: info.outputPath('review-code.png') });
  await review
    .getByRole('button', { name: `train.py:${placed.line}`, exact: true })
    .first()
    .click();
  await expect(app).toHaveURL(new RegExp(`#/code/line/train.py/${placed.line}/-/E-\\d+$`));
  const opened = app.getByRole('figure', { name: 'Code of train.py' }).locator('.cm-open-line').first();
  await expect(opened).toHaveText(train.split('\n')[(placed.line as number) - 1] as string);
  await expect(detail(app)).toContainText(placed.summary);
  // Enter goes into the code, Escape back to the list.
  await list(app).focus();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('textbox', { name: 'Code of train.py' })).toBeFocused();
  await app.keyboard.press('Escape');
  await expect(list(app)).toBeFocused();
  await app.getByRole('button', { name: 'Read its runs' }).click();
  await expect(importPanel(app)).toBeVisible();
});

/** From where the host was started down to a folder of this test. */
async function browseTo(picker: Locator, folder: string): Promise<void> {
  for (const part of folder.slice(process.cwd().length + 1).split('/')) await picker.getByRole('button', { name: part, exact: true }).click();
}

test.describe('a folder of the host', () => {
  test('is read there and reviewed here', async ({ app }, info) => {
    const folder = project(info);
    await app.getByRole('button', { name: 'Review training code' }).click();
    await app.getByRole('button', { name: 'Add code…' }).click();
    const picker = app.getByRole('dialog', { name: 'Review code on the host' });
    await browseTo(picker, folder);
    await picker.getByRole('button', { name: 'Review this folder' }).click();
    await list(app).waitFor();
    await expect(app.getByRole('button', { name: /^Findings/ })).toContainText(String(told(folder).length));
  });

  test('whose runs were read before is reviewed with them', async ({ app }, info) => {
    const folder = projectWithRuns(info);
    await app.getByRole('button', { name: 'Open folder…' }).click();
    const picker = app.getByRole('dialog', { name: 'Open runs on the host' });
    await browseTo(picker, folder);
    await picker.getByRole('button', { name: 'Read this folder' }).click();
    await expect(importPanel(app)).toContainText('5 runs added');
    await app.keyboard.press('0');
    await app.getByRole('button', { name: 'project, where runs came from' }).click();
    await list(app).waitFor();
    await expect(app.getByRole('combobox', { name: 'Runs of this code' })).toHaveText(/Joined with 5 runs/);
  });
});

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('no part has a serious fault that axe can find', async ({ app }, info) => {
      await drop(app, [projectWithRuns(info)]);
      await toCode(app).click();
      await list(app).waitFor();
      await waitIdle(app);
      for (const name of ['Findings', 'Coverage', 'Not answered', 'Set aside', 'Files']) {
        await app
          .getByRole('navigation', { name: 'Parts of Code' })
          .getByRole('button', { name: new RegExp(`^${name}`) })
          .click();
        await waitIdle(app);
        await app.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`) });
        const { violations } = await new AxeBuilder({ page: app }).include('main').analyze();
        const faults = violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
        expect.soft(faults, name).toEqual([]);
      }
      await openTab(app, 'Code');
    });
  });
