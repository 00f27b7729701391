// The preload script over a bridge that keeps what it is given: the page gets six names, and nothing of Electron behind them.
import { beforeEach, expect, test, vi } from 'vitest';
import type { DesktopBridge } from '../../src/wire/desktop';
import { channels, portMessage } from '../../src/wire/desktop';

const electron = vi.hoisted(() => ({
  given: {} as Record<string, unknown>,
  sent: [] as unknown[][],
  listeners: new Map<string, (event: { ports: unknown[]; sender: string }, ...rest: unknown[]) => void>(),
}));
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => Object.assign(electron.given, { [name]: value }) },
  ipcRenderer: {
    send: (...args: unknown[]) => electron.sent.push(args),
    invoke: async (...args: unknown[]) => {
      electron.sent.push(args);
      return { id: 'abc' };
    },
    on: (channel: string, listener: never) => electron.listeners.set(channel, listener),
  },
  webUtils: {
    getPathForFile(file: unknown) {
      if (!(file instanceof Blob)) throw new TypeError('no File');
      return (file as { path?: string }).path ?? '';
    },
  },
}));

const posted: unknown[][] = [];
vi.stubGlobal('window', { postMessage: (...args: unknown[]) => posted.push(args) });
vi.stubGlobal('location', { origin: 'app://diptych' });
await import('../../src/preload/index');
const bridge = electron.given.diptych as DesktopBridge;
beforeEach(() => {
  electron.sent.length = 0;
  posted.length = 0;
});

test('the page gets one frozen object with six names', () => {
  expect(Object.keys(electron.given)).toEqual(['diptych']);
  expect(Object.isFrozen(bridge)).toBe(true);
  expect(Object.entries(bridge).map(([name, value]) => `${name} ${typeof value}`)).toEqual([
    'requestPort function',
    'sourceOf function',
    'platform string',
    'tell function',
    'onWord function',
    'updates object',
  ]);
  expect([Object.isFrozen(bridge.updates), Object.keys(bridge.updates)]).toEqual([true, ['state', 'setAtStart', 'check']]);
});

test('asking for the port passes nothing on, and the port comes without its event, to our own origin only', () => {
  (bridge.requestPort as (...args: unknown[]) => void)('anything', { at: 'all' });
  expect(electron.sent).toEqual([[channels.requestPort]]);
  electron.listeners.get(channels.port)?.({ ports: ['a port'], sender: 'ipcRenderer' }, 'a message');
  expect(posted).toEqual([[portMessage, 'app://diptych', ['a port']]]);
});

test('words go to the shell and come from it, without their event; updates are asked by their own channels', async () => {
  bridge.tell({ kind: 'reading', imports: 1 });
  await bridge.updates.state();
  await bridge.updates.setAtStart(true);
  await bridge.updates.check();
  expect(electron.sent).toEqual([
    [channels.tell, { kind: 'reading', imports: 1 }],
    [channels.updateState],
    [channels.updateAtStart, true],
    [channels.updateCheck],
  ]);
  const heard: unknown[][] = [];
  bridge.onWord((...args) => heard.push(args));
  electron.listeners.get(channels.word)?.({ ports: [], sender: 'ipcRenderer' }, { kind: 'command', id: 'x' });
  expect(heard).toEqual([[{ kind: 'command', id: 'x' }]]);
});

test('a path is taken from a dropped file, never from the page', async () => {
  expect(await bridge.sourceOf(Object.assign(new Blob(), { path: '/data/runs' }))).toEqual({ id: 'abc' });
  expect(electron.sent).toEqual([[channels.sourceOf, '/data/runs']]);
  expect(await bridge.sourceOf(new Blob())).toBeNull();
  for (const made of ['/etc/passwd', { path: '/etc/passwd' }]) await expect(bridge.sourceOf(made as object)).rejects.toThrow('no File');
  expect(electron.sent).toHaveLength(1);
});
