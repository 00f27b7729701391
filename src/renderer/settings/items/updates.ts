// Whether Diptych asks for a newer version of itself. Off: nothing leaves this computer unasked.

import * as v from 'valibot';
import { defineSetting } from '../setting';

export const setting = defineSetting({
  meta: {
    id: 'updates',
    title: 'Look for a newer version when Diptych starts',
    section: 'app',
    order: 20,
    hint: 'Asks the place that Diptych came from, and sends nothing of yours.',
    words: 'update check version release',
    needs: 'updates',
  },
  standard: false,
  schema: v.boolean(),
  control: { kind: 'switch' },
});
