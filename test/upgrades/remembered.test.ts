// Workspace files, settings and desks of every version that was ever written are still read: one sample each, kept for good.
//
// A new version needs its own sample: DIPTYCH_WRITE_SAMPLES=1 npx vitest run --project unit test/upgrades/remembered.test.ts
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runId } from '../../src/core/base/units';
import { deskFromText, deskToText, deskVersion } from '../../src/renderer/state/desk';
import { defaultSettings, parseSettings, settingsVersion } from '../../src/renderer/state/settings';
import { addTag, saveFilter, setColour, setDefaultFilter, setLine, setNote, type Workspace } from '../../src/renderer/state/workspace';
import { workspaceFromFile, workspaceToFile } from '../../src/renderer/state/workspace-file';
import { workspaceVersion } from '../../src/renderer/state/workspace-shape';

const folder = 'test/upgrades/samples';
const samples = (kind: string): readonly string[] => readdirSync(folder).filter((name) => new RegExp(`^${kind}-v\\d+\\.json$`).test(name));
const text = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');
const [a, b] = [runId('a'.repeat(20)), runId('b'.repeat(20))];

/** What version 1 could not say. */
const inVersion2 = (workspace: Workspace): Workspace =>
  [
    setLine(a, 'dotted'),
    setColour(b, 'palette:2'),
    setNote(b, '<b>plain</b>'),
    addTag([a, b], 'quality=high'),
    saveFilter({ id: 'f', name: 'Good ones', query: 'tags.good is not null' }),
    setDefaultFilter('f'),
  ].reduce((now, change) => change(now), workspace);

if (process.env.DIPTYCH_WRITE_SAMPLES) {
  test('writes the samples of the current versions', () => {
    const workspace = inVersion2(workspaceFromFile(text('workspace-v1.json')).workspace);
    writeFileSync(`${folder}/workspace-v${workspaceVersion}.json`, workspaceToFile(workspace, new Map([[a, 'First']])));
    writeFileSync(`${folder}/desk-v${deskVersion}.json`, deskToText({ settings: { ...defaultSettings, chosen: { theme: 'dark' } }, workspaces: [workspace] }));
  });
}

test.each([
  ['workspace', workspaceVersion],
  ['settings', settingsVersion],
  ['desk', deskVersion],
])('every version of %s has a sample', (kind, version) => {
  expect(samples(kind)).toEqual(Array.from({ length: version }, (_, at) => `${kind}-v${at + 1}.json`));
});

test.each(samples('workspace'))('%s is read whole', (name) => {
  const { workspace } = workspaceFromFile(text(name));
  expect(workspace).toMatchObject({
    version: workspaceVersion,
    name: 'Seeds of MNIST',
    experiment: 'mnist',
    filter: 'metrics.loss < 0.5',
    grouping: { kind: 'all-but-seed' },
    metrics: { reduction: 'best', reductions: new Map([['loss', 'min']]) },
    baseline: a,
    visible: new Set([a, b]),
    features: { table: { hidden: new Set(['params.lr']), widths: { 'metrics.loss': 120 } }, odd: { set: 5 } },
  });
  expect(workspace.notes.get(a)).toBe('The one to beat.\nSee the log.');
  expect(workspace.labels.get(a)?.[0]).toBe('good');
  // A colour of the palette is its place there, so that it follows the palette; one of the person's own stays.
  expect(workspace.colours.get(a)).toBe('palette:5');
  if (name === 'workspace-v1.json') expect([workspace.colours.get(b), workspace.lines, workspace.filters]).toEqual(['#123456', new Map(), []]);
  else
    expect([workspace.lines.get(a), workspace.filters.length, workspace.defaultFilter, workspace.labels.get(b)]).toEqual(['dotted', 1, 'f', ['quality=high']]);
});

test.each(samples('settings'))('%s is read whole', (name) => {
  const settings = parseSettings(JSON.parse(text(name)));
  expect(settings).toMatchObject({
    version: settingsVersion,
    workspace: 'w',
    tab: 'curves',
    sidebar: 400,
    sidebarOpen: false,
    limits: { depth: 9 },
    mappings: { s1: 'mapping: 1' },
  });
  expect(settings.chosen).toMatchObject({ theme: 'dark', person: 'Ada' });
});

test.each(samples('desk'))('%s is read whole', (name) => {
  const desk = deskFromText(text(name));
  expect(desk.settings.chosen).toEqual({ theme: 'dark' });
  expect(desk.workspaces.map(({ id, lines }) => [id, lines.get(a)])).toEqual([['file', 'dotted']]);
});

test('the newest versions are written as their samples stand', () => {
  const { workspace, names } = workspaceFromFile(text(`workspace-v${workspaceVersion}.json`));
  expect(workspaceToFile(workspace, names)).toBe(text(`workspace-v${workspaceVersion}.json`));
  expect(deskToText(deskFromText(text(`desk-v${deskVersion}.json`)))).toBe(text(`desk-v${deskVersion}.json`));
  expect(existsSync(`${folder}/settings-v${settingsVersion}.json`)).toBe(true);
  expect(parseSettings(JSON.parse(text(`settings-v${settingsVersion}.json`)))).toEqual(JSON.parse(text(`settings-v${settingsVersion}.json`)));
});

test.each([
  ['{', /no JSON/],
  ['{}', /cannot be read/],
  [JSON.stringify({ format: 'diptych-desk', version: 9, settings: {}, workspaces: [] }), /version 9; this Diptych reads up to 1/],
  [JSON.stringify({ format: 'diptych-desk', version: 1, settings: {}, workspaces: [{ id: 'x', file: '{}' }] }), /no workspace/],
])('the desk %s is refused in words', (desk, message) => expect(() => deskFromText(desk)).toThrow(message));
