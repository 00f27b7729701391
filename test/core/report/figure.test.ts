// Figures: pgfplots that finds its files and its numbers, and lines that are told apart without colour.
import { describe, expect, test } from 'vitest';
import { figureOf } from '../../../src/charts/figure';
import { lineMarkers } from '../../../src/charts/line-markers';
import { chartsOf } from '../../../src/core/report/charts';
import type { ChartBlock } from '../../../src/core/report/document';
import { escapeLatex } from '../../../src/core/report/escape';
import { pgfFiles } from '../../../src/core/report/figure/pgf';
import { figureSize, pixels } from '../../../src/core/report/figure/size';
import { mostDistinct, printStyles } from '../../../src/core/report/print-styles';
import type { ChartSpec } from '../../../src/core/view/chart-spec';
import { runStyle } from '../../../src/core/view/run-style';
import { readRunFromText } from '../../support/run-from-text';

const hostile = 'loss_{50%} & #1 \\input{/etc/passwd} $x$ ^~';

async function chart(runs: number, metric = 'loss', points = 60): Promise<ChartBlock> {
  const read = Array.from({ length: runs }, (_, at) =>
    readRunFromText([`step ${metric}`, ...Array.from({ length: points }, (__, i) => `${i} ${i === 7 ? 'NaN' : 2 / (1 + i) + at}`)].join('\n'), {
      id: `r${at}`,
      name: at === 0 ? hostile : `run ${at}`,
    }),
  );
  const all = read.map(({ run }) => run);
  const styles = printStyles(new Map(all.map((run, slot) => [run.id, runStyle(slot)])), 'distinct');
  const pointsOf = async (id: string, series: readonly number[]) => series.map((index) => read.find(({ run }) => run.id === id)!.points[index]!);
  const { charts } = await chartsOf({ runs: all, styles, pointsOf, signal: new AbortController().signal });
  return charts[0]!;
}

