// What the Code screen shows of a real review: findings by rule and file, what was set aside and by which word, lines of cells, patches.
import { describe, expect, test } from 'vitest';
import { emptyProject, type Waiver } from '../../../src/core/project/project';
import { noStatements } from '../../../src/core/project/statements';
import type { SetupFinding } from '../../../src/core/setup/finding';
import { reviewSetup } from '../../../src/core/setup/review';
import { statedBeside, withWaivers } from '../../../src/core/setup/set-aside';
import { codeCounts, codeItems, codeRows, codeSeverities, inRuns, itemAt, placeText } from '../../../src/core/view/code-list';
import { reviewedCode } from '../../../src/core/view/code-review';
import { sheetLine } from '../../../src/core/view/code-sheet';
import { readRunFromDrawing } from '../../support/run-drawing';
import { drawnProject } from '../../support/setup-project';

const train = `import torch
from torch.utils.tensorboard import SummaryWriter

net = torch.nn.Linear(20, 2)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 5)
writer = SummaryWriter()
for epoch in range(20):
    loss = net(torch.rand(8, 20)).sum()
    loss.backward()  # exp-review: ignore E-27, cleared by a hook
    optimizer.step()
    scheduler.step()
    writer.add_scalar('train/loss', loss.item(), epoch)
`;
const cell = (...source: readonly string[]) => ({ cell_type: 'code', execution_count: 3, metadata: {}, outputs: [], source });
const notebook = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { language: 'python', name: 'python3' } },
  cells: [
    { cell_type: 'markdown', metadata: {}, source: ['# A look'] },
    cell('%matplotlib inline\n', 'from sklearn.ensemble import RandomForestClassifier\n'),
    cell('from sklearn.model_selection import train_test_split\n', 'a, b, c, d = train_test_split(data, target)\n', 'RandomForestClassifier().fit(a, c)\n'),
  ],
});
const withRate = (id: string) => readRunFromDrawing({ draw: 'train/loss 2 ~>1 x20\nlr 0.1 ~>0.01 x20', params: {} }, id).run;
const withoutRate = (id: string) => readRunFromDrawing({ draw: 'train/loss 2 ~>1 x20', params: {} }, id).run;

async function reviewed(files: Readonly<Record<string, string>>, runs: Parameters<typeof reviewedCode>[2] = {}) {
  const project = await drawnProject(files);
  return reviewedCode(project, reviewSetup(project, { runs: runs?.runs ?? [] }), runs);
}
const waiver = (rule: string): Waiver => ({ rule, run: null, reason: 'It is done elsewhere.', untilMs: null });
const stating = (...waivers: readonly Waiver[]) => ({ project: { ...emptyProject, waivers }, nowMs: 0 });
const rulesOf = (found: readonly { readonly finding: { readonly rule: string } }[]) => found.map(({ finding }) => finding.rule);

describe('what was set aside', () => {
  test('by a comment stands with the comment as it is written', async () => {
    const { items, aside } = codeItems(await reviewed({ 'train.py': train }), noStatements);
    expect(rulesOf(items)).not.toContain('E-27');
    expect(aside.find(({ finding }) => finding.rule === 'E-27')?.word).toEqual({
      kind: 'code',
      suppressed: { by: 'comment', comment: '# exp-review: ignore E-27, cleared by a hook', reason: 'cleared by a hook', untilMs: null },
    });
  });

  test('by runs names the runs that refute it; where one lacks it, that one confirms it', async () => {
    const all = await reviewed({ 'train.py': train }, { runs: [withRate('a'), withRate('b')] });
    expect(codeItems(all, noStatements).aside.find(({ finding }) => finding.rule === 'E-09')?.word.kind).toBe('runs');
    expect(all.speaking['E-09']).toEqual(['a', 'b']);
    expect(inRuns(all.review, 'lr')).toEqual(['A learning rate is in 2 of 2 runs.']);
    expect(inRuns(all.review, 'seeds')).toEqual([]);
    const some = await reviewed({ 'train.py': train }, { runs: [withRate('a'), withoutRate('b')] });
    expect(codeItems(some, noStatements).items.find(({ finding }) => finding.rule === 'E-09')?.finding.byRuns?.verdict).toBe('confirmed');
    expect(some.speaking['E-09']).toEqual(['b']);
    expect(inRuns(some.review, 'lr')).toEqual([]);
  });

  test('by a person keeps the names of the others, and leaves the patch of all', async () => {
    const code = await reviewed({ 'train.py': train });
    const before = codeItems(code, noStatements).items;
    const after = codeItems(code, stating(waiver('E-10')));
    expect(rulesOf(before)).toContain('E-10');
    expect(after.items).toEqual(before.filter(({ finding }) => finding.rule !== 'E-10'));
    expect(after.aside.find(({ finding }) => finding.rule === 'E-10')?.word).toMatchObject({ kind: 'waiver', waiver: { reason: 'It is done elsewhere.' } });
    expect(code.whole.text).toContain('manual_seed');
    expect((await reviewed({ 'train.py': train }, { waivers: [waiver('E-10')] })).whole.text).not.toContain('manual_seed');
  });
});

