// A Trackio dashboard that is running: on this machine, on a server, or as a Hugging Face Space.

import { baseOf, type HttpTracker } from '../../source/tracker';
import { trackio } from '../_trackio/logged';

/** `user/space`, as Trackio's own `space_id` is. Names of users hold no dots, so that `host.example/path` is none. */
const spaceId = /^([A-Za-z0-9-]+)\/([\w.-]+)$/;
const spacePage = /^(?:https?:\/\/)?(?:www\.)?huggingface\.co\/spaces\/([\w.-]+\/[\w.-]+)/;

/** Where the Space of an id or of its page answers; other addresses stay as they are. */
export function serverOf(typed: string): string {
  const text = typed.trim();
  const [, user, name] = spaceId.exec(spacePage.exec(text)?.[1] ?? text) ?? [];
  if (!user || !name || user === 'localhost') return baseOf(text);
  return `https://${`${user}-${name}`.toLowerCase().replace(/[_.]/g, '-')}.hf.space`;
}

export const tracker: HttpTracker = {
  meta: { id: 'trackio', title: 'Trackio dashboard', accepts: 'the address of a Trackio dashboard, or a Hugging Face Space (user/space)', ...trackio },
  hello: { path: '/version', sure: (status, text) => (status === 200 && /"api_transport"\s*:/.test(text) ? 0.9 : 0) },
  form: [
    {
      id: 'address',
      label: 'Address',
      kind: 'address',
      required: true,
      placeholder: 'http://localhost:7860',
      env: ['TRACKIO_SERVER_URL', 'TRACKIO_SPACE_ID'],
      help: 'Or a Space of Hugging Face: user/space.',
    },
    {
      id: 'token',
      label: 'Token',
      kind: 'secret',
      env: ['HF_TOKEN'],
      page: 'https://huggingface.co/settings/tokens',
      help: 'Of Hugging Face, for a private Space. It is sent to the Space: only to one of your own.',
    },
  ],
  filterExample: 'lr 0\\.1|baseline',
  parallel: 4,
  access: ({ address = '', token }) => ({
    base: serverOf(address),
    headers: token ? { authorization: `Bearer ${token}` } : ({} as Readonly<Record<string, string>>),
  }),
  load: () => import('./connect'),
};
