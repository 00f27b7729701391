// A figure as PNG: the same page that would be printed, painted by a browser of this machine.
import { browsers } from './find-browser';
import type { PrintedPdf } from './finish';
import { inBrowser } from './in-browser';

/**
 * @param html a document of our own that is `width` × `height` CSS pixels large
 * @param scale pixels of the picture for each CSS pixel
 * @throws WireError `no-browser`, `print-failed`, `cancelled`
 */
export const paintHtml = (html: string, width: number, height: number, scale: number, signal: AbortSignal): Promise<PrintedPdf> =>
  inBrowser(html, 'Figure', signal, browsers(), async (devTools, sessionId) => {
    await devTools.call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false }, sessionId);
    const { data } = await devTools.call<{ data: string }>('Page.captureScreenshot', { format: 'png' }, sessionId);
    return new Uint8Array(Buffer.from(data, 'base64'));
  });
