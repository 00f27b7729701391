// `diptych figure`: curves of some metrics as figures for a paper: SVG, PNG, PDF, or pgfplots with its data.

import { resolve } from 'node:path';
import type { Run } from '../../core/model/run';
import { type ChartView, standardView } from '../../core/report/chart-view';
import { type FigureSize, figureSize, narrowest, standardWidthCm, widest } from '../../core/report/figure/size';
import { type AxisChoice, parseCurveSettings } from '../../core/view/curves-settings';
import { WireError } from '../../wire/errors';
import { exitCodes, UsageError } from '../exit';
import { type FigureFile, type FigureLook, figureCharts, figureWriters, pgfBundle } from '../make-figures';
import { writeWhole } from '../output-file';
import { loadRuns, readOptions } from '../read-runs';
import { createdOf, listOf, templateOf, templateOption } from '../report-options';
import { selectRun } from '../select-run';
import { nearestTo } from '../spelling';
import { issueLines } from '../tables';
import type { Verb, VerbArgs } from '../verb';

/** More curves than this are one band of colour; the rest is named by --runs. */
const mostRuns = 40;

export const verb: Verb = {
  meta: {
    id: 'figure',
    summary: 'Draw curves as a figure for a paper: SVG, PNG, PDF, or pgfplots with CSV.',
    usage: 'PATH... --metric NAME -o FILE.{svg,png,pdf,zip} [--width CM] [--runs ID,…]',
    options: {
      output: { type: 'string', short: 'o', help: 'The file: .svg, .png (two pixels for each), .pdf, or .zip (pgfplots and CSV, ready to compile).' },
      metric: { type: 'string', multiple: true, help: 'The metric; several only into a .zip.' },
      width: { type: 'string', help: `Width in cm (${standardWidthCm}).` },
      height: { type: 'string', help: 'Height of the plot in cm; follows from the width unless given.' },
      runs: { type: 'string', help: 'Only these runs: ids, native ids or names, with commas between.' },
      x: { type: 'string', help: 'What runs along: step, epoch, relative, wall, or the name of a metric.' },
      smooth: { type: 'string', help: 'ema:WEIGHT, gaussian:SIGMA or mean:POINTS.' },
      'log-x': { type: 'boolean', help: 'A logarithmic x axis.' },
      'log-y': { type: 'boolean', help: 'A logarithmic y axis.' },
      'by-seed': { type: 'boolean', help: 'One line for each group of runs that differ in nothing but the seed, with a band.' },
      ...templateOption,
      ...readOptions,
    },
  },
  async run(args, context) {
    const output = args.text('output');
    if (output === undefined) throw new UsageError('-o FILE is missing: FILE.svg, FILE.png, FILE.pdf or FILE.zip');
    const ending = output.slice(output.lastIndexOf('.') + 1).toLowerCase();
    const write = Object.hasOwn(figureWriters, ending) ? figureWriters[ending] : undefined;
    if (!write && ending !== 'zip') throw new UsageError(`a figure ending in .${ending} cannot be written; .svg, .png, .pdf and .zip can`);
    const metrics = args.texts('metric');
    if (metrics.length === 0) throw new UsageError('--metric NAME is missing');
    if (metrics.length > 1 && write) throw new UsageError('several metrics go into a .zip; a figure shows one');
    const size = sizeOf(args);
    const { page, charts: arranged } = templateOf(args, context);
    const view = viewOf(args, arranged ?? standardView);
    const look: FigureLook = { size, lines: page.lines, createdMs: createdOf(args, context), signal: context.signal };

    const loaded = await loadRuns(args.positionals, args, context, { keepPoints: () => true });
    if (loaded.runs.length === 0) {
      context.tell(`diptych: no runs were found.\n${issueLines(loaded.issues)}`);
      return exitCodes.nothing;
    }
    const words = listOf(args.text('runs'));
    const chosen = words ? words.map((word) => selectRun(loaded.runs, word)) : loaded.runs.filter(({ deleted }) => !deleted);
    requireMetrics(metrics, chosen);
    const drawn = [...new Set(chosen)].filter((run) => run.series.some(({ name }) => metrics.includes(name)));
    const runs = drawn.slice(0, mostRuns);
    if (drawn.length > runs.length) context.tell(`The figure shows the first ${runs.length} of ${drawn.length} runs; choose with --runs.\n`);
    const charts = await figureCharts({ runs, points: loaded.points, metrics, view, lines: page.lines, signal: context.signal });
    try {
      const [chart] = charts;
      const file: FigureFile = write && chart ? await write(chart, look) : { bytes: pgfBundle(charts, look), note: null };
      await writeWhole(resolve(context.cwd, output), (chunk) => chunk(file.bytes));
      if (file.note) context.tell(`${file.note}\n`);
    } catch (error) {
      if (!(error instanceof WireError) || context.signal.aborted) throw error;
      context.tell(`${error.message} ${error.tip ?? ''}\n`);
      return exitCodes.gate;
    }
    for (const { caption, spec } of charts) for (const note of spec.notes) context.tell(`${caption}: ${note}\n`);
    context.tell(`${metrics.join(', ')}: written to ${output}\n${issueLines(loaded.issues)}`);
    return loaded.exitCode;
  },
};

function requireMetrics(metrics: readonly string[], runs: readonly Run[]): void {
  const known = new Set(runs.flatMap((run) => run.series.map(({ name }) => name)));
  const unknown = metrics.find((metric) => !known.has(metric));
  if (unknown !== undefined) throw new UsageError(`no run has a metric '${unknown}'`, nearestTo(unknown, [...known]));
}

function sizeOf(args: VerbArgs): FigureSize {
  const [width, height] = ['width', 'height'].map((name) => {
    const text = args.text(name);
    if (text === undefined) return undefined;
    const cm = Number(/^(\d+(?:\.\d+)?)\s*(?:cm)?$/i.exec(text)?.[1] ?? Number.NaN);
    if (!(cm >= narrowest && cm <= widest)) throw new UsageError(`--${name} wants centimetres from ${narrowest} to ${widest}, not '${text}'`);
    return cm;
  });
  return figureSize(width, height);
}

function viewOf(args: VerbArgs, base: ChartView): ChartView {
  const x = args.text('x');
  const smooth = args.text('smooth');
  const settings = {
    ...base.settings,
    ...(x === undefined ? {} : { axis: axisOf(x) }),
    ...(smooth === undefined ? {} : { smoothing: smoothingOf(smooth) }),
    ...(args.flag('log-x') ? { logX: true } : {}),
    ...(args.flag('log-y') ? { logY: true } : {}),
  };
  return { ...base, settings, ...(args.flag('by-seed') ? { grouping: { kind: 'all-but-seed' } as const } : {}) };
}

function axisOf(word: string): AxisChoice {
  return word === 'step' || word === 'epoch' || word === 'relative' || word === 'wall' ? { kind: word } : { kind: 'metric', name: word };
}

/** Kinds of smoothing with the name of their amount. */
const smoothings: Readonly<Record<string, string>> = { ema: 'weight', gaussian: 'sigma', mean: 'points' };

function smoothingOf(words: string): ChartView['settings']['smoothing'] {
  const [kind = '', amount = ''] = words.split(':');
  const key = Object.hasOwn(smoothings, kind) ? smoothings[kind] : undefined;
  const { smoothing } = parseCurveSettings(key === undefined || amount === '' ? {} : { smoothing: { kind, [key]: Number(amount) } });
  if (smoothing.kind === 'none') throw new UsageError(`--smooth wants ema:0.6, gaussian:3 or mean:5, not '${words}'`);
  return smoothing;
}
