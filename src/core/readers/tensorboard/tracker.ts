// A TensorBoard that is running, over the interface of its own page.

import { baseOf, type HttpTracker } from '../../source/tracker';
import { basicOf } from '../_remote/credentials';
import { tensorboard } from './meta';

export const tracker: HttpTracker = {
  meta: { title: 'Running TensorBoard', accepts: 'the address of a running TensorBoard', ...tensorboard },
  hello: { path: '/data/environment', sure: (status, text) => (status === 200 && /^\s*\{[\s\S]*"data_location"\s*:/.test(text) ? 0.9 : 0) },
  form: [
    { id: 'address', label: 'Address', kind: 'address', required: true, placeholder: 'http://localhost:6006', help: 'With its path prefix, where it has one.' },
    { id: 'user', label: 'User', kind: 'text', netrc: 'login', help: 'Only where a server in front of it asks for one.' },
    { id: 'password', label: 'Password', kind: 'secret', netrc: 'password' },
  ],
  filterExample: 'lr=0\\.1|baseline',
  parallel: 4,
  access: ({ address = '', user, password }) => ({ base: baseOf(address), headers: basicOf(user, password) }),
  load: () => import('./connect'),
};
