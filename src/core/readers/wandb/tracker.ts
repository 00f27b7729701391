// Weights & Biases, hosted or self-hosted, over its GraphQL interface.

import { toBase64 } from '../../formats/base64';
import { baseOf, type HttpTracker } from '../../source/tracker';
import { wandb } from './meta';

/** What a person copies out of the browser → where the interface is. */
const apiHosts: Readonly<Record<string, string>> = {
  'wandb.ai': 'https://api.wandb.ai',
  'www.wandb.ai': 'https://api.wandb.ai',
  'app.wandb.ai': 'https://api.wandb.ai',
  'forge.coreweave.com': 'https://api.forge.coreweave.com',
};

export const tracker: HttpTracker = {
  meta: { title: 'Weights & Biases server', accepts: 'wandb.ai, or the address of your own W&B server', ...wandb },
  hosts: /(?:^|\.)(?:wandb\.ai|forge\.coreweave\.com)$/,
  // It answers questions by POST only, and says so in its own words.
  hello: { path: '/graphql', sure: (status, text) => ((status === 400 || status === 405) && /"errors"|must provide|graphql/i.test(text) ? 0.5 : 0) },
  form: [
    { id: 'address', label: 'Address', kind: 'address', required: true, initial: 'https://api.wandb.ai', env: ['WANDB_BASE_URL'] },
    {
      id: 'key',
      label: 'API key',
      kind: 'secret',
      env: ['WANDB_API_KEY'],
      netrc: 'password',
      page: 'https://wandb.ai/authorize',
      help: 'From User Settings, API keys. `wandb login` keeps it in .netrc, where it is found.',
    },
    {
      id: 'entity',
      label: 'Entity',
      kind: 'text',
      env: ['WANDB_ENTITY'],
      help: 'A user or team whose projects are listed; your own and those of your teams unless given.',
    },
  ],
  filterExample: '{"config.optimizer": "adam", "summary_metrics.loss": {"$lt": 0.2}}',
  // Hosted, and it limits how often it is asked.
  parallel: 4,
  access({ address = '', key }) {
    const typed = baseOf(address);
    const base = apiHosts[new URL(typed).hostname] ?? typed;
    return { base, headers: { ...(key ? { authorization: `Basic ${toBase64(new TextEncoder().encode(`api:${key}`))}` } : {}) } };
  },
  load: () => import('./connect'),
};
