// A panel taken along: its stored points as CSV, its picture as SVG or PNG, always in the light theme.

import { renderSvg } from '../../../charts/svg';
import { csvText } from '../../../core/base/csv-text';
import type { Run } from '../../../core/model/run';
import { contextText, displayName } from '../../../core/model/run';
import { SeriesColumns } from '../../../core/view/curves-columns';
import { drawPanel } from '../../../core/view/curves-draw';
import { specOf } from '../../../core/view/curves-spec';
import type { CurveClient } from './client';
import type { PanelInput } from './controller';
import type { Zoom } from './gestures';
import type { SeriesPoints } from './messages';

const size = { width: 900, height: 420 };

/** Every stored point, one a line: run, run id, metric, context, step, time, value. Numbers have every digit. */
export function csvOf(title: string, runs: ReadonlyMap<string, Run>, series: readonly SeriesPoints[]): string {
  const lines = ['run,run_id,metric,context,step,time,value'];
  for (const { key, own, steps, values, times } of series) {
    if (!own) continue;
    const cut = key.lastIndexOf('/');
    const run = runs.get(key.slice(0, cut));
    if (!run) continue;
    const context = contextText(run.series[Number(key.slice(cut + 1))]?.context ?? {});
    const start = [displayName(run), run.nativeId ?? run.id, title, context].map(csvText).join(',');
    for (let i = 0; i < values.length; i++) {
      const time = times?.[i];
      const moment = time !== undefined && Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : '';
      lines.push(`${start},${steps ? number(steps[i] as number) : ''},${moment},${number(values[i] as number)}`);
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

const number = (value: number): string => (Object.is(value, -0) ? '-0.0' : String(value));

/** The panel as it is zoomed, drawn anew for paper. */
export async function svgOf(client: CurveClient, input: PanelInput, zoom: Zoom): Promise<string> {
  const points = new Map((await client.points(input.panel)).map((one) => [one.key, one]));
  const columns = new Map<string, SeriesColumns>();
  for (const series of input.lines.series) {
    const own = points.get(series.key);
    if (!own) continue;
    const other = series.other === null ? null : (points.get(`${series.run}/${series.other}`) ?? null);
    columns.set(series.key, new SeriesColumns({ points: own, startedMs: series.startedMs, axis: series.axis, other }));
  }
  const wish = { ...input.look, lines: input.lines.lines, ...zoom, buckets: size.width / 2, settled: true };
  return renderSvg(specOf(input.title, wish, drawPanel(wish, columns, new Map()), input.lines.looks, input.axis), size);
}

/** @throws Error when the browser cannot draw the picture */
export async function pngOf(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The browser could not turn the chart into a picture.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A name that every file system takes and none hides. */
export function fileName(title: string, extension: string): string {
  const name = title
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 80);
  return `${name || 'chart'}.${extension}`;
}
