// Options and SVG of charts: projections, ticks, bands with gaps, and hostile names that stay text.
import { expect, test } from 'vitest';
import { layoutOf } from '../../src/charts/layout';
import { optionOf, stretchesOf } from '../../src/charts/option';
import { projectionOf, projectPairs } from '../../src/charts/projection';
import { escapeXml, renderSvg } from '../../src/charts/svg';
import { lightTheme } from '../../src/charts/theme';
import type { ChartSpec } from '../../src/core/view/chart-spec';
import { drawPanel } from '../../src/core/view/curves-draw';
import { specOf } from '../../src/core/view/curves-spec';
import { runStyle } from '../../src/core/view/run-style';
import { columnsOf, lossCurve, plainWish, pointsOf } from '../support/curves';

function chart(label = 'baseline', logY = false): ChartSpec {
  const columns = new Map([
    ['a', columnsOf(lossCurve(7, 3000))],
    ['b', columnsOf(pointsOf(1, Number.NaN, Number.POSITIVE_INFINITY, 0.5))],
  ]);
  const wish = plainWish(
    [...columns.keys()].map((id) => ({ kind: 'series', id, series: id })),
    { logY, envelope: true },
  );
  const looks = new Map([...columns.keys()].map((id, slot) => [id, { owner: id, label: `${label} ${id}`, style: runStyle(slot), member: false }]));
  return specOf('val/loss', wish, drawPanel(wish, columns, new Map()), looks, { label: 'step', scale: 'linear' });
}

/** Every tag is closed, every attribute quoted once: enough to catch what an XML parser would refuse. */
function wellFormed(svg: string): void {
  const open: string[] = [];
  const rest = svg.replace(/<(\/?)([a-zA-Z]+)((?: [a-zA-Z0-9:_-]+="[^"<>]*")*) ?(\/?)>/g, (_, closing: string, name: string, _attributes, single: string) => {
    if (closing) expect(open.pop()).toBe(name);
    else if (!single) open.push(name);
    return '';
  });
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>"]/);
}

test('a projection goes to pixels and back, also on log axes', () => {
  const axes = { x: { label: '', scale: 'linear', min: 10, max: 20 }, y: { label: '', scale: 'log', min: 0.01, max: 100 } } as const;
  const projection = projectionOf(axes, { left: 50, top: 10, width: 100, height: 200 });
  expect([projection.toX(15), projection.toY(1), projection.toY(100)]).toEqual([100, 110, 10]);
  expect(projection.fromX(projection.toX(12.5))).toBeCloseTo(12.5, 10);
  expect(projection.fromY(projection.toY(0.3))).toBeCloseTo(0.3, 10);
  expect(projection.toY(-1)).toBeNaN();
});

test('log axes take the logarithm of the data, and drop what has none', () => {
  const axes = { x: { label: '', scale: 'log', min: 1, max: 10 }, y: { label: '', scale: 'log', min: 1, max: 10 } } as const;
  expect([...projectPairs(Float64Array.from([10, 100, 0, 1, 1, -2]), axes.x, axes.y)]).toEqual([1, 2, Number.NaN, 0, 0, Number.NaN]);
});

test('bands are cut at gaps', () => {
  const linear = { label: '', scale: 'linear', min: 0, max: 9 } as const;
  const band = Float64Array.from([0, 1, 2, 1, 1, 3, 2, Number.NaN, Number.NaN, 3, 0, 1]);
  expect(stretchesOf(band, { x: linear, y: linear })).toEqual([
    [
      [0, 2],
      [1, 3],
      [1, 1],
      [0, 1],
    ],
    [
      [3, 1],
      [3, 0],
    ],
  ]);
});

test('an option places our own ticks and draws curves from back to front without animation or hover', () => {
  const spec = chart();
  const option = optionOf(spec, layoutOf(spec, { width: 600, height: 300 }, true), lightTheme, true);
  expect(option.series.map((series) => series.id)).toEqual(['a|band', 'a|line', 'b|line', 'b|dots', 'b|marks']);
  for (const series of option.series) expect(series).toMatchObject({ animation: false, silent: true });
  const { formatter, customValues } = option.yAxis.axisLabel as { formatter: (value: number) => string; customValues: number[] };
  expect(customValues.map(formatter).every((text) => text !== '')).toBe(true);
});

test('SVG without a DOM: one image with its names, in the light theme', () => {
  const svg = renderSvg(chart(), { width: 640, height: 320 });
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="val\/loss: 2 curves over step\. /);
  expect(svg).toContain('baseline a');
  expect(svg).toContain('>val/loss</text>');
  expect(svg.match(/<svg/g)).toHaveLength(1);
  expect(svg).toContain(runStyle(0).colour.light);
  expect(svg).not.toMatch(/<script|style=|<style|NaN[ ,"]|Infinity|href=|zr0/);
  wellFormed(svg);
});

test('many charts stand in one document without sharing ids', () => {
  const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  const [a, b] = [renderSvg(chart(), { width: 640, height: 320 }), renderSvg(chart('other'), { width: 600, height: 320 })];
  expect(ids(a).length).toBeGreaterThan(0);
  expect(ids(a).filter((id) => ids(b).includes(id))).toEqual([]);
  expect(renderSvg(chart(), { width: 640, height: 320 })).toBe(a);
});

test('hostile names stay text in SVG', () => {
  const svg = renderSvg(chart('</text><script>alert(1)</script>"\' onload=\u0007\ud800'), { width: 500, height: 300 });
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&lt;/text&gt;&lt;script&gt;');
  wellFormed(svg);
  expect(escapeXml('a\u0000b\ud800c😀')).toBe('a\ufffdb\ufffdc😀');
});

test('a log chart renders as well', () => {
  expect(renderSvg(chart('x', true), { width: 500, height: 300 })).not.toMatch(/NaN[ ,"]/);
});
