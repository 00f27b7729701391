// Comet, hosted or self-hosted, over its REST interface v2.

import { fromBase64 } from '../../formats/base64';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { baseOf, type HttpTracker, SettingsError } from '../../source/tracker';
import { comet } from '../_comet/meta';
import { cometConfig } from './config';

/** Interface and pages of the service are below one name. */
const service = 'https://www.comet.com';

/** Where Comet answers: the address without what is below it (`/clientlib/`, a workspace, an experiment), as its own client has it. */
function serverOf(address: string): string {
  const { protocol, host, hostname } = new URL(baseOf(address));
  return /^(?:www\.)?comet\.(?:com|ml)$/.test(hostname) ? service : `${protocol}//${host}`;
}

/** Newer keys say whose they are: `key*` and JSON in base64. */
function keyParts(key: string): { readonly key: string; readonly server: string | null } {
  const [plain = '', told] = key.trim().split('*', 2);
  const bytes = told === undefined ? null : fromBase64(told);
  try {
    const about = bytes && parseJson(new TextDecoder().decode(bytes));
    return { key: plain, server: isObject(about) && typeof about.baseUrl === 'string' ? serverOf(about.baseUrl) : null };
  } catch {
    return { key: plain, server: null };
  }
}

export const tracker: HttpTracker = {
  meta: { id: 'comet', title: 'Comet server', accepts: 'comet.com, or the address of your own Comet', ...comet },
  hosts: /(?:^|\.)comet\.(?:com|ml)$/,
  hello: { path: '/clientlib/isAlive/ver', sure: (status, text) => (status === 200 && /^\s*\{[^{}]*"version"\s*:\s*"\d+\.\d+/.test(text) ? 0.7 : 0) },
  form: [
    { id: 'address', label: 'Address', kind: 'address', required: true, initial: service, env: ['COMET_URL_OVERRIDE'] },
    {
      id: 'key',
      label: 'API key',
      kind: 'secret',
      required: true,
      env: ['COMET_API_KEY'],
      page: 'https://www.comet.com/account-settings/apiKeys',
      help: 'From Account settings, API keys. `comet login` keeps it in .comet.config, where it is found.',
    },
    { id: 'workspace', label: 'Workspace', kind: 'text', env: ['COMET_WORKSPACE'], help: 'All that the key may see unless given.' },
    { id: 'project', label: 'Project', kind: 'text', env: ['COMET_PROJECT_NAME'], help: 'All of the workspace unless given.' },
  ],
  file: cometConfig,
  filterExample: '(Metric("loss") < 0.2) & (Parameter("optimizer") == "adam")',
  // Hosted, and it limits how often it is asked.
  parallel: 4,
  access({ address = '', key = '' }) {
    const base = serverOf(address);
    const { key: plain, server } = keyParts(key);
    if (server !== null && server !== base) throw new SettingsError('address', `This API key is one of ${server}: that is the address for it.`);
    return { base, headers: plain === '' ? ({} as Readonly<Record<string, string>>) : { authorization: plain } };
  },
  load: () => import('./connect'),
};
