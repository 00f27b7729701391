// The query language: what it finds, what it refuses and where it points.
import { describe, expect, test } from 'vitest';
import { andCondition, compileQuery, conditionText } from '../../../src/core/view/query';
import { completeQuery } from '../../../src/core/view/query-complete';
import { runFromText } from '../../support/run-from-text';

const loss = (id: string, last: number, extra: Parameters<typeof runFromText>[1] = {}) => runFromText(`step val/loss\n0 1.0\n10 ${last}`, { id, ...extra });
const runs = [
  loss('a', 0.1, {
    name: 'resnet-50',
    params: { optimizer: 'adamw', lr: '0.02', 'opt.betas': [0.9, 0.99], deep: true },
    tags: { kind: 'a' },
    status: 'finished',
  }),
  loss('b', 0.3, { name: 'vit-b', params: { optimizer: 'sgd', lr: 0.1 }, tags: { kind: 'b', 'my note': 'x "y"' }, status: 'failed' }),
  loss('c', Number.NaN, { name: 'resnet-18', params: { optimizer: 'sgd', lr: Number.NaN }, tags: {}, status: 'killed' }),
];

const found = (query: string): string => {
  const compiled = compileQuery(query);
  if (!compiled.ok) throw new Error(`${compiled.message} [${compiled.from}, ${compiled.to})`);
  return runs
    .filter(compiled.test)
    .map((run) => run.name?.at(0) + String(run.name?.at(-1)))
    .join(' ');
};

describe('finds', () => {
  test.each([
    ['', 'r0 vb r8'],
    ['metrics.val/loss < 0.2', 'r0'],
    ['metrics.`val/loss` < 0.2', 'r0'],
    ['metrics."val/loss" < 0.2', 'r0'],
    ['metric.val/loss >= 0.3', 'vb'],
    ['metrics.val/loss = nan', 'r8'],
    ['min(metrics.val/loss) < 0.2', 'r0'],
    ['max(metrics.val/loss) = 1', 'r0 vb r8'],
    ['best(metrics.val/loss) = 1', 'r8'],
    ['params.optimizer = "sgd"', 'vb r8'],
    ["params.optimizer = 'sgd' and metrics.val/loss < 1", 'vb'],
    ['params.lr = 0.02', 'r0'],
    ['params.lr = "0.02"', 'r0'],
    ['params.lr > 0.01', 'r0 vb'],
    ['params.lr != 0.02', 'vb r8'],
    ['params.deep = true', 'r0'],
    ['params.deep = "True"', 'r0'],
    ['tags.kind in ("a", "b")', 'r0 vb'],
    ['tags.kind not in ("a")', 'vb'],
    ['tags.kind is null', 'r8'],
    ['tags.kind is not null', 'r0 vb'],
    ['tags.kind != "a"', 'vb'],
    ['not tags.kind = "a"', 'vb r8'],
    ['tags.`my note` = "x ""y"""', 'vb'],
    ["tags.'my note' like 'x%'", 'vb'],
    ['name ~ /resnet/', 'r0 r8'],
    ['name ~ /RESNET/i', 'r0 r8'],
    ['name !~ /resnet/', 'vb'],
    ['name ilike "RES%"', 'r0 r8'],
    ['name like "res%"', 'r0 r8'],
    ['name like "RES%"', ''],
    ['name like "r_snet-18"', 'r8'],
    ["attributes.status = 'FINISHED'", 'r0'],
    ["attr.`run_name` = 'vit-b'", 'vb'],
    ['status = failed or status = killed', 'vb r8'],
    ['(status = failed or status = killed) and params.lr = 0.1', 'vb'],
    ['STATUS = failed', 'vb'],
    ['metrics.val/loss < 0.2 and (params.optimizer = "adamw" or tags.kind in ("a","b")) and name ~ /resnet/', 'r0'],
    ['issues = 0', 'r0 vb r8'],
  ])('%s', (query, expected) => expect(found(query)).toBe(expected));
});

describe('refuses and points at the place', () => {
  test.each([
    ['metrics.val/loss <', 18, /value is expected/],
    ['metrics.val/loss < 0.2 and', 26, /field is expected/],
    ['foo = 1', 0, /no field ‘foo’/],
    ['(name = "a"', 11, /closing bracket/],
    ['name = "a', 7, /no closing "/],
    ['name ~ /(/', 7, /not a pattern/],
    ['name = "a" name = "b"', 11, /and/],
    ['name & "a"', 5, /means nothing/],
    ['metrics. < 1', 0, /name is missing/],
    ['tags.kind in ()', 14, /value here/],
    ['tags.kind is 3', 13, /null/],
    [`${'('.repeat(500)}name = a`, 100, /nested too deeply/],
  ])('%s', (query, from, message) => {
    const compiled = compileQuery(query);
    expect(compiled).toMatchObject({ ok: false, from });
    expect(compiled.ok ? '' : compiled.message).toMatch(message);
  });
});

test('direction set by the user decides what best is', () => {
  const directions = new Map([['val/loss', 'max' as const]]);
  const compiled = compileQuery('best(metrics.val/loss) = 1', { directions });
  expect(compiled.ok && runs.filter(compiled.test).length).toBe(3);
});

test('a clicked value becomes a condition that finds its run again', () => {
  for (const run of runs)
    for (const [name, value] of Object.entries({ ...run.params, ...run.tags })) {
      const kind = Object.hasOwn(run.params, name) ? ('params' as const) : ('tags' as const);
      const compiled = compileQuery(conditionText({ kind, name }, value));
      expect(compiled.ok && compiled.test(run), `${name} ${String(value)}`).toBe(true);
    }
  expect(andCondition('name = a or name = b', 'status = failed')).toBe('(name = a or name = b) and status = failed');
});

describe('completes', () => {
  const vocabulary = {
    fields: ['params.lr', 'params.learning rate', 'metrics.val/loss', 'attributes.name'],
    values: (field: string) => (field === 'attributes.status' ? ['finished', 'failed'] : []),
  };
  const complete = (text: string) => completeQuery(text, text.length, vocabulary);

  test('fields by any part of their name, quoted where they need it', () => {
    expect(complete('par').suggestions.map(({ text }) => text)).toEqual(['parent', 'params.lr', 'params.`learning rate`']);
    expect(complete('name = a and met').suggestions).toEqual([{ text: 'metrics.val/loss', note: 'metric' }]);
    expect(complete('name = a and met')).toMatchObject({ from: 13, to: 16 });
  });
  test('comparisons after a field, values after a comparison, then joins', () => {
    expect(complete('params.lr ').suggestions.map(({ text }) => text)).toContain('<=');
    expect(complete('status = ').suggestions.map(({ text }) => text)).toEqual(['"finished"', '"failed"']);
    expect(complete('status = "fa').suggestions.map(({ text }) => text)).toEqual(['"failed"']);
    expect(complete('status in ("finished", ').suggestions.map(({ text }) => text)).toEqual(['"finished"', '"failed"']);
    expect(complete('status = "failed" ').suggestions.map(({ text }) => text)).toEqual(['and', 'or']);
  });
  test('never throws, whatever is typed', () => {
    for (const text of ['"', '`', "metrics.'", 'a ~ /', '(((', ')', 'in (', '&&&', 'name = "a\\']) expect(() => complete(text)).not.toThrow();
  });
});
