// SwanLab, hosted or self-hosted.

import { baseOf, type HttpTracker, type Settings } from '../../source/tracker';
import { swanlab } from './meta';

const service = 'https://api.swanlab.cn';

/** The service's pages and its interface have two names; a server of one's own has one. */
function serverOf(address: string): string {
  const { protocol, host, hostname } = new URL(baseOf(address));
  return /(?:^|\.)swanlab\.cn$/.test(hostname) ? service : `${protocol}//${host}`;
}

/** `~/.swanlab/.netrc`: one entry, whose machine is the interface and whose login the pages. */
function settingsOfNetrc(text: string): Settings {
  const [, machine, password] = /\bmachine\s+(\S+)\s+login\s+\S+\s+(?:account\s+\S+\s+)?password\s+(\S+)/.exec(text) ?? [];
  return machine && password ? { address: machine, key: password } : ({} as Settings);
}

export const tracker: HttpTracker = {
  meta: { title: 'SwanLab server', accepts: 'swanlab.cn, or the address of your own SwanLab', ...swanlab },
  hosts: /(?:^|\.)swanlab\.cn$/,
  hello: {
    path: '/api/self_hosted/info',
    sure: (status, text) => (status === 200 && /"enabled"\s*:/.test(text) && /"(?:plan|seats)"\s*:/.test(text) ? 0.8 : 0),
  },
  form: [
    { id: 'address', label: 'Address', kind: 'address', required: true, initial: service, env: ['SWANLAB_API_HOST'] },
    {
      id: 'key',
      label: 'API key',
      kind: 'secret',
      required: true,
      env: ['SWANLAB_API_KEY'],
      page: 'https://swanlab.cn/space/~/settings',
      help: 'From Settings, API key. `swanlab login` keeps it in .swanlab/.netrc, where it is found.',
    },
    { id: 'workspace', label: 'Workspace', kind: 'text', env: ['SWANLAB_WORKSPACE'], help: 'A user or team; your own and those of your teams unless given.' },
  ],
  file: { env: ['SWANLAB_CONFIG_DIR', 'SWANLAB_ROOT', 'SWANLAB_SAVE_DIR'], files: ['.swanlab/.netrc'], read: settingsOfNetrc },
  filterExample: '[{"type": "SCALAR", "key": "loss", "op": "LTE", "value": ["0.2"]}]',
  parallel: 4,
  // The key opens a session, and is sent for nothing else.
  access: ({ address = '' }) => ({ base: serverOf(address), headers: {} }),
  load: () => import('./connect'),
};
