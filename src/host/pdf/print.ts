// Prints one HTML document of our own to PDF: tagged, with an outline, on CSS page sizes, with the metadata that its head gives.
import { type Browser, browsers } from './find-browser';
import { finishPrinted, type PrintedPdf } from './finish';
import { inBrowser } from './in-browser';

const options = { printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true, generateDocumentOutline: true };

/** @throws WireError `no-browser` where none is found, `print-failed` when none manages, `cancelled` */
export async function printHtml(html: string, title: string, signal: AbortSignal, candidates: AsyncIterable<Browser> = browsers()): Promise<PrintedPdf> {
  const printed = await inBrowser(html, title, signal, candidates, async (devTools, sessionId) => {
    const { data } = await devTools.call<{ data: string }>('Page.printToPDF', options, sessionId);
    return new Uint8Array(Buffer.from(data, 'base64'));
  });
  return finishPrinted(printed, html, title);
}
