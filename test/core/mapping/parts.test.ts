// The small parts of a mapping: globs, templates of paths, pairs of names and numbers, what a screen shows, patterns that cannot explode.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { globTest, nameTest } from '../../../src/core/mapping/globs';
import { LineReader } from '../../../src/core/mapping/lines';
import { plainMapping, plainRule, stepOf } from '../../../src/core/mapping/mapping';
import { pairsOf } from '../../../src/core/mapping/pairs';
import { fillTemplate, readPath, templateProblem } from '../../../src/core/mapping/path-template';
import { compilePattern } from '../../../src/core/mapping/pattern';
import { propose } from '../../../src/core/mapping/propose';
import { screenTexts } from '../../../src/core/mapping/screen';

describe('globs', () => {
  test.each([
    ['*.log', 'a.log', true],
    ['*.log', 'a/b.log', false],
    ['**/*.log', 'b.log', true],
    ['**/*.log', 'a/c/b.log', true],
    ['runs/*/log.txt', 'runs/x/log.txt', true],
    ['runs/*/log.txt', 'runs/x/y/log.txt', false],
    ['runs/**', 'runs/x/y', true],
    ['runs/**/z/*', 'runs/a/z/z/q', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*.{log,txt}', 'x.txt', true],
    ['*.{log,txt}', 'x.csv', false],
    ['./a.log', 'a.log', true],
    ['[a].log', '[a].log', true],
  ])('%s and %s', (glob, path, fits) => {
    expect(globTest(glob)(path)).toBe(fits);
  });

  test('a glob of stars does not explode', () => {
    expect(globTest(`${'*a'.repeat(200)}b`)('a'.repeat(4000))).toBe(false);
    expect(globTest(`${'**/'.repeat(100)}b`)('a/'.repeat(500))).toBe(false);
  });

  test('names of columns are matched whole, slashes and all', () => {
    expect(['val/loss', 'val/acc', 'train/loss'].filter(nameTest(['val/*']))).toEqual(['val/loss', 'val/acc']);
    expect(nameTest(['loss'])('val/loss')).toBe(false);
  });
});

describe('templates', () => {
  test.each([
    ['{model}-lr{lr}/log.txt', 'runs/gpt-lr0.1/log.txt', { model: 'gpt', lr: 0.1 }],
    ['{model}-lr{lr}/log.txt', 'gpt-lr1e-3/log.txt', { model: 'gpt', lr: 0.001 }],
    ['seed{seed}.csv', 'seed007.csv', { seed: '007' }],
    ['{a}_{b}_{c}', 'x_y_z_w', { a: 'x', b: 'y', c: 'z_w' }],
    ['{model}/log.txt', 'log.txt', null],
    ['{model}-lr{lr}/log.txt', 'gpt/log.txt', null],
    ['a{b}', 'a', null],
  ])('%s reads %s', (template, path, values) => {
    expect(readPath(template, path)).toEqual(values);
  });

  test('are filled, or not at all', () => {
    expect(fillTemplate('{a} at {b}', { a: 1, b: 'x' })).toBe('1 at x');
    expect(fillTemplate('{a} at {c}', { a: 1 })).toBeNull();
  });

  test('what cannot be read is told', () => {
    expect(['{a}{b}', '{a', 'log.txt', '{a}-{b}'].map((one) => templateProblem(one) === null)).toEqual([false, false, false, true]);
  });
});

describe('pairs', () => {
  test.each([
    ['loss: 0.41 - acc: 0.9', { loss: '0.41', acc: '0.9' }],
    ['step=3, lr=1e-3', { step: '3', lr: '1e-3' }],
    ['epoch 3 | loss 0.41 | val acc 0.9', { epoch: '3', loss: '0.41', 'val acc': '0.9' }],
    ["{'loss': 2.1, 'learning_rate': 1e-05, 'epoch': 0.3}", { loss: '2.1', learning_rate: '1e-05', epoch: '0.3' }],
    ['{"train_loss": "9.5", "ppl": "nan"}', { train_loss: '9.5', ppl: 'nan' }],
    ['Epoch: 3/10 Average loss : -inf', { Epoch: '3', 'Average loss': '-inf' }],
    ['time 52.10ms, mfu 12.30%', { time: '52.10', mfu: '12.30' }],
    ['Time  0.500 ( 0.450)\tAcc@1   1.25 (  1.00)', { Time: '0.500', 'Acc@1': '1.25' }],
    ['2024-01-02 03:04:05,678 - INFO - loss: 0.5', { loss: '0.5' }],
    ['[INFO] epoch 3 loss 0.4', { epoch: '3', loss: '0.4' }],
    ['see https://example.org:8080/x for more', {}],
    ['step 250: train loss 2.5', { step: '250', 'train loss': '2.5' }],
    ['-----', {}],
  ])('%s', (line, pairs) => {
    expect(Object.fromEntries(pairsOf(line))).toEqual(pairs);
  });

  test('whatever the line, values are what stood in it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (line) => {
        for (const [name, text] of pairsOf(line)) expect(name !== '' && line.includes(text)).toBe(true);
      }),
    );
  });
});