describe('pgfplots', () => {
  const options = { name: '01-loss', label: hostile, ...figureSize(8.4), marked: true, generator: 'Diptych test' };

  test('every file that is read lies beside it, and groups are closed', async () => {
    const { spec } = await chart(3);
    const files = pgfFiles(spec, options);
    const tex = files.get('01-loss.tex')!;
    const read = [...tex.matchAll(/table\[[^\]]*\] \{([^}]*)\}/g)].map(([, file]) => file!);
    expect(read.length).toBeGreaterThanOrEqual(3);
    for (const file of read) expect([...files.keys()]).toContain(file);
    expect(tex.match(/\\begin\{\w+\}/g)?.length).toBe(tex.match(/\\end\{\w+\}/g)?.length);
    const bare = tex.replace(/^%.*$/gm, '').replace(/\\[\\{}$&#%_]/g, '');
    expect(bare.split('{').length).toBe(bare.split('}').length);
    // Nothing of a name is a command, a comment or a mode of TeX.
    expect(
      tex
        .split('\n')
        .filter((line) => !line.startsWith('%'))
        .join('\n'),
    ).not.toMatch(/(?<!\\)(?:\\\\)*[%&]|\\input\{\/|(?<!\\)\^/);
    expect(tex).toMatch(/\\textbackslash\{\}input\\\{\/etc\/passwd\\\}/);
  });

  test('the CSV files hold every vertex of the lines, a gap as nan', async () => {
    const { spec } = await chart(2);
    const files = pgfFiles(spec, options);
    for (const [at, curve] of spec.curves.entries()) {
      const rows = files
        .get(`01-loss-0${at + 1}.csv`)!
        .trim()
        .split('\n')
        .slice(1);
      const read = rows.map((row) => row.split(',').map(Number));
      expect(read.flat()).toEqual([...curve.line]);
      expect(rows.filter((row) => row.endsWith(',nan'))).toHaveLength(1);
    }
  });

  test('what lies far outside the picture is drawn to its edge by TeX, which cannot reckon so far, and stands whole in the CSV', async () => {
    const { spec } = await chart(1);
    const wide: ChartSpec = { ...spec, y: { ...spec.y, min: 0, max: 2 }, curves: [{ ...spec.curves[0]!, line: Float64Array.of(0, 1, 1, 2.5e38) }] };
    const files = pgfFiles(wide, options);
    expect(files.get('01-loss.tex')).toContain('restrict y to domain*=-20:22,');
    expect(files.get('01-loss-01.csv')).toContain('1,2.5e+38');
    expect(pgfFiles({ ...wide, y: { ...wide.y, scale: 'log', min: 1 } }, options).get('01-loss.tex')).not.toContain('restrict');
  });

  test('Greek letters and signs are mathematics, brackets are what they are', () => {
    expect(escapeLatex('λ=β₁<0.9 | ✓ −1')).toBe('$\\lambda$=$\\beta$$_1$\\textless{}0.9 \\textbar{} $\\surd$ $-$1');
    expect(escapeLatex("a-z A~Z (0) [x] it's")).toBe("a-z A\\textasciitilde{}Z (0) [x] it's");
    expect(escapeLatex('ünïcode 日本')).toBe('ünïcode 日本');
  });

  test('the same chart gives the same files', async () => {
    const [a, b] = [await chart(3), await chart(3)].map(({ spec }) => [...pgfFiles(spec, options)]);
    expect(a).toEqual(b);
  });
});

describe('without colour', () => {
  test('no two of the first 28 runs share line and marker, and neighbours differ in both', () => {
    const styles = [...printStyles(new Map(Array.from({ length: mostDistinct }, (_, slot) => [slot, runStyle(slot)])), 'distinct').values()];
    expect(mostDistinct).toBe(28);
    expect(new Set(styles.map(({ line, marker }) => `${line} ${marker}`)).size).toBe(mostDistinct);
    for (const [at, style] of styles.entries()) {
      const next = styles[at + 1];
      if (next) expect(style.line !== next.line && style.marker !== next.marker).toBe(true);
    }
  });

  test('colours stay those of the screen', () => {
    expect([...printStyles(new Map([['a', runStyle(3, { colour: '#123456' })]]), 'distinct').values()][0]?.colour.light).toBe('#123456');
    const screen = new Map([['a', runStyle(12)]]);
    expect(printStyles(screen, 'screen')).toBe(screen);
  });

  test('markers are vertices of their line, within the window, spread over its width', async () => {
    const { spec } = await chart(1, 'loss', 400);
    const line = spec.curves[0]!.line;
    const marks = lineMarkers(line, spec, 0);
    const vertices = new Set(Array.from({ length: line.length / 2 }, (_, i) => `${line[2 * i]} ${line[2 * i + 1]}`));
    expect(marks.length / 2).toBeGreaterThanOrEqual(6);
    for (let i = 0; i < marks.length; i += 2) expect(vertices).toContain(`${marks[i]} ${marks[i + 1]}`);
    const xs = [...marks].filter((_, i) => i % 2 === 0);
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(0.7 * (spec.x.max - spec.x.min));
    // Lines that lie on each other are marked in different places.
    expect([...lineMarkers(line, spec, 1)]).not.toEqual([...marks]);
  });

  test('a line without a finite value, and an empty one, have none', () => {
    const axes: Pick<ChartSpec, 'x' | 'y'> = { x: { label: '', scale: 'linear', min: 0, max: 1 }, y: { label: '', scale: 'linear', min: 0, max: 1 } };
    expect(lineMarkers(new Float64Array(0), axes, 0)).toHaveLength(0);
    expect(lineMarkers(Float64Array.of(0, Number.NaN, 1, Number.POSITIVE_INFINITY), axes, 3)).toHaveLength(0);
  });
});

describe('size', () => {
  test('the drawing says its width in cm, and what it leaves out in words', async () => {
    const { spec } = await chart(2);
    const size = figureSize(8.4);
    const { svg, widthPx } = figureOf(
      { ...spec, notes: ['3 points outside'] },
      { title: 'loss', widthCm: 8.4, plot: { width: pixels(8.4), height: pixels(size.heightCm) }, marked: true },
    );
    expect(svg).toMatch(/^<svg [^>]*width="8\.4cm" height="[\d.]+cm" viewBox="0 0 317 \d+"/);
    expect(widthPx).toBe(317);
    expect(svg).toMatch(/aria-label="[^"]*3 points outside/);
    expect(svg).not.toMatch(/<text[^>]*>[^<]*3 points outside/);
  });
});
