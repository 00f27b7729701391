// The page's own scheme: known files under the page's policy, and batches of the host.
import { builtFile } from '../host/built-files';
import { contentSecurityPolicy } from '../host/server/security';
import { fileAtAddress, staticFiles } from '../host/static-files';
import { pageOrigin } from '../wire/desktop';
import type { ElectronApi } from './electron-api';
import type { HostProcess } from './host-process';
import { isPage } from './page-messages';

const scheme = new URL(pageOrigin).protocol.slice(0, -1);

/** Before the program is ready. `standard` is what gives the page a storage of its own. */
export function registerPageScheme({ protocol }: ElectronApi): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

/** Answers `app://diptych/…` with the page's files and with batches of the host. */
export function servePage({ protocol }: ElectronApi, host: Pick<HostProcess, 'takeBatch'>): void {
  const folder = builtFile('renderer');
  const files = folder === null ? new Map() : staticFiles(folder);
  const headers = (type: string) => ({
    'content-type': type,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  const nothing = () => new Response('There is nothing here.', { status: 404, headers: headers('text/plain') });
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    if (!isPage(request.url) || request.method !== 'GET') return nothing();
    const batch = /^\/batch\/(\d{1,15})$/.exec(url.pathname);
    if (batch) {
      const bytes = await host.takeBatch(Number(batch[1])).catch(() => null);
      return bytes === null ? nothing() : new Response(bytes, { headers: headers('application/octet-stream') });
    }
    const file = fileAtAddress(files, url.pathname);
    return file ? new Response(file.read(), { headers: headers(file.type) }) : nothing();
  });
}
