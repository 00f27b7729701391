// All settings, found by a glob, in the order in which they are shown.

import { fileId, registryOf } from '../../core/base/registry';
import { type Setting, sections } from './setting';

const found = registryOf(import.meta.glob<Setting>('./items/*.ts', { eager: true, import: 'setting' }), fileId);

export const settingList: readonly Setting[] = sections.flatMap(({ id }) =>
  found.filter(({ meta }) => meta.section === id).sort((a, b) => a.meta.order - b.meta.order),
);
