// The tab that is open when Diptych starts.

import * as v from 'valibot';
import { defineSetting } from '../setting';

export const setting = defineSetting({
  meta: { id: 'first-tab', title: 'Start with', section: 'views', order: 10, words: 'first tab open startup' },
  standard: 'last',
  schema: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  control: { kind: 'tab' },
});
