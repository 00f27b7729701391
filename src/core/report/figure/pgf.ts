// A chart as a pgfplots picture with its data beside it: compiled as it is, or taken into a paper by \input.

import type { AxisScale, ChartAxis, ChartCurve, ChartSpec } from '../../view/chart-spec';
import type { LineStyle, Marker } from '../../view/run-style';
import { escapeLatex } from '../escape';

const dashes: Readonly<Record<LineStyle, string>> = {
  solid: 'solid',
  dashed: 'dash pattern=on 4.5pt off 3pt',
  dotted: 'dash pattern=on 1.5pt off 2.2pt',
  'dash-dot': 'dash pattern=on 5pt off 2.2pt on 1.5pt off 2.2pt',
};

const marks: Readonly<Record<Marker, string>> = {
  circle: 'mark=o',
  square: 'mark=square',
  triangle: 'mark=triangle',
  down: 'mark=triangle, mark options={solid, rotate=180}',
  diamond: 'mark=diamond',
  cross: 'mark=+',
  star: 'mark=star',
};

const marksPerLine = 7;

export interface PgfOptions {
  /** Names the files; letters, digits and dashes. */
  readonly name: string;
  /** Stands beside the y axis. */
  readonly label: string;
  readonly widthCm: number;
  readonly heightCm: number;
  readonly marked: boolean;
  readonly generator: string;
}

/**
 * Files of one chart: `NAME.tex`, a document of its own, and a CSV for each curve (`x,y`, where there is a band `x,y,lower,upper`): what the chart draws, thinned as there.
 * @returns path → text
 */
export function pgfFiles(spec: ChartSpec, options: PgfOptions): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const plots: string[] = [];
  const colours: string[] = [];
  const shift = spec.x.scale === 'time' ? spec.x.min : 0;
  const unit = spec.x.scale === 'time' ? 1000 : 1;
  const toX = (x: number): number => (x - shift) / unit;
  for (const [at, curve] of spec.curves.entries()) {
    const file = `${options.name}-${String(at + 1).padStart(2, '0')}.csv`;
    files.set(file, csvOf(curve.line, toX));
    colours.push(`\\definecolor{curve${at + 1}}{HTML}{${hex(curve.style.colour.light)}}`);
    if (curve.band && curve.band.length > 0) {
      const band = `${options.name}-${String(at + 1).padStart(2, '0')}-band.csv`;
      files.set(band, bandCsv(curve.band, toX));
      plots.push(bandPlots(at + 1, band));
    }
    plots.push(plotOf(curve, at, file, options.marked));
  }
  files.set(`${options.name}.tex`, document(spec, options, colours, plots, toX));
  return files;
}

function document(spec: ChartSpec, options: PgfOptions, colours: readonly string[], plots: readonly string[], toX: (x: number) => number): string {
  const notes = spec.notes.map((note) => `% ${oneLine(note)}`);
  return `${[
    `% ${oneLine(options.label)}, made by ${oneLine(options.generator)}. Curves are drawn from the CSV files beside this one.`,
    ...notes,
    '% Names in other than Latin letters want lualatex or xelatex.',
    '\\documentclass{standalone}',
    '\\usepackage{pgfplots}',
    '\\pgfplotsset{compat=1.17}',
    '\\usepgfplotslibrary{fillbetween}',
    ...colours,
    '\\begin{document}',
    '\\begin{tikzpicture}',
    '\\begin{axis}[',
    `  width=${number(options.widthCm)}cm, height=${number(options.heightCm)}cm, scale only axis=false,`,
    `  xlabel={${escapeLatex(xLabel(spec.x))}}, ylabel={${escapeLatex(options.label)}},`,
    `  ${mode('x', spec.x.scale)}${mode('y', spec.y.scale)}xmin=${number(toX(spec.x.min))}, xmax=${number(toX(spec.x.max))}, ymin=${number(spec.y.min)}, ymax=${number(spec.y.max)},`,
    ...bounds(spec.y),
    '  unbounded coords=jump, filter discard warning=false, grid=major, grid style={gray!20}, tick label style={font=\\footnotesize},',
    '  legend style={font=\\footnotesize, draw=none, at={(0.5,-0.22)}, anchor=north, legend columns=2, legend cell align=left, /tikz/every even column/.append style={column sep=6pt}},',
    ']',
    ...plots,
    '\\end{axis}',
    '\\end{tikzpicture}',
    '\\end{document}',
  ].join('\n')}\n`;
}

