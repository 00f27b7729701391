// Histograms, confusion matrices, curves and plotly figures: bytes to what is drawn, or a word where they hold none.

import { type ReactNode, useMemo } from 'react';
import { decodeUtf8 } from '../../core/formats/text';
import { parseConfusion, parseCurve, parseHistogram, type TableMedia } from '../../core/model/media-forms';
import type { FigureSpec } from '../../core/view/figure-spec';
import { confusionFigure, confusionTable } from '../../core/view/media-confusion';
import { curveFigure, curveTable } from '../../core/view/media-curve';
import { histogramFigure, histogramTable } from '../../core/view/media-histogram';
import { plotlyFigure } from '../../core/view/media-plotly';
import { FigureView } from './figure-view';
import styles from './media.module.css';
import { TextView } from './text-view';

interface Props {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly title: string;
}

const Damaged = ({ what }: { readonly what: string }) => <p className={styles.absent}>The bytes that were kept hold no {what}.</p>;

/** Parses once for the same bytes. */
function useForm<T>(
  { bytes, title }: Props,
  parse: (bytes: Uint8Array) => T | null,
  figure: (title: string, form: T) => FigureSpec,
  table: (form: T) => TableMedia,
) {
  return useMemo(() => {
    const form = parse(bytes);
    return form === null ? null : { form, figure: figure(title, form), table: () => table(form) };
  }, [bytes, title, parse, figure, table]);
}

export function Histogram(props: Props): ReactNode {
  const made = useForm(props, parseHistogram, histogramFigure, histogramTable);
  return made ? <FigureView spec={made.figure} table={made.table} height={200} /> : <Damaged what="histogram" />;
}

export function Confusion(props: Props): ReactNode {
  const made = useForm(props, parseConfusion, confusionFigure, confusionTable);
  if (!made) return <Damaged what="confusion matrix" />;
  return <FigureView spec={made.figure} table={made.table} height={Math.max(260, Math.min(640, 80 + made.form.labels.length * 36))} />;
}

export function Curve(props: Props): ReactNode {
  const made = useForm(props, parseCurve, curveFigure, curveTable);
  return made ? <FigureView spec={made.figure} table={made.table} height={280} /> : <Damaged what="curve" />;
}

export function Plotly({ bytes, title }: Props) {
  const read = useMemo(() => plotlyFigure(title, decodeUtf8(bytes).text), [bytes, title]);
  if (read.kind === 'figure') return <FigureView spec={read.figure} table={null} height={300} titled={read.figure.title !== title} />;
  return <TextView bytes={bytes} note={`${read.why} Its JSON is shown.`} />;
}
