// Buttons that save the report, its charts, and its runs.

import { useState } from 'react';
import type { ReportDocument } from '../../../core/report/document';
import { type ReportRenderer, renderers } from '../../../core/report/renderer';
import { counted } from '../../../core/view/format';
import { type App, useApp } from '../../state/app';
import { ownWords } from '../../state/own-words';
import { saveFile } from '../../state/save';
import { explainStoreError } from '../../storage/problems';
import { Button } from '../../widgets/button';
import { Menu, type MenuItem } from '../../widgets/menu';
import { fileName, fileOf, htmlOf } from './render';
import styles from './report.module.css';
import type { Printed } from './use-printed';

const others = [...renderers].sort((a, b) => a.meta.title.localeCompare(b.meta.title, 'en'));

interface Props {
  readonly document: ReportDocument | null;
  /** Where this very document was printed for the preview. */
  readonly printed: Printed | null;
}

export function Save({ document, printed }: Props) {
  const app = useApp();
  const [busy, setBusy] = useState(false);
  const printPdf = app.capabilities.printPdf;
  const savePdf = (): void => {
    if (!document || !printPdf) return;
    setBusy(true);
    app.idle
      .track('pdf', print(app, printPdf, document, printed))
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
        <Button
          size="s"
          disabled={!document}
          onClick={() => document && saveBundle(app, document)}
          title="The runs of this report, with all points: opened again by Diptych"
        >
          .zip
        </Button>
        <Menu items={() => figureItems(app, document)}>
          <Button size="s" icon="image" disabled={!document}>
            Figures
          </Button>
        </Menu>
      </div>
    </div>
  );
}

async function print(app: App, printPdf: NonNullable<App['capabilities']['printPdf']>, document: ReportDocument, printed: Printed | null): Promise<void> {
  const { bytes, note } = printed ?? (await printPdf(htmlOf(document), document.title));
  saveFile(fileName(document.title, 'pdf'), bytes, 'application/pdf');
  app.toasts.show({ kind: 'good', text: 'The PDF is saved.', ...(note ? { detail: note } : {}) });
}

const saveText = (document: ReportDocument, renderer: ReportRenderer): void =>
  saveFile(fileName(document.title, renderer.meta.extension), fileOf(document, renderer), renderer.meta.mime);

function saveBundle(app: App, document: ReportDocument): void {
  const { storeWorker, idle, toasts } = app;
  const runs = document.runs.map(({ id }) => id);
  idle
    .track('bundle', storeWorker.bundle(runs, ownWords(app)))
    .then((blob) => {
      saveFile(fileName(document.title, 'zip'), blob, 'application/zip');
      toasts.show({ kind: 'good', text: `${counted(document.runs.length, 'run')} written to a bundle` });
    })
    .catch((error: unknown) => toasts.show({ kind: 'bad', text: 'The bundle could not be written.', detail: explainStoreError(error).message }));
}

function figureItems(app: App, document: ReportDocument | null): readonly MenuItem[] {
  const charts = document?.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'chart')) ?? [];
  if (charts.length === 0) return [{ kind: 'heading', label: 'This report has no charts' }];
  return charts.map(({ caption, spec }) => ({ label: caption, icon: 'curve', onPick: () => app.session.setState({ figure: { title: caption, spec } }) }));
}

function openForPrinting(document: ReportDocument): void {
  const url = URL.createObjectURL(new Blob([htmlOf(document)], { type: 'text/html' }));
  window.open(url, '_blank', 'noopener');
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