test('a screen shows what was written last, without colours', () => {
  const line = '\u001b[1m1/2\u001b[0m loss: 2\b\b\b\b\r\u001b[1m2/2\u001b[0m loss: 1\r';
  expect(screenTexts(line, 'last')).toEqual(['2/2 loss: 1']);
  expect(screenTexts(line, 'all')).toEqual(['1/2 loss: 2', '2/2 loss: 1']);
  expect(screenTexts('\u001b]0;title\u0007plain', 'last')).toEqual(['plain']);
});

describe('patterns', () => {
  test('exploding ones take linear time', () => {
    const evil = ['^(a+)+$', '^(a|aa)+$', '(.*a){20}$', '^(?<x>(a*)*)b$'];
    for (const source of evil) {
      const pattern = compilePattern(source);
      expect(typeof pattern).toBe('object');
      if (typeof pattern !== 'string') expect(pattern.exec(`${'a'.repeat(4000)}!`)).toBeNull();
    }
  });

  test('what the engine lacks, and what is too large, is told in a sentence', () => {
    expect(compilePattern('(?=a)b')).toMatch(/cannot be read/);
    expect(compilePattern('(a)\\1')).toMatch(/cannot be read/);
    expect(compilePattern('((a{100}){100}){100}')).toMatch(/pattern/);
    expect(compilePattern('a{900}b{900}c{900}d{900}e{900}')).toMatch(/repeats too much/);
    expect(compilePattern('x'.repeat(3000))).toMatch(/longer than/);
  });

  test('groups come by name, those that took no part do not', () => {
    const pattern = compilePattern('a(?<x>\\d)?(?<y>.)');
    expect(typeof pattern !== 'string' && [...(pattern.exec('ab') ?? [])]).toEqual([['y', 'b']]);
  });
});

describe('lines', () => {
  const mapping = {
    ...plainMapping,
    step: stepOf('epoch'),
    lines: [
      { ...plainRule, pattern: '^Epoch (?<epoch>\\d+)$', carry: ['epoch'] },
      { ...plainRule, pattern: '^(?<_at>\\d+)/(?<_of>\\d+) (?<loss>\\S+)$', equal: ['_at', '_of'] as const },
      { ...plainRule, pattern: '^#', to: 'nothing' as const },
    ],
  };

  test('an epoch of a line of its own stays known', () => {
    const reader = new LineReader(mapping);
    expect(reader.read('Epoch 3')?.kind).toBe('row');
    expect(reader.carried.get('epoch')).toBe('3');
  });

  test('progress and what is passed over is known, and gives nothing', () => {
    const reader = new LineReader(mapping);
    expect(['1/2 0.5', '# remark', 'hm', '2/2 0.4'].map((line) => reader.read(line)?.kind ?? null)).toEqual(['quiet', 'quiet', null, 'row']);
  });

  test('a remark with a colon is no point where there is no step', () => {
    const reader = new LineReader({ step: stepOf('step'), lines: [{ ...plainRule, pairs: true }] });
    expect(['workers: 8', 'step 3 loss 0.1', 'step: 4'].map((line) => reader.read(line)?.kind ?? null)).toEqual([null, 'row', null]);
  });
});

describe('proposals', () => {
  const guess = { id: 'a', title: 'A', score: 0.9, mapping: { ...plainMapping, label: 'A' } };
  const globs = (paths: readonly string[], others: readonly string[]) =>
    propose(
      paths.map((path) => ({ path, guesses: [guess] })),
      others,
    ).mappings[0]?.files;

  test('name files by the shortest globs that mean no other file', () => {
    expect(globs(['a/log.txt', 'b/log.txt'], ['a/x.txt'])).toEqual(['**/log.txt']);
    expect(globs(['a.log', 'b.log', 'c.log', 'd.log'], ['x.txt'])).toEqual(['*.log']);
    expect(globs(['a/1.log', 'a/2.log', 'a/3.log', 'a/4.log'], ['b/1.log'])).toEqual(['a/*.log']);
    expect(globs(['1.log', '2.log', '3.log', '4.log'], ['5.log'])).toEqual(['1.log', '2.log', '3.log', '4.log']);
  });

  test('leave alone what looks like nothing', () => {
    expect(
      propose(
        [
          { path: 'a', guesses: [] },
          { path: 'b', guesses: [{ ...guess, score: 0.1 }] },
        ],
        [],
      ),
    ).toEqual({ mappings: [] });
  });
});
