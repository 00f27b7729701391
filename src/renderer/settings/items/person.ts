// How this person signs statements; empty until they have.

import * as v from 'valibot';
import { defineSetting } from '../setting';

export const setting = defineSetting({
  meta: { id: 'person', title: 'Your name', section: 'app', order: 10, hint: 'Signs what you attest or waive.', words: 'author sign attest' },
  standard: '',
  schema: v.pipe(v.string(), v.maxLength(200)),
  control: { kind: 'text', placeholder: 'Not given' },
});