describe('what the project file beside the code sets aside', () => {
  const stated = JSON.stringify({ version: 1, waivers: [{ rule: 'E-27', path: 'sketch/', reason: 'A sketch.', until: '2099-12-31' }] });
  const script =
    'import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x, y in data:\n    loss = net(x).sum()\n    loss.backward()\n    opt.step()\n';
  const files = { 'train.py': script, 'sketch/try.py': script };
  const drawn = async (text: string) => {
    const project = await drawnProject({ ...files, 'diptych.project.json': text });
    return reviewedCode(project, withWaivers(reviewSetup(project), statedBeside(project, 0)));
  };
  const filesOf = (found: readonly { readonly finding: SetupFinding }[]) =>
    found.flatMap(({ finding }) => (finding.rule === 'E-27' ? [finding.places[0]?.file] : []));

  test('is listed with its reason, holds for its path alone, and leaves the patch', async () => {
    const code = await drawn(stated);
    const { items, aside } = codeItems(code, noStatements);
    expect(filesOf(items)).toEqual(['train.py']);
    expect(aside).toMatchObject([
      { finding: { rule: 'E-27', places: [{ file: 'sketch/try.py' }] }, word: { kind: 'code', suppressed: { by: 'project', reason: 'A sketch.' } } },
    ]);
    expect(code.whole.text.match(/zero_grad/g)).toHaveLength(1);
  });

  test('a person’s word on the screen holds for a path as well, in the list and in the patch', async () => {
    const one = { ...waiver('E-27'), path: 'sketch/' };
    const code = await reviewed(files, { waivers: [one] });
    const { items, aside } = codeItems(code, stating(one));
    expect(filesOf(items)).toEqual(['train.py']);
    expect(aside.map(({ word }) => word)).toEqual([{ kind: 'waiver', waiver: one }]);
    expect(code.whole.text.match(/zero_grad/g)).toHaveLength(1);
  });

  test('a file that is none says nothing', async () => {
    for (const text of ['{', '[]', 'null', '{"version": 99}', '']) {
      const { items, aside } = codeItems(await drawn(text), noStatements);
      expect({ files: filesOf(items), aside }).toEqual({ files: ['sketch/try.py', 'train.py'], aside: [] });
    }
  });
});

describe('the list', () => {
  test('groups by rule or by file, worst first, and leaves out what the filter does', async () => {
    const code = await reviewed({ 'a.py': train, 'b.py': train });
    const { items } = codeItems(code, noStatements);
    for (const grouping of ['rule', 'file'] as const) {
      const rows = codeRows(items, { severities: codeSeverities, grouping }, code.titles);
      expect(rows.filter(({ kind }) => kind === 'finding')).toHaveLength(items.length);
      expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    }
    const critical = codeRows(items, { severities: ['critical'], grouping: 'file' }, code.titles).filter(({ kind }) => kind === 'finding');
    expect(critical).toHaveLength(codeCounts(items).critical);
    expect(codeRows(items, { severities: [], grouping: 'rule' }, code.titles)).toEqual([]);
  });

  test('finds what is at a line of a file, of several the one of the rule, and nothing where nothing is', async () => {
    const { items } = codeItems(await reviewed({ 'a.py': train, 'b.py': train }), noStatements);
    for (const { finding } of items) {
      const [place] = finding.places;
      if (!place) continue;
      const found = itemAt(items, place, finding.rule);
      expect(found?.finding.rule).toBe(finding.rule);
      expect(found?.finding.places[0]).toMatchObject({ file: place.file, line: place.line });
      expect(itemAt(items, place)).not.toBeNull();
      expect(itemAt(items, { ...place, line: 9999 }, finding.rule)).toBeNull();
      expect(itemAt(items, { ...place, cell: 0 })).toBeNull();
    }
    expect(items.filter(({ finding }) => finding.places.length > 0).length).toBeGreaterThan(3);
  });
});

test('a place in a notebook is on the line of the sheet that shows it', async () => {
  const code = await reviewed({ 'look.ipynb': notebook });
  const sheet = code.sheets['look.ipynb'];
  const places = code.review.findings.flatMap((finding) => finding.places).filter(({ cell: at }) => at === 2);
  expect(places.length).toBeGreaterThan(0);
  for (const place of places) {
    const shown = sheet?.text.split('\n')[sheetLine(sheet, place) - 1];
    expect(notebook).toContain(JSON.stringify(shown).slice(1, -1));
    expect(shown).toMatch(/train_test_split|RandomForest/);
    expect(placeText(place)).toBe(`look.ipynb cell 2:${place.line}`);
  }
  expect(sheet?.text).toContain('# ── cell 2, run as [3] ──');
});
