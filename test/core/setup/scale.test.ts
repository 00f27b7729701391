// Projects of many files and odd ones among them: bounded work, a reason for each file that is not read, and a review that can be cancelled.
import { describe, expect, test } from 'vitest';
import { flowOf } from '../../../src/core/setup/facts/flow';
import { programOf } from '../../../src/core/setup/facts/programs';
import { labelsOf, storesOf } from '../../../src/core/setup/facts/stored';
import { setupLimits } from '../../../src/core/setup/project/files';
import { notebookText } from '../../../src/core/setup/project/notebook-text';
import type { Project } from '../../../src/core/setup/project/project';
import { readProject } from '../../../src/core/setup/project/read';
import { PyModule } from '../../../src/core/setup/python/module';
import { Shelf } from '../../../src/core/setup/python/shelf';
import { walk } from '../../../src/core/setup/python/syntax';
import { reviewSetup, reviewSetupInSteps } from '../../../src/core/setup/review';
import type { SetupContext } from '../../../src/core/setup/rule';
import { setupRules } from '../../../src/core/setup/rules';
import { scriptedTree } from '../../../src/core/source/scripted';
import { codeProject } from '../../support/code-project';
import { bareLoop, drawnProject, grammarAsset } from '../../support/setup-project';

/** The slice of the argument of the last call of a name in a file. */
function sliceOf(project: Project, path: string, callee: string) {
  const module = project.modules.find(({ code }) => code.path === path)!;
  const call = module.calls.filter((one) => module.textOf(one.callee) === callee).at(-1)!;
  return flowOf(project).of(call.args[0]!, module);
}

test('what a store is called is looked at once, however many trainings and rules ask', async () => {
  const loops = Array.from({ length: 5 }, (_, at) => bareLoop.replaceAll('net', `net${at}`)).join('');
  const project = await drawnProject({ 'train.py': `import mlflow\n${loops}\nmlflow.log_metrics(made(loss))\n` });
  const stores = storesOf(project);
  expect(stores.length).toBeGreaterThan(0);
  for (const store of stores) expect(labelsOf(store, project)).toBe(labelsOf(store, project));
});

describe('a slice', () => {
  test('of a value that goes round a ring of imports ends, with each expression once', async () => {
    const many = 60;
    const files = Object.fromEntries(
      Array.from({ length: many }, (_, at) => [
        `part/m${at}.py`,
        `from part.m${(at + 1) % many} import f${(at + 1) % many}\nstate = f${(at + 1) % many}(0)\ndef f${at}(x):\n    z = state\n    z.append(x)\n    return f${(at + 1) % many}(z)\n`,
      ]),
    );
    const project = await drawnProject({ ...files, 'train.py': 'from part.m0 import f0\nopen(f0(1))\n' });
    const nodes = project.modules.flatMap((module) => [...walk(module.root)]).length;
    const { size } = sliceOf(project, 'train.py', 'open').nodes;
    expect(size).toBeGreaterThan(20);
    expect(size).toBeLessThan(nodes);
  });

  test('of a name that is given a value ten thousand times holds those nearest before', async () => {
    const project = await drawnProject({ 'a.py': `x = 0\n${'if c:\n    x = 1\n'.repeat(5_000)}x = last\nopen(x)\nx = after\n` });
    const [module] = project.modules;
    const words = [...sliceOf(project, 'a.py', 'open').nodes.keys()].map((node) => module!.textOf(node));
    expect(words).toContain('last');
    expect(words).not.toContain('after');
    expect(words.length).toBeLessThan(1_100);
  });

  test('of a table of half a megabyte stops in it', async () => {
    const project = await drawnProject({ 'a.py': `x = [${'1, '.repeat(100_000)}]\nopen(x)\n` });
    expect(sliceOf(project, 'a.py', 'open').nodes.size).toBeLessThan(25_000);
  });
});

