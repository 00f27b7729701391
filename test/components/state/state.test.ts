// Stores of the page and the pure changes to them.
import { describe, expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import { setting as theme } from '../../../src/renderer/settings/items/theme';
import { settingValue } from '../../../src/renderer/settings/setting';
import { amend, historyOf, record, redo, undo } from '../../../src/renderer/state/history';
import { createIdle } from '../../../src/renderer/state/idle';
import { createLibraryStore, withoutRuns, withRuns } from '../../../src/renderer/state/library';
import { createNavigation } from '../../../src/renderer/state/navigation';
import { formatRoute, parseRoute } from '../../../src/renderer/state/route';
import { choose, defaultSettings, parseSettings } from '../../../src/renderer/state/settings';
import { createToasts } from '../../../src/renderer/state/toasts';
import {
  addTag,
  admitRuns,
  adoptWords,
  deleteFilter,
  emptyWorkspace,
  parseWorkspace,
  removeTag,
  replaceRun,
  saveFilter,
  setChecked,
  setDefaultFilter,
  setNote,
  setVisible,
  showOnly,
  styleOf,
  toggleBaseline,
  visibleAtFirst,
  withDefaultFilter,
} from '../../../src/renderer/state/workspace';
import { workspaceFromFile, workspaceToFile } from '../../../src/renderer/state/workspace-file';
import { createWorkspaceStore } from '../../../src/renderer/state/workspace-store';
import { type ChannelLike, joinTabs } from '../../../src/renderer/storage/tabs';
import { runFromText } from '../../support/run-from-text';

const ids = (count: number) => Array.from({ length: count }, (_, at) => runId(`r${at}`));

describe('history', () => {
  test('steps back and forth, and a new change forgets what was undone', () => {
    let history = historyOf(0);
    for (const value of [1, 2, 3]) history = record(history, value, `to ${value}`, value * 10_000);
    history = undo(undo(history));
    expect([history.now, history.future.map((step) => step.label)]).toEqual([1, ['to 2', 'to 3']]);
    expect(redo(history).now).toBe(2);
    expect(record(history, 9, 'other', 50_000).future).toEqual([]);
    expect(undo(undo(undo(history))).now).toBe(0);
  });

  test('typing is one step while it goes on, and another after a rest', () => {
    let history = historyOf('');
    for (const [text, at] of [
      ['a', 0],
      ['ab', 300],
      ['abc', 600],
      ['abcd', 5000],
    ] as const)
      history = record(history, text, 'search', at, 'search');
    expect(history.past).toHaveLength(2);
    expect(undo(history).now).toBe('abc');
  });

  test('what came from outside is no step, and nothing is nothing', () => {
    const history = record(historyOf(1), 2, 'two', 0);
    expect(amend(history, 5)).toMatchObject({ now: 5, past: [{ state: 1 }] });
    expect(record(history, 2, 'same', 1)).toBe(history);
  });
});

describe('workspace', () => {
  test('new runs get looks that stay, and the first of them are drawn', () => {
    const many = ids(visibleAtFirst + 5);
    const workspace = admitRuns(many)(emptyWorkspace());
    expect(workspace.visible.size).toBe(visibleAtFirst);
    expect(workspace.slots.get(runId('r7'))).toBe(7);
    expect(admitRuns(many)(workspace)).toBe(workspace);
    const hidden = showOnly([])(workspace);
    expect(admitRuns([...many, runId('new')])(hidden).visible).toEqual(new Set([runId('new')]));
    expect(styleOf({ ...workspace, palette: 'standard' }, runId('r0'))).toEqual(
      styleOf({ ...admitRuns([runId('new')])(workspace), palette: 'standard' }, runId('r0')),
    );
  });

  test('a change that changes nothing is the same object: no undo step', () => {
    const workspace = emptyWorkspace();
    expect(setVisible([runId('a')], false)(workspace)).toBe(workspace);
    expect(setChecked([], true)(workspace)).toBe(workspace);
  });

  test('the baseline again takes it away; an empty note is none', () => {
    const [a] = ids(1) as [ReturnType<typeof runId>];
    expect(toggleBaseline(a)(toggleBaseline(a)(emptyWorkspace())).baseline).toBeNull();
    expect(setNote(a, '  ')(setNote(a, 'x')(emptyWorkspace())).notes.size).toBe(0);
  });

  test('what was stored by another version is filled up, what is damaged is as new', () => {
    const { metrics: _metrics, ...older } = { ...emptyWorkspace('w', 'Mine'), baseline: runId('a'), visible: ['not a set'] };
    expect(parseWorkspace(older)).toEqual({ ...emptyWorkspace('w', 'Mine'), baseline: 'a' });
    expect(parseWorkspace(null)).toEqual(emptyWorkspace());
  });

  test('undo leaves what came meanwhile: a run that was imported keeps its look', () => {
    const store = createWorkspaceStore(() => 0);
    const { change, undo: back, redo: again } = store.getState();
    change('filter', (now) => ({ ...now, filter: 'x' }));
    change('import', admitRuns(ids(3)), { undoable: false });
    back();
    expect(store.getState().history.now).toMatchObject({
      filter: '',
      slots: new Map([
        ['r0', 0],
        ['r1', 1],
        ['r2', 2],
      ]),
    });
    again();
    expect(store.getState().history.now).toMatchObject({ filter: 'x', visible: new Set(['r0', 'r1', 'r2']) });
  });

  test('undo takes back arrangement, but no checks', () => {
    const store = createWorkspaceStore(() => 0);
    const { change, undo: back } = store.getState();
    change('hide', setVisible([runId('a')], true));
    change('check', setChecked([runId('a')], true), { undoable: false });
    back();
    expect(store.getState().history.now.visible.size).toBe(0);
    expect(store.getState().history.past).toEqual([]);
  });
});

describe('a workspace as a file', () => {
  const whole = {
    ...emptyWorkspace('w', 'Mine'),
    visible: new Set(ids(2)),
    slots: new Map([[runId('r0'), 4]]),
    features: { table: { hidden: new Set(['params.lr']), widths: { map: [1] } }, odd: { set: 5 }, curves: { smoothing: Number.NaN } },
  };

  test('comes back as it was, but for its id', () => {
    expect(workspaceFromFile(workspaceToFile(whole, new Map([[runId('r0'), 'First']])))).toEqual({
      workspace: { ...whole, id: 'file' },
      names: new Map([['r0', 'First']]),
    });
  });

  const changed = (change: (file: { version: number; workspace: Record<string, unknown> }) => void): string => {
    const file = JSON.parse(workspaceToFile(whole));
    change(file);
    return JSON.stringify(file);
  };

  test.each([
    ['{', /not JSON/],
    [`${'['.repeat(100_000)}`, /not JSON/],
    ['{}', /no workspace of Diptych/],
    ['[1]', /no workspace of Diptych/],
    ['{"format":"diptych-workspace","version":99}', /version 99; this Diptych reads up to 2/],
    ['{"format":"diptych-workspace","version":0,"workspace":{}}', /no workspace of Diptych/],
    ['{"format":"diptych-workspace","version":2,"workspace":[]}', /damaged/],
    [changed(({ workspace }) => Object.assign(workspace, { slots: { map: [['a', -1]] } })), /damaged at slots/],
    [changed(({ workspace }) => Object.assign(workspace, { notes: { map: [['a', 'x'.repeat(100_001)]] } })), /damaged at notes/],
    [changed(({ workspace }) => Object.assign(workspace, { colours: { map: [['a', 'url(https://example.org)']] } })), /damaged at colours/],
    [changed(({ workspace }) => Object.assign(workspace, { labels: { map: [['a', [1]]] } })), /damaged at labels/],
    [changed(({ workspace }) => delete workspace.filter), /damaged at filter/],
    [changed(({ workspace }) => Object.assign(workspace, { features: [] })), /damaged at features/],
  ])('%.80s is refused in words', (text, message) => expect(() => workspaceFromFile(text)).toThrow(message));

  test('hostile keys stay data', () => {
    const text = workspaceToFile(whole).replace('"odd":{"object"', '"__proto__":{"polluted":1},"odd":{"object"');
    expect(text).toContain('__proto__');
    const { features } = workspaceFromFile(text).workspace;
    expect(Object.getPrototypeOf(features)).toBe(Object.prototype);
    expect(Object.keys(features)).toContain('__proto__');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('own words', () => {
  const [a, b] = ids(2) as [ReturnType<typeof runId>, ReturnType<typeof runId>];

  test('a tag is added to many, stays once, and is taken away again', () => {
    const tagged = addTag([a, b], ' good ')(addTag([a], 'good')(emptyWorkspace()));
    expect(tagged.labels).toEqual(
      new Map([
        [a, ['good']],
        [b, ['good']],
      ]),
    );
    expect(addTag([a, b], 'good')(tagged)).toBe(tagged);
    expect(removeTag([a, b], 'good')(tagged).labels.size).toBe(0);
    expect(addTag([a], '  ')(tagged)).toBe(tagged);
  });

  test('what comes along in a bundle never takes the place of what is here', () => {
    const here = setNote(a, 'mine')(emptyWorkspace());
    const come = adoptWords(
      new Map([
        [a, { note: 'theirs', tags: ['x'] }],
        [b, { note: null, tags: ['y'] }],
      ]),
    )(here);
    expect([come.notes, come.labels]).toEqual([new Map([[a, 'mine']]), new Map([[b, ['y']]])]);
  });

  test('a run that is read again keeps them, and one that takes its place gets them', () => {
    const noted = addTag([a], 'x')(setNote(a, 'mine')(emptyWorkspace()));
    expect(admitRuns([a])(noted).notes).toBe(noted.notes);
    expect(replaceRun(a, b)(noted)).toMatchObject({ notes: new Map([[b, 'mine']]), labels: new Map([[b, ['x']]]) });
  });
});

describe('saved filters', () => {
  const filter = { id: 'f', name: 'Good', query: 'tags.good = "true"' };

  test('the default holds when the workspace is opened, and goes with its filter', () => {
    const saved = setDefaultFilter('f')(saveFilter(filter)(emptyWorkspace()));
    expect(withDefaultFilter(saved).filter).toBe(filter.query);
    expect(withDefaultFilter(emptyWorkspace()).filter).toBe('');
    expect(deleteFilter('f')(saved)).toMatchObject({ filters: [], defaultFilter: null });
    expect(saveFilter({ ...filter, name: 'Better' })(saved).filters).toEqual([{ ...filter, name: 'Better' }]);
  });
});

test('tabs tell each other which runs changed, and take nothing else for it', () => {
  const sent: unknown[] = [];
  const channel: ChannelLike = { postMessage: (message) => void sent.push(message), onmessage: null };
  const heard: unknown[] = [];
  const tabs = joinTabs(channel);
  tabs.onChanged((changed) => heard.push(changed));
  tabs.changed([runId('a')]);
  tabs.changed([]);
  const saved: unknown[] = [];
  tabs.onSaved((what) => saved.push(what));
  tabs.saved({ kind: 'workspace', id: 'w' });
  for (const data of [{ kind: 'settings' }, { kind: 'workspace' }, { kind: 'workspace', id: 'v', more: 1 }, { kind: 'other' }]) {
    channel.onmessage?.({ data } as MessageEvent<unknown>);
  }
  expect(saved).toEqual([{ kind: 'settings' }, { kind: 'workspace', id: 'v' }]);
  for (const data of [['b'], 'x', [1], null]) channel.onmessage?.({ data } as MessageEvent<unknown>);
  expect([sent, heard]).toEqual([[['a'], { kind: 'workspace', id: 'w' }], [['b']]]);
});

test('a run that is read again keeps its place in the library', () => {
  const store = createLibraryStore();
  const draw = (id: string, lr = 0) => runFromText('step loss\n0 1', { id, params: { lr } });
  store.setState(withRuns([draw('a'), draw('b')]));
  store.setState(withRuns([draw('a', 1), draw('c')]));
  expect([...store.getState().runs.values()].map((run) => [run.id, run.params.lr])).toEqual([
    ['a', 1],
    ['b', 0],
    ['c', 0],
  ]);
  store.setState(withoutRuns([runId('b')]));
  expect([...store.getState().runs.keys()]).toEqual(['a', 'c']);
});

describe('idle', () => {
  const frames: (() => void)[] = [];
  const drawAll = () => {
    for (const frame of frames.splice(0)) frame();
  };

  test('busy at once, idle only after two frames without work', async () => {
    const shown: boolean[] = [];
    const idle = createIdle(
      (is) => shown.push(is),
      (callback) => frames.push(callback),
    );
    const end = idle.begin('one');
    expect(shown).toEqual([false]);
    end();
    end();
    drawAll();
    const again = idle.begin('two');
    drawAll();
    expect(shown.at(-1)).toBe(false);
    again();
    drawAll();
    drawAll();
    expect(shown.at(-1)).toBe(true);
    await expect(idle.track('fails', Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(idle.labels()).toEqual([]);
  });
});

describe('route', () => {
  test.each(['#/curves', '#/health/finding/a%2Fb/A-11/0', '#/run/a%2Fb', '#/run/x/facts'])('%s is read back as it was', (hash) => {
    const route = parseRoute(hash);
    expect(route && formatRoute(route)).toBe(hash);
  });
  test.each(['', '#', '#/', '#/run'])('%o leads nowhere', (hash) => expect(parseRoute(hash)).toBeNull());
  test('a damaged address does not throw', () => expect(parseRoute('#/run/%E0%A4%A')).toEqual({ kind: 'run', run: '%E0%A4%A', section: null, place: [] }));

  test('the address bar and the store follow each other', () => {
    const listeners: (() => void)[] = [];
    const bar = {
      location: { hash: '#/curves' },
      history: {
        replaceState: (_: null, __: '', url: string) => {
          bar.location.hash = url;
        },
      },
      addEventListener: (_: 'hashchange', listen: () => void) => void listeners.push(listen),
    };
    const navigation = createNavigation(bar, 'table');
    expect(navigation.store.getState()).toEqual({ kind: 'tab', tab: 'curves', place: [] });
    navigation.toRun(runId('r'), 'facts');
    expect(bar.location.hash).toBe('#/run/r/facts');
    bar.location.hash = '#/table';
    for (const listen of listeners) listen();
    expect(navigation.store.getState()).toEqual({ kind: 'tab', tab: 'table', place: [] });
    navigation.setPlace('health', 'run', 'a/b');
    expect(bar.location.hash).toBe('#/health/run/a%2Fb');
    expect(navigation.store.getState()).toEqual({ kind: 'tab', tab: 'health', place: ['run', 'a/b'] });
  });
});

test('settings of any shape are read', () => {
  expect(parseSettings(undefined)).toEqual(defaultSettings);
  expect(
    parseSettings({
      version: 2,
      chosen: { theme: 'dark', digits: 99, density: 'standard', later: { of: 'another version' } },
      sidebar: 99_999,
      tab: 7,
      sidebarOpen: false,
      limits: { depth: 9, entries: 'many', fileBytes: -1 },
    }),
  ).toEqual({ ...defaultSettings, chosen: { theme: 'dark', later: { of: 'another version' } }, sidebar: 720, sidebarOpen: false, limits: { depth: 9 } });
});

test('the standard value is kept by keeping nothing', () => {
  const chosen = { ...defaultSettings, ...choose(theme, 'dark')(defaultSettings) };
  expect([chosen.chosen, settingValue(chosen, theme)]).toEqual([{ theme: 'dark' }, 'dark']);
  expect(choose(theme, 'system')(chosen)).toEqual({ chosen: {} });
});

test('only the last few messages stay', () => {
  const toasts = createToasts();
  const shown = Array.from({ length: 9 }, (_, at) => toasts.show({ kind: 'info', text: `${at}` }));
  expect(toasts.store.getState().map((toast) => toast.text)).toEqual(['5', '6', '7', '8']);
  toasts.close(shown[8] ?? 0);
  expect(toasts.store.getState()).toHaveLength(3);
});
