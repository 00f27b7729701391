// The colours of runs.

import * as v from 'valibot';
import { type PaletteId, paletteIds } from '../../../core/view/palettes';
import { defineSetting } from '../setting';

export const setting = defineSetting({
  meta: {
    id: 'palette',
    title: 'Colours of runs',
    section: 'look',
    order: 20,
    hint: 'Measured for normal, protan, deutan and tritan sight. Lines and markers tell runs apart as well.',
    words: 'palette colour blind accessible okabe ito tol print black white monochrome',
  },
  standard: 'standard' as PaletteId,
  schema: v.picklist(paletteIds),
  control: { kind: 'palette' },
});
