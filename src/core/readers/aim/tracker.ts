// The server of Aim's page (`aim up`), over its HTTP interface.

import { baseOf, type HttpTracker } from '../../source/tracker';
import { basicOf } from '../_remote/credentials';
import { aim } from './own';

export const tracker: HttpTracker = {
  meta: { title: 'Aim server', accepts: 'the address of an Aim page (`aim up`)', ...aim },
  hello: { path: '/api/projects/', sure: (status, text) => (status === 200 && /"telemetry_enabled"\s*:/.test(text) ? 0.9 : 0) },
  form: [
    {
      id: 'address',
      label: 'Address',
      kind: 'address',
      required: true,
      placeholder: 'http://localhost:43800',
      help: 'Of `aim up`, with its base path where it has one.',
    },
    { id: 'user', label: 'User', kind: 'text', netrc: 'login', help: 'Only where a server in front of it asks for one.' },
    { id: 'password', label: 'Password', kind: 'secret', netrc: 'password' },
  ],
  filterExample: "run.hparams.lr < 0.1 and 'baseline' in run.tags",
  parallel: 4,
  access: ({ address = '', user, password }) => ({ base: baseOf(address), headers: basicOf(user, password) }),
  load: () => import('./connect'),
};
