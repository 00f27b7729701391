// What a person says of runs: found by queries, shown in columns, printed as their own words, carried by bundles; never in the tracker's place.
import { expect, test } from 'vitest';
import { allTags, tagPair } from '../../../src/core/model/own-words';
import type { Run } from '../../../src/core/model/run';
import { buildReport } from '../../../src/core/report/build';
import { scriptedTree } from '../../../src/core/source/scripted';
import { writeBundle } from '../../../src/core/store/bundle';
import { sameContents } from '../../../src/core/store/same';
import { compileQuery } from '../../../src/core/view/query';
import { defaultMetricChoices, listRuns } from '../../../src/core/view/run-list';
import { runStyle } from '../../../src/core/view/run-style';
import { columnsOf } from '../../../src/core/view/table-columns';
import { readTree } from '../../support/read';
import { readRunFromText, runFromText } from '../../support/run-from-text';

const drawn = (id: string, tags: Run['tags'] = {}, own?: Run['own']): Run => ({
  ...runFromText('step loss\n0 1\n1 0.5', { id, name: id, tags }),
  ...(own ? { own } : {}),
});
const spoken = drawn('spoken', { kind: 'sweep', good: 'as logged' }, { note: 'Look <i>here</i>', tags: ['good', 'quality=high=er', 'kind=mine', '=odd'] });
const silent = drawn('silent', { kind: 'sweep' });

const found = (query: string): readonly string[] => {
  const compiled = compileQuery(query);
  if (!compiled.ok) throw new Error(compiled.message);
  return [spoken, silent].filter((run) => compiled.test(run)).map(({ id }) => id);
};

test('a tag is a name, or a name with a value', () => {
  expect(['a', 'a=b', 'a = b=c', '=x', 'a='].map(tagPair)).toEqual([
    ['a', true],
    ['a', 'b'],
    ['a', 'b=c'],
    ['=x', true],
    ['a', ''],
  ]);
});

test('the tracker’s tag stands where both have one of a name', () => {
  expect(allTags(spoken)).toEqual({ kind: 'sweep', good: 'as logged', quality: 'high=er', '=odd': true });
  expect(allTags(silent)).toBe(silent.tags);
});

test.each([
  ['note ~ /here/', ['spoken']],
  ['note is null', ['silent']],
  ['tags.quality = "high=er"', ['spoken']],
  ['tags.kind = "mine"', []],
  ['tags.kind = "sweep"', ['spoken', 'silent']],
  ['tags.good = "as logged"', ['spoken']],
  ['my_tags like "%quality%"', ['spoken']],
  ['notes is null', ['spoken', 'silent']],
])('%s', (query, ids) => expect(found(query)).toEqual(ids));

test('columns and search know them', () => {
  const ids = columnsOf([spoken, silent], defaultMetricChoices).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['attributes.note', 'attributes.my_tags', 'tags.quality']));
  expect(columnsOf([silent], defaultMetricChoices).map(({ id }) => id)).not.toContain('attributes.note');
  const options = {
    search: 'quality',
    filter: '',
    deleted: false,
    grouping: { kind: 'none' },
    sort: [],
    metrics: defaultMetricChoices,
    unfolded: new Set<string>(),
  } as const;
  expect(listRuns([spoken, silent], options).runs.map(({ id }) => id)).toEqual(['spoken']);
});

test('a report prints them as the author’s, and nothing where nothing was said', () => {
  const tables = (runs: readonly Run[]) =>
    buildReport({
      runs,
      charts: [],
      chartsLeftOut: 0,
      styles: new Map(runs.map((run, slot) => [run.id, runStyle(slot)])),
      createdMs: 0,
      generator: 'test',
      sections: ['runs'],
    }).sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'table' && block.id === 'own-words' ? [JSON.stringify(block)] : [])));
  const [table] = tables([spoken, silent]);
  expect(table).toContain('Look <i>here</i>');
  expect(table).toContain('quality=high=er');
  expect(tables([silent])).toEqual([]);
});

test('a bundle carries them, and a run is the same with or without', async () => {
  const read = readRunFromText('step loss\n0 1', { id: 'a'.repeat(20) });
  const own = { note: 'kept', tags: ['x', 'y=1'] };
  const chunks: Uint8Array[] = [];
  await writeBundle(
    [{ ...read, run: { ...read.run, own } }],
    async (chunk) => void chunks.push(chunk.slice()),
    new AbortController().signal,
    new Map([['more.json', new TextEncoder().encode('{}')]]),
  );
  const { runs, issues } = await readTree(scriptedTree({ 'b.zip': Uint8Array.from(chunks.flatMap((chunk) => [...chunk])) }, { named: 'b.zip' }));
  expect(issues).toEqual([]);
  expect(runs.map(({ run }) => run.own)).toEqual([own]);
  expect(sameContents({ ...read.run, own }, read.run)).toBe(true);
});
