// What the preload script imports from Electron, over Electron 9: ports arrive as numbers, files know their own path.
import { type IpcRendererEvent, ipcRenderer as real, contextBridge as realBridge } from 'electron';
import { channels, type DesktopBridge } from '../../../src/wire/desktop';
import { fileField, oldBridge, pageChannels } from './page-channels';

const ports = new Map<number, MessagePort>();
real.on(pageChannels.message, (_event, id: number, message: unknown) => ports.get(id)?.postMessage(message));

/** The page's end of a port whose other end is in main. */
function portOf(id: number): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => real.send(pageChannels.message, id, data);
  ports.set(id, port1);
  return port2;
}

export const ipcRenderer = {
  send: real.send.bind(real),
  invoke: real.invoke.bind(real),
  on: (channel: string, listener: (event: IpcRendererEvent, ...args: unknown[]) => void) =>
    real.on(channel, (event, ...args) =>
      channel === channels.port ? listener(Object.assign(event, { ports: [portOf(args[0] as number)] })) : listener(event, ...args),
    ),
};
export const webUtils = { getPathForFile: (file: File): string => (file as File & { readonly path?: string }).path ?? '' };
/** Files could not cross the bridge then: they lie in a field of the document, which both worlds see. */
export const contextBridge = {
  exposeInMainWorld: (_name: string, bridge: DesktopBridge) =>
    realBridge.exposeInMainWorld(oldBridge, {
      ...bridge,
      sourceOf: () => bridge.sourceOf(document.querySelector<HTMLInputElement>(`#${fileField}`)?.files?.[0] as File),
    }),
};