/** TeX reckons up to 16384 points: what lies far outside is drawn to the edge of ten times the range. In the CSV it stays as it is. */
function bounds({ scale, min, max }: ChartAxis): readonly string[] {
  const far = 10 * (max - min);
  return scale === 'log' || !Number.isFinite(far) ? [] : [`  restrict y to domain*=${number(min - far)}:${number(max + far)},`];
}

const mode = (axis: 'x' | 'y', scale: AxisScale): string => (scale === 'log' ? `${axis}mode=log, ` : '');

function xLabel({ label, scale, min }: ChartAxis): string {
  if (scale === 'time') return `seconds since ${new Date(min).toISOString()}`;
  return scale === 'duration' ? `${label} (s)` : label;
}

function plotOf(curve: ChartCurve, at: number, file: string, marked: boolean): string {
  const { line, marker } = curve.style;
  const points = curve.line.length / 2;
  const every = Math.max(1, Math.round(points / marksPerLine));
  const markers = marked && !curve.member ? `${marks[marker]}, mark repeat=${every}, mark phase=${1 + (at % every)}, mark size=1.8pt` : 'mark=none';
  const look = `curve${at + 1}, ${dashes[line]}, ${curve.member ? 'very thin, opacity=0.5, forget plot' : 'thick'}, ${markers}${markers.includes('mark options') ? '' : ', mark options={solid}'}`;
  const name = curve.note === '' ? curve.label : `${curve.label} (${curve.note})`;
  const legend = curve.member ? '' : `\n\\addlegendentry{${escapeLatex(oneLine(name))}}`;
  return `\\addplot[${look}] table[x=x, y=y, col sep=comma] {${file}};${legend}`;
}

const bandPlots = (n: number, file: string): string =>
  [
    `\\addplot[draw=none, forget plot, name path=lower${n}] table[x=x, y=lower, col sep=comma] {${file}};`,
    `\\addplot[draw=none, forget plot, name path=upper${n}] table[x=x, y=upper, col sep=comma] {${file}};`,
    `\\addplot[curve${n}, opacity=0.16, forget plot] fill between[of=lower${n} and upper${n}];`,
  ].join('\n');

function csvOf(line: Float64Array, toX: (x: number) => number): string {
  const rows = ['x,y'];
  for (let i = 0; i < line.length; i += 2) rows.push(`${number(toX(line[i] as number))},${number(line[i + 1] as number)}`);
  return `${rows.join('\n')}\n`;
}

/** Stretches without a band would end the filled area in the middle: they are left out. */
function bandCsv(band: Float64Array, toX: (x: number) => number): string {
  const rows = ['x,lower,upper'];
  for (let i = 0; i < band.length; i += 3) {
    const [x, lower, upper] = [toX(band[i] as number), band[i + 1] as number, band[i + 2] as number];
    if (Number.isFinite(lower) && Number.isFinite(upper)) rows.push(`${number(x)},${number(lower)},${number(upper)}`);
  }
  return `${rows.join('\n')}\n`;
}

/** As TeX reads numbers: `nan` breaks the line, infinities lie outside of it. */
const number = (value: number): string => (Number.isFinite(value) ? String(value) : 'nan');

const hex = (colour: string): string => (/^#[0-9a-f]{6}$/i.test(colour) ? colour.slice(1).toUpperCase() : '000000');

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ');
