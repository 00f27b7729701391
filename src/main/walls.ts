// The walls around every page there will be: Electron grants, follows and fetches by default, and nothing here does.
import type { Session, WebContents } from 'electron';
import { pageOrigin } from '../wire/desktop';
import { urlOf } from '../wire/external';
import type { ElectronApi } from './electron-api';
import { isPage } from './page-messages';

const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'persistent-storage']);

/** What a page may load: itself, what it made, and the browser's own tools. Anything else, the network above all, is not asked for. */
const ownSchemes: ReadonlySet<string> = new Set([new URL(pageOrigin).protocol, 'blob:', 'data:', 'devtools:']);
/** A report that is printed lies in a file of ours. */
const printSchemes: ReadonlySet<string> = new Set(['file:', 'data:']);

/** To be called once the program is ready, before the first window. */
export function lockDown({ app, session }: ElectronApi): void {
  lockSession(session.defaultSession, ownSchemes);
  app.on('session-created', (created) => lockSession(created, printSchemes));
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  // Nothing is fetched, so nobody has a certificate to show or a password to ask for.
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('select-client-certificate', (event) => event.preventDefault());
  app.on('login', (event) => event.preventDefault());
}

function lockSession(session: Session, schemes: ReadonlySet<string>): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => answer(allowedPermissions.has(permission) && isPage(details?.requestingUrl)));
  session.setPermissionCheckHandler((_contents, permission, origin) => allowedPermissions.has(permission) && isPage(origin));
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !schemes.has(schemeOf(details.url)) }));
  // The page saves what it made itself, and nothing else is saved.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${pageOrigin}/`)) event.preventDefault();
  });
}

function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // A reload of the page counts as leaving it for itself.
  contents.on('will-navigate', (details) => {
    if (!isPage(details.url) || urlOf(details.url)?.pathname !== '/') details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame) details.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
}

const schemeOf = (url: string): string => urlOf(url)?.protocol ?? '';
