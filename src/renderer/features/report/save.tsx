// Buttons that save the report.

import { useState } from 'react';
import type { ReportDocument } from '../../../core/report/document';
import { type ReportRenderer, renderers } from '../../../core/report/renderer';
import { type App, useApp } from '../../state/app';
import { saveFile } from '../../state/save';
import { Button } from '../../widgets/button';
import { fileName, fileOf } from './render';
import styles from './report.module.css';

const html = renderers.find(({ meta }) => meta.id === 'html') as ReportRenderer;
const others = [...renderers].sort((a, b) => a.meta.title.localeCompare(b.meta.title, 'en'));

export function Save({ document }: { readonly document: ReportDocument | null }) {
  const app = useApp();
  const [busy, setBusy] = useState(false);
  const printPdf = app.capabilities.printPdf;
  const savePdf = (): void => {
    if (!document || !printPdf) return;
    setBusy(true);
    app.idle
      .track('pdf', print(app, printPdf, document))
      .catch((error: unknown) =>
        app.toasts.show({ kind: 'bad', text: 'The PDF could not be made.', detail: error instanceof Error ? error.message : String(error) }),
      )
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles.save}>
      {printPdf ? (
        <Button kind="primary" icon="download" disabled={!document || busy} onClick={savePdf}>
          {busy ? 'Printing…' : 'Save PDF'}
        </Button>
      ) : (
        <Button kind="primary" icon="external" disabled={!document} onClick={() => document && openForPrinting(document)}>
          Open to print
        </Button>
      )}
      {!printPdf && (
        <p className={styles.muted}>No PDF printer was found here: the report opens in a tab of its own, where your browser’s Print makes the PDF.</p>
      )}
      <div className={styles.formats}>
        {others.map((renderer) => (
          <Button key={renderer.meta.id} size="s" disabled={!document} onClick={() => document && saveText(document, renderer)} title={renderer.meta.title}>
            .{renderer.meta.extension}
          </Button>
        ))}
      </div>
    </div>
  );
}

async function print(app: App, printPdf: NonNullable<App['capabilities']['printPdf']>, document: ReportDocument): Promise<void> {
  const { bytes, note } = await printPdf(fileOf(document, html), document.title);
  saveFile(fileName(document.title, 'pdf'), bytes, 'application/pdf');
  app.toasts.show({ kind: 'good', text: 'The PDF is saved.', ...(note ? { detail: note } : {}) });
}

const saveText = (document: ReportDocument, renderer: ReportRenderer): void =>
  saveFile(fileName(document.title, renderer.meta.extension), fileOf(document, renderer), renderer.meta.mime);

function openForPrinting(document: ReportDocument): void {
  const url = URL.createObjectURL(new Blob([fileOf(document, html)], { type: 'text/html' }));
  window.open(url, '_blank', 'noopener');
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
