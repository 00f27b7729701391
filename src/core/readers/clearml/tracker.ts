// A ClearML server, hosted or self-hosted, over its public API.

import { baseOf, type HttpTracker } from '../../source/tracker';
import { clearmlConf } from './conf';
import { clearml } from './meta';

/** Ports of a server of one's own: the page and the files stand beside the API. */
const besideApi: ReadonlySet<string> = new Set(['8080', '8081']);
const apiPort = '8008';
const hosted = 'https://api.clear.ml';

/** Where the API answers: a person copies the address of the page out of the browser (`app.clear.ml/projects/…`, `host:8080`). */
export function apiOf(typed: string): string {
  const base = baseOf(typed);
  const { protocol, host, hostname } = new URL(base);
  const port = /:(\d+)$/.exec(host)?.[1] ?? '';
  const [, domain] = /^(?:app|files)\.(.+)$/.exec(hostname) ?? [];
  if (/^(?:www\.)?clear\.ml$/.test(hostname)) return hosted;
  if (domain) return `${protocol}//api.${domain}${port && !besideApi.has(port) ? `:${port}` : ''}`;
  return besideApi.has(port) ? `${protocol}//${hostname}:${apiPort}` : base;
}

export const tracker: HttpTracker = {
  meta: { title: 'ClearML server', accepts: 'clear.ml, or the address of your own ClearML server', ...clearml },
  hosts: /^(?:(?:www|api|app|files)\.)?clear\.ml$/,
  hello: {
    path: '/debug.ping',
    sure: (status, text) => (/"msg"\s*:\s*"(?:ClearML|Trains) server"/i.test(text) ? 0.95 : status === 200 && /<title>\s*ClearML\b/i.test(text) ? 0.7 : 0),
  },
  form: [
    {
      id: 'address',
      label: 'Address',
      kind: 'address',
      required: true,
      initial: hosted,
      env: ['CLEARML_API_HOST', 'TRAINS_API_HOST'],
      help: 'Of the API server, port 8008 on a server of your own; the address of the page leads there.',
    },
    {
      id: 'user',
      label: 'Access key',
      kind: 'text',
      required: true,
      env: ['CLEARML_API_ACCESS_KEY', 'TRAINS_API_ACCESS_KEY'],
      netrc: 'login',
      page: 'https://app.clear.ml/settings/workspace-configuration',
      help: 'On the page: Settings, Workspace, Create new credentials. `clearml-init` keeps them in clearml.conf, where they are found.',
    },
    {
      id: 'password',
      label: 'Secret key',
      kind: 'secret',
      required: true,
      env: ['CLEARML_API_SECRET_KEY', 'TRAINS_API_SECRET_KEY'],
      netrc: 'password',
      help: 'It is shown once, beside its access key.',
    },
  ],
  file: clearmlConf,
  filterExample: '{"status": ["completed"], "tags": ["baseline"]}',
  parallel: 4,
  // Credentials are exchanged for a token, which goes with each request.
  access: ({ address = '' }) => ({ base: apiOf(address), headers: {} }),
  load: () => import('./connect'),
};
