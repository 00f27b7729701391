// What people state in the app: read back whole or not at all, the later word of one person in place of the earlier.
import { expect, test } from 'vitest';
import { emptyProject } from '../../../src/core/project/project';
import { attest, parseProjectSlice, waive, withdrawAttestation, withdrawWaiver } from '../../../src/renderer/state/project';

const word = { item: 'R06', run: 'a', by: 'Kim', note: 'one', atMs: 1 };
const aside = { rule: 'R11', run: null, reason: 'why', untilMs: null };

test('what was stored comes back as the same object, what is damaged as an empty project', () => {
  const project = waive(aside)(attest(word)(emptyProject));
  expect(parseProjectSlice(project)).toBe(project);
  expect(parseProjectSlice(undefined)).toBe(emptyProject);
  for (const damage of [
    7,
    [],
    { ...project, attestations: [{ ...word, atMs: Number.NaN }] },
    { ...project, attestations: [{ ...word, by: 3 }] },
    { ...project, waivers: [{ ...aside, untilMs: 'soon' }] },
    { ...project, waivers: {} },
    { attestations: [], waivers: [] },
  ])
    expect(parseProjectSlice(damage)).toBe(emptyProject);
});

test('one person has one word on an item of a run; others keep theirs', () => {
  const project = [word, { ...word, note: 'two', atMs: 2 }, { ...word, by: 'Lee' }, { ...word, run: null }].reduce(
    (now, one) => attest(one)(now),
    emptyProject,
  );
  expect(project.attestations.map(({ by, run, note }) => [by, run, note])).toEqual([
    ['Kim', 'a', 'two'],
    ['Lee', 'a', 'one'],
    ['Kim', null, 'one'],
  ]);
  expect(withdrawAttestation(word)(project).attestations).toHaveLength(2);
});

test('a waiver is changed in its place and taken back', () => {
  const project = waive({ ...aside, reason: 'better' })(waive(aside)(emptyProject));
  expect(project.waivers).toEqual([{ ...aside, reason: 'better' }]);
  expect(withdrawWaiver(aside)(project)).toEqual(emptyProject);
});
