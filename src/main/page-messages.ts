// What a page may say to the shell: only our own page, only on its top frame, and only what the schema of a channel takes.
import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import * as v from 'valibot';
import { pageOrigin } from '../wire/desktop';
import { urlOf } from '../wire/external';
import type { ElectronApi } from './electron-api';

/** Whether an address, or an origin as Chromium writes it, is our page's own. */
export function isPage(address: string | undefined): boolean {
  const url = urlOf(address ?? '');
  return url !== null && `${url.protocol}//${url.host}` === pageOrigin && url.username === '' && url.password === '';
}

/** An embedded frame is nobody, whatever its address; nor is one that has gone in the meantime. */
function isOurs({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && (senderFrame.parent ?? null) === null && isPage(senderFrame.url);
}

/** A message that wants no answer; one that is not understood is not heard. */
export function hearPage<S extends v.GenericSchema>(
  { ipcMain }: ElectronApi,
  channel: string,
  schema: S,
  hear: (message: v.InferOutput<S>, page: WebContents) => void,
): void {
  ipcMain.on(channel, (event, message: unknown) => {
    if (isOurs(event) && v.is(schema, message)) hear(v.parse(schema, message), event.sender);
  });
}

/** A message that is answered; with null where it comes from elsewhere or is not understood. */
export function answerPage<S extends v.GenericSchema, R>(
  { ipcMain }: ElectronApi,
  channel: string,
  schema: S,
  answer: (message: v.InferOutput<S>) => Promise<R>,
): void {
  ipcMain.handle(channel, async (event, message: unknown): Promise<R | null> => {
    const checked = isOurs(event) ? v.safeParse(schema, message) : null;
    return checked?.success ? await answer(checked.output) : null;
  });
}
