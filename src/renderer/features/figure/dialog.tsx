// The dialog of a figure: how wide, how marked, as what.

import { useMemo, useState } from 'react';
import { slug } from '../../../core/report/charts';
import { figureSize, narrowest, standardWidthCm, widest } from '../../../core/report/figure/size';
import { useApp } from '../../state/app';
import { saveFile } from '../../state/save';
import type { FigureDraft } from '../../state/session';
import { Button } from '../../widgets/button';
import { Dialog } from '../../widgets/dialog';
import { Switch } from '../../widgets/switch';
import { TextField } from '../../widgets/text-field';
import styles from './figure.module.css';
import { drawFigure, type FigureFormat, figureFile } from './files';

const formats: readonly { readonly format: FigureFormat; readonly label: string; readonly mime: string }[] = [
  { format: 'pdf', label: 'PDF', mime: 'application/pdf' },
  { format: 'svg', label: 'SVG', mime: 'image/svg+xml' },
  { format: 'png', label: 'PNG', mime: 'image/png' },
  { format: 'zip', label: 'pgfplots and CSV', mime: 'application/zip' },
];

/** Widths that papers are set in, in cm. */
const usual = [
  { cm: 8.4, label: 'Column' },
  { cm: 12.2, label: 'Page' },
  { cm: 17.4, label: 'Both columns' },
] as const;

export default function FigureDialog({ draft }: { readonly draft: FigureDraft }) {
  const app = useApp();
  const [width, setWidth] = useState(String(standardWidthCm));
  const [height, setHeight] = useState('');
  const [marked, setMarked] = useState(true);
  const [busy, setBusy] = useState(false);
  const widthCm = lengthOf(width);
  const heightCm = height.trim() === '' ? undefined : lengthOf(height);
  const look = useMemo(() => (widthCm === null || heightCm === null ? null : { size: figureSize(widthCm, heightCm), marked }), [widthCm, heightCm, marked]);
  const figure = useMemo(() => (look ? drawFigure(draft, look) : null), [draft, look]);
  const close = (): void => app.session.setState({ figure: null });
  const save = ({ format, label, mime }: (typeof formats)[number]): void => {
    if (!look) return;
    setBusy(true);
    app.idle
      .track('figure', figureFile(draft, look, format, app.capabilities))
      .then((bytes) => {
        saveFile(`${slug(draft.title)}.${format}`, bytes, mime);
        app.toasts.show({ kind: 'good', text: `${draft.title} is saved as ${label}.` });
      })
      .catch((error: unknown) =>
        app.toasts.show({ kind: 'bad', text: 'The figure could not be saved.', detail: error instanceof Error ? error.message : String(error) }),
      )
      .finally(() => setBusy(false));
  };
  return (
    <Dialog
      open
      onClose={close}
      title={`${draft.title} as a figure`}
      width="l"
      footer={formats
        .filter(({ format }) => format !== 'pdf' || app.capabilities.printPdf)
        .map((one) => (
          <Button key={one.format} icon="download" disabled={!look || busy} onClick={() => save(one)}>
            {one.label}
          </Button>
        ))}
    >
      <div className={styles.form}>
        <div className={styles.row}>
          <TextField label="Width in cm" value={width} wrong={widthCm === null} onText={setWidth} inputMode="decimal" className={styles.length} />
          <TextField
            label="Height of the plot in cm"
            placeholder="Height: follows"
            value={height}
            wrong={heightCm === null}
            onText={setHeight}
            inputMode="decimal"
            className={styles.length}
          />
          {usual.map(({ cm, label }) => (
            <Button key={label} size="s" kind="ghost" pressed={widthCm === cm} onClick={() => setWidth(String(cm))}>
              {label} {cm}
            </Button>
          ))}
        </div>
        <Switch label="Markers on lines, for black and white" checked={marked} onChange={setMarked} />
        {!look && (
          <p role="alert">
            A length is from {narrowest} to {widest} cm.
          </p>
        )}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by src/charts, which escapes every name in it */}
        {figure && <div className={styles.paper} dangerouslySetInnerHTML={{ __html: figure.svg }} />}
        {draft.spec.notes.length > 0 && <p className={styles.notes}>Not in the picture: {draft.spec.notes.join(' · ')}</p>}
      </div>
    </Dialog>
  );
}

/** Centimetres, or null where that is no length for a figure. */
function lengthOf(text: string): number | null {
  const cm = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && cm >= narrowest && cm <= widest ? cm : null;
}
