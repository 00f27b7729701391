// Runs before the page, in its sandbox: hands it one port and one frozen object, and nothing of Electron.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { channels, type DesktopBridge, portMessage } from '../wire/desktop';

const words: Readonly<Record<string, DesktopBridge['platform']>> = { darwin: 'mac', win32: 'windows' };

const bridge: DesktopBridge = {
  requestPort: () => ipcRenderer.send(channels.requestPort),
  async sourceOf(file) {
    const path = webUtils.getPathForFile(file as File);
    return path === '' ? null : await ipcRenderer.invoke(channels.sourceOf, path);
  },
  platform: words[process.platform] ?? 'linux',
};

ipcRenderer.on(channels.port, (event) => window.postMessage(portMessage, location.origin, [...event.ports]));
contextBridge.exposeInMainWorld('diptych', Object.freeze(bridge));
