// Runs before the page, in its sandbox: hands it one port and one frozen object, and nothing of Electron.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { channels, type DesktopBridge, portMessage } from '../wire/desktop';
import type { ShellWord } from '../wire/page-words';

const words: Readonly<Record<string, DesktopBridge['platform']>> = { darwin: 'mac', win32: 'windows' };
let heed: (word: ShellWord) => void = () => {};

const bridge: DesktopBridge = {
  requestPort: () => ipcRenderer.send(channels.requestPort),
  async sourceOf(file) {
    const path = webUtils.getPathForFile(file as File);
    return path === '' ? null : await ipcRenderer.invoke(channels.sourceOf, path);
  },
  platform: words[process.platform] ?? 'linux',
  tell: (word) => ipcRenderer.send(channels.tell, word),
  onWord(listener) {
    heed = listener;
  },
  updates: Object.freeze({
    state: () => ipcRenderer.invoke(channels.updateState),
    setAtStart: (on: boolean) => ipcRenderer.invoke(channels.updateAtStart, on),
    check: () => ipcRenderer.invoke(channels.updateCheck),
  }),
};

ipcRenderer.on(channels.port, (event) => window.postMessage(portMessage, location.origin, [...event.ports]));
ipcRenderer.on(channels.word, (_event, word: ShellWord) => heed(word));
contextBridge.exposeInMainWorld('diptych', Object.freeze(bridge));
