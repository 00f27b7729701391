// Draws pages of a PDF on canvases. The library is large and is loaded when pages are first looked at.

import type { PDFDocumentProxy } from 'pdfjs-dist';

export interface OpenPdf {
  /** Width and height of each page, in points. */
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
  /** @param scale pixels of the canvas for each point */
  draw(page: number, canvas: HTMLCanvasElement, scale: number): Promise<void>;
  close(): void;
}

/** Each document has a worker of its own, so that closing one does not stop another. */
export async function openPdf(bytes: Uint8Array<ArrayBuffer>): Promise<OpenPdf> {
  const [{ getDocument, PDFWorker }, { default: Thread }] = await Promise.all([import('pdfjs-dist'), import('pdfjs-dist/build/pdf.worker.mjs?worker')]);
  const thread = new Thread();
  const worker = new PDFWorker({ port: thread as unknown as null });
  // Fonts are drawn as shapes: the page's policy lets no font in that is not its own. The bytes are copied, for the library takes them away.
  const loading = getDocument({ data: bytes.slice(), worker, disableFontFace: true, isEvalSupported: false, useSystemFonts: false });
  const pdf: PDFDocumentProxy = await loading.promise;
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, at) => pdf.getPage(at + 1)));
  return {
    sizes: pages.map((page) => {
      const { width, height } = page.getViewport({ scale: 1 });
      return { width, height };
    }),
    async draw(at, canvas, scale) {
      const page = pages[at];
      const viewport = page?.getViewport({ scale });
      // Drawn aside first, so that the page before stays until this one is whole.
      const aside = document.createElement('canvas');
      const canvasContext = aside.getContext('2d');
      if (!page || !viewport || !canvasContext) return;
      aside.width = Math.round(viewport.width);
      aside.height = Math.round(viewport.height);
      await page.render({ canvasContext, viewport }).promise;
      canvas.width = aside.width;
      canvas.height = aside.height;
      canvas.getContext('2d')?.drawImage(aside, 0, 0);
    },
    close: () =>
      void loading.destroy().finally(() => {
        worker.destroy();
        thread.terminate();
      }),
  };
}
