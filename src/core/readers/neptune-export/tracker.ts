// Neptune's service, which ended: whoever connects to it is told so, and what can be opened instead.

import { type HttpTracker, SettingsError } from '../../source/tracker';
import { neptune } from '../_neptune/meta';

const ended =
  'Neptune’s service ended, and what it held was deleted after 5 March 2026. Open what you have of it: the exports folder of neptune-exporter, or a .neptune folder of runs.';

export const tracker: HttpTracker = {
  meta: {
    id: 'neptune-export',
    title: 'Neptune (ended)',
    accepts: 'no address any more: open what neptune-exporter wrote, or a `.neptune` folder',
    ...neptune,
  },
  hosts: /(?:^|\.)neptune\.ai$/,
  hasEnded: true,
  hello: { path: '/', sure: () => 0 },
  form: [{ id: 'address', label: 'Address', kind: 'address', required: true, initial: 'https://app.neptune.ai', help: ended }],
  filterExample: '',
  parallel: 1,
  access() {
    throw new SettingsError('address', ended);
  },
  load: () => Promise.reject(new SettingsError('address', ended)),
};