test('calls nested fifteen hundred deep leave the findings of other files', async () => {
  const project = await drawnProject({ 'train.py': bareLoop, 'calls.py': `w = ${'f('.repeat(1_500)}1${')'.repeat(1_500)}\nopen(w)\n` });
  const review = reviewSetup(project);
  expect(review.findings.some(({ rule }) => rule === 'E-27')).toBe(true);
  expect(review.unknown.filter(({ reason }) => reason.includes('could not be applied'))).toEqual([]);
});

describe('syntax', () => {
  const text = 'class Net:\n    def __init__(self, a, *, b=1):\n        self.x = f(a, b, key=[1, 2])\n\n\ndef f(*args, **more):\n    return g(*args)\n';

  test('has one node for a row as long as somebody holds any of the file, whatever is let go of', async () => {
    const { modules } = await drawnProject({ 'a.py': text });
    const [module] = modules;
    const before = [...walk(module!.root)];
    const { callee, args } = module!.calls[0]!;
    module!.release();
    expect([...walk(module!.root)].every((node, at) => node === before[at])).toBe(true);
    expect(module!.calls[0]!.callee).toBe(callee);
    expect(module!.calls[0]!.args).toBe(args);
    expect(module!.scopeOf(callee)).toBe(module!.scopeOf(callee.children[0] ?? callee));
  });

  test('is the same when it is made again', async () => {
    const { modules } = await drawnProject({ 'a.py': text });
    const [module] = modules;
    const again = new PyModule(module!.code, module!.table, module!.errors, module!.dotted, new Shelf(1));
    const told = (one: PyModule) =>
      [...walk(one.root)].map((node) => [node.type, node.field, node.from, node.to, node.line, node.endLine, node.children.length]);
    expect(again.root).not.toBe(module!.root);
    expect(told(again)).toEqual(told(module!));
    expect(again.calls.map((call) => [...call.keywords.keys()])).toEqual([['key'], []]);
    expect(again.calls.map(({ splat }) => splat)).toEqual([false, true]);
    expect([...again.classes[0]!.attributes.keys()]).toEqual(['x']);
  });

  test('of files beyond the shelf is let go of, the oldest first, but for a few', () => {
    const released: string[] = [];
    const shelf = new Shelf<{ release(): void }>(10);
    for (let at = 0; at < 20; at++) shelf.put({ release: () => void released.push(`file ${at}`) }, 1);
    expect(released).toEqual(Array.from({ length: 10 }, (_, at) => `file ${at}`));
    const few = new Shelf<{ release(): void }>(10);
    for (let at = 0; at < 10; at++) few.put({ release: () => void released.push(`large ${at}`) }, 1_000);
    expect(released.slice(10)).toEqual(['large 0', 'large 1']);
  });
});

