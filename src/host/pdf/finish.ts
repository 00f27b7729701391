// A printed PDF as it is handed out: with the metadata of the document that it was printed of.

import { aboutOf } from './about';

export interface PrintedPdf {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the user should know of how it was made; null when there is nothing. */
  readonly note: string | null;
}

/** The PDF that was printed of an HTML document of our own, finished; as it was printed, with a note, where that is not possible. */
export async function finishPrinted({ bytes, note }: PrintedPdf, html: string, title: string): Promise<PrintedPdf> {
  try {
    // The library is large, and most commands print nothing.
    const { finishPdf } = await import('./finish-pdf');
    return { bytes: await finishPdf(bytes, aboutOf(html, title)), note };
  } catch (error) {
    const why = `The PDF is as the browser printed it, without its own metadata: ${error instanceof Error ? error.message : String(error)}`;
    return { bytes, note: note === null ? why : `${note} ${why}` };
  }
}
