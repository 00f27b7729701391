// Prints an HTML document in a hidden window that runs no script and reaches no network.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealed } from '../host/pdf/sealed';
import { WireError } from '../wire/errors';
import type { ElectronApi } from './electron-api';

/** @throws WireError `print-failed` */
export async function printPage({ BrowserWindow }: ElectronApi, html: string, title: string): Promise<Uint8Array<ArrayBuffer>> {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-print-'));
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, javascript: false, spellcheck: false, partition: 'print' } });
  try {
    const file = join(folder, 'report.html');
    writeFileSync(file, sealed(html, title), { mode: 0o600 });
    await window.loadFile(file);
    const options = { printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true, generateDocumentOutline: true };
    return new Uint8Array(await window.webContents.printToPDF(options));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new WireError('print-failed', `The PDF could not be made: ${message}`, 'Save as HTML and print that from your browser.');
  } finally {
    window.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}
