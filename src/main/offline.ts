// Keeps Chromium from reaching the network by itself, and the page from reaching it at all.
import type { Session } from 'electron';
import type { ElectronApi } from './electron-api';

/**
 * The way out that leads nowhere, on this machine: what goes to a proxy asks no name server either. Chromium fetches dictionaries for a session
 * as soon as it makes one, whatever windows and sessions are told about spelling, so switching that off is not enough.
 */
const nowhere = 'http://127.0.0.1:9';

/** In the program's first turn, before there is a session. */
export function stayOffline({ app }: ElectronApi): void {
  app.commandLine.appendSwitch('proxy-server', nowhere);
  app.commandLine.appendSwitch('disable-background-networking');
  app.on('session-created', (session) => session.setSpellCheckerEnabled(false));
}

/** The one session that has the system's own way out, to one address. Only the update check asks for it, when a person wants it. */
export async function onlineSession({ session }: ElectronApi, address: string): Promise<Session> {
  const online = session.fromPartition('updates', { cache: false });
  // In place of the wall that every session has.
  online.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: url !== address }));
  await online.setProxy({ mode: 'system' });
  return online;
}
