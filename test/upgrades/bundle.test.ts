// Bundles of every version that was ever written still open: one sample each, kept for good.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scriptedTree } from '../../src/core/source/scripted';
import { bundleVersion } from '../../src/core/store/bundle-format';
import { readTree } from '../support/read';

const folder = 'test/upgrades/samples';
const samples = readdirSync(folder).filter((name) => /^bundle-v\d+\.zip$/.test(name));

test('every version has a sample', () => {
  expect(samples.length).toBe(bundleVersion);
});

test.each(samples)('%s opens with what it held', async (name) => {
  const bundle = new Uint8Array(readFileSync(`${folder}/${name}`));
  const { runs, issues } = await readTree(scriptedTree({ [name]: bundle }, { named: name }));
  const seen = runs.map(({ run }) => ({
    id: run.id,
    format: run.format,
    name: run.name,
    params: Object.keys(run.params).length,
    series: run.series.map((series) => [series.name, series.count, series.valuesDigest]),
  }));
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  const held = JSON.parse(readFileSync(`${folder}/${name.replace('.zip', '.json')}`, 'utf8')) as typeof seen;
  expect(seen.sort(byId)).toEqual(held.sort(byId));
  expect(issues).toEqual([]);
});
