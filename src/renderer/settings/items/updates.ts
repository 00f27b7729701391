// Whether Diptych asks for a newer version of itself. Off: nothing leaves this computer unasked.

import * as v from 'valibot';
import { defineSetting } from '../setting';

export const setting = defineSetting({
  meta: {
    id: 'updates',
    title: 'Look for a newer version when Diptych starts',
    section: 'app',
    order: 20,
    hint: 'Asks the place that Diptych came from, once a day, and sends nothing of yours.',
    words: 'update check version release',
    needs: 'checkUpdates',
  },
  standard: false,
  schema: v.boolean(),
  control: { kind: 'switch' },
});
