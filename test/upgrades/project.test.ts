// Project files of every version that was ever written are still read: one sample each, kept for good.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectVersion } from '../../src/core/project/project';
import { parseProject, projectText } from '../../src/core/project/project-file';

const folder = 'test/upgrades/samples';
const samples = readdirSync(folder).filter((name) => /^project-v\d+\.json$/.test(name));

test('every version has a sample', () => {
  expect(samples.length).toBe(projectVersion);
});

test.each(samples)('%s is read whole', (name) => {
  const { project, issues } = parseProject(readFileSync(`${folder}/${name}`, 'utf8'));
  expect(issues).toEqual([]);
  expect(project).toMatchObject({
    roles: [
      { metric: 'score', role: 'accuracy', split: 'val', direction: 'max', unit: 'percent' },
      { metric: 'val/energy', role: null, split: null, direction: 'min', unit: null },
    ],
    contract: { metric: 'val/acc', direction: 'max', split: 'val', params: { 'data.rows': 1797 }, datasetDigest: '1f2e3d4c', lastStep: 100, seeds: 3 },
    requiredTags: ['task', 'owner'],
    modes: { 'G-04': 'gate', 'G-11': 'observe' },
    limits: { fileBytes: 1_000_000, pointsPerSeries: 50_000 },
    waivers: [
      { rule: 'G-03', run: null, untilMs: null },
      { rule: 'R19', run: 'aaaaaaaaaaaaaaaaaaaa', untilMs: Date.UTC(2027, 0, 1) },
    ],
    attestations: [
      { item: 'R06', run: null, by: 'Ada', atMs: Date.UTC(2026, 10, 25) },
      { item: 'R06', run: 'aaaaaaaaaaaaaaaaaaaa', atMs: Date.UTC(2026, 10, 25, 10, 30) },
    ],
  });
});

test('the newest version is written as its sample stands', () => {
  const text = readFileSync(`${folder}/project-v${projectVersion}.json`, 'utf8');
  const { project } = parseProject(text);
  expect(project && projectText(project)).toBe(text);
});