describe('a drawn project', () => {
  test('is reached from its scripts, and each script is a program of its own', async () => {
    const files = codeProject(45, 3, 60);
    expect(codeProject(45, 3, 60)).toEqual(files);
    const project = await drawnProject(files);
    expect(project.modules).toHaveLength(45);
    expect(project.modules.flatMap(({ errors }) => errors)).toEqual([]);
    const trains = project.modules.filter(({ code }) => code.path.startsWith('scripts/'));
    for (const script of trains) {
      const program = programOf(script, project);
      expect(program.has(script)).toBe(true);
      expect(program.size).toBeLessThan(45);
      expect(project.callsOf(program)).toEqual(project.calls.filter(({ module }) => program.has(module)));
    }
    const functions = project.modules.flatMap((module) => module.functions);
    expect(functions.filter((fn) => project.isReached(fn)).length).toBeGreaterThan(functions.length / 3);
  });

  test('beyond the nodes that a review holds names each file that is not read', async () => {
    const files = codeProject(20, 1, 60);
    const project = await readProject(scriptedTree({ ...files, 'a_train.py': bareLoop }, { name: 'code' }), {
      signal: new AbortController().signal,
      asset: grammarAsset,
      limits: { ...setupLimits, nodes: 2_000 },
    });
    const left = project.files.skipped.filter(({ reason }) => reason.includes('2000 nodes'));
    expect(left.length).toBeGreaterThan(10);
    expect(project.modules.length + left.length).toBe(21);
    expect(reviewSetup(project).findings.some(({ rule }) => rule === 'E-27')).toBe(true);
  });

  test('beside a data set of small files reads settings up to a bound and names the others', async () => {
    const samples = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`data/${at}.json`, JSON.stringify({ label: 'x'.repeat(500) })]));
    const output = 'y'.repeat(5_000);
    const notebooks = Object.fromEntries(Array.from({ length: 3 }, (_, at) => [`look_${at}.ipynb`, notebookText([{ source: 'x = 1', output }])]));
    const project = await readProject(scriptedTree({ ...samples, ...notebooks, 'train.py': bareLoop }, { name: 'code' }), {
      signal: new AbortController().signal,
      asset: grammarAsset,
      limits: { ...setupLimits, characters: 9_000 },
    });
    expect([...project.notebooks.keys()]).toEqual(['look_0.ipynb', 'look_1.ipynb']);
    expect(project.files.skipped.filter(({ path }) => path.endsWith('.ipynb'))).toEqual([{ path: 'look_2.ipynb', reason: expect.stringContaining('9000') }]);
    expect(project.settings.size + project.files.skipped.filter(({ path }) => path.startsWith('data/')).length).toBe(40);
    expect(project.settings.size).toBe(0);
    expect(reviewSetup(project).findings.some(({ rule }) => rule === 'E-27')).toBe(true);
  });

  test('reviewed in steps says the same, tells how far it is and can be cancelled', async () => {
    const project = await drawnProject({ 'train.py': bareLoop });
    const told: number[] = [];
    const signal = new AbortController().signal;
    const review = await reviewSetupInSteps(project, {}, { signal, progress: (done, all) => void told.push(done / all) });
    expect(review).toEqual(reviewSetup(project));
    expect(told).toEqual([...told].sort((a, b) => a - b));
    // All rules are asked before the coverage is told.
    expect([told[0], told.at(-1)]).toEqual([0, 1]);

    const cancel = new AbortController();
    const stopped: number[] = [];
    const cancelled = reviewSetupInSteps(
      project,
      {},
      {
        signal: cancel.signal,
        progress: (done) => {
          stopped.push(done);
          if (done === 3) cancel.abort(new Error('enough'));
        },
      },
    );
    await expect(cancelled).rejects.toThrow('enough');
    expect(stopped).toEqual([0, 1, 2, 3]);
  });

  test('can be cancelled within a rule, and is left again and again on the way', async () => {
    const project = await drawnProject(codeProject(45, 3, 60));
    const rule = setupRules.find(({ meta }) => meta.id === 'E-23')!;
    let answers = 0;
    const counted = {
      ...rule,
      *check(context: SetupContext) {
        for (const one of rule.check(context)) {
          answers++;
          yield one;
        }
      },
    };
    await reviewSetupInSteps(project, { rules: [counted] }, { signal: new AbortController().signal });
    expect(answers).toBeGreaterThan(project.modules.length);
    const all = answers;
    const cancel = new AbortController();
    answers = 0;
    const stopping = {
      ...rule,
      *check(context: SetupContext) {
        for (const one of rule.check(context)) {
          if (++answers === 40) cancel.abort(new Error('enough'));
          yield one;
        }
      },
    };
    await expect(reviewSetupInSteps(project, { rules: [stopping] }, { signal: cancel.signal })).rejects.toThrow('enough');
    expect(answers).toBe(40);
    expect(all).toBeGreaterThan(40);
  });

  test('stops being read between two files', async () => {
    const cancel = new AbortController();
    const told: number[] = [];
    const read = readProject(scriptedTree(codeProject(20, 1, 40), { name: 'code' }), {
      signal: cancel.signal,
      asset: grammarAsset,
      progress: (done) => {
        told.push(done);
        if (done === 4) cancel.abort(new Error('enough'));
      },
    });
    await expect(read).rejects.toThrow('enough');
    expect(told.length).toBeLessThanOrEqual(6);
  });
});
