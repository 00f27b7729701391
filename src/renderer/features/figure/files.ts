// The files that a figure is saved as.

import { zipSync } from 'fflate';
import { type Figure, figureOf } from '../../../charts/figure';
import { slug } from '../../../core/report/charts';
import { figurePage } from '../../../core/report/figure/page';
import { pgfFiles } from '../../../core/report/figure/pgf';
import { type FigureSize, pixels } from '../../../core/report/figure/size';
import type { App } from '../../state/app';
import { pngOf } from '../../state/picture';
import type { FigureDraft } from '../../state/session';

export interface FigureLook {
  readonly size: FigureSize;
  readonly marked: boolean;
}

export type FigureFormat = 'pdf' | 'svg' | 'png' | 'zip';

export const drawFigure = ({ spec, title }: FigureDraft, { size, marked }: FigureLook): Figure =>
  figureOf(spec, { title, widthCm: size.widthCm, plot: { width: pixels(size.widthCm), height: pixels(size.heightCm) }, marked });

const generator = 'Diptych';

/** @throws what printing or painting throws */
export async function figureFile(
  draft: FigureDraft,
  look: FigureLook,
  format: FigureFormat,
  { printPdf }: App['capabilities'],
): Promise<Uint8Array<ArrayBuffer>> {
  const { svg, widthPx, heightPx } = drawFigure(draft, look);
  switch (format) {
    case 'svg':
      return new TextEncoder().encode(`${svg}\n`);
    case 'png':
      return pngOf(svg);
    case 'pdf': {
      if (!printPdf) throw new Error('Nothing here can print a PDF.');
      const page = figurePage(svg, widthPx, heightPx, { title: draft.title, generator, createdMs: Date.now() });
      return (await printPdf(page, draft.title)).bytes;
    }
    case 'zip': {
      const name = slug(draft.title)
        .replace(/[^a-z0-9-]/gi, '-')
        .slice(0, 60);
      const files = pgfFiles(draft.spec, { name, label: draft.title, ...look.size, marked: look.marked, generator });
      return zipSync(Object.fromEntries([...files].map(([path, text]) => [path, new TextEncoder().encode(text)])), { mtime: new Date(1980, 0, 1) });
    }
  }
}
