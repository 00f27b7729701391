// The report: what it says of drawn runs, that nothing of a run becomes markup, and that the same input gives the same bytes.
import { describe, expect, test } from 'vitest';
import { renderSvg } from '../../../src/charts/svg';
import { judgeAcross, judgeRun } from '../../../src/core/health/judge';
import { buildReport, sections } from '../../../src/core/report/build';
import { chartsOf } from '../../../src/core/report/charts';
import type { ReportDocument, TableBlock } from '../../../src/core/report/document';
import { type PageSetup, standardPage } from '../../../src/core/report/page-setup';
import { renderers } from '../../../src/core/report/renderer';
import { trialAnalysesOf } from '../../../src/core/report/trial-analyses';
import type { Trial } from '../../../src/core/trials/trial';
import { runStyle } from '../../../src/core/view/run-style';
import { type DrawnRun, readRunFromText } from '../../support/run-from-text';

const hostile = '<img src=x onerror=alert(1)>"\'|`_*[x](javascript:1)\\$&{}#%~^';

const drawn: readonly (readonly [string, DrawnRun])[] = [
  [
    'step train/loss val/loss lr\n0 2.5 2.4 0.1\n1 1.5 1.6 0.1\n2 1.0 1.2 0.1',
    { id: 'a', name: 'first', experiment: 'digits', params: { lr: 0.1, seed: 1, same: 'x' } },
  ],
  [
    'step train/loss val/loss lr\n0 2.5 2.4 0.2\n1 1.2 1.3 0.2\n2 NaN 0.9 0.2',
    { id: 'b', name: hostile, experiment: 'digits', params: { lr: 0.2, seed: 1, same: 'x', [hostile]: hostile }, notes: hostile },
  ],
  ['step train/loss\n0 2.5\n1 1.9', { id: 'c', name: 'third', experiment: 'digits', params: { lr: 0.3, seed: 2, same: 'x' }, status: 'failed' }],
];

async function reportOf(count: number, more: Partial<Parameters<typeof buildReport>[0]> = {}): Promise<ReportDocument> {
  const read = drawn.slice(0, count).map(([table, run]) => readRunFromText(table, run));
  const runs = read.map(({ run }) => run);
  const styles = new Map(runs.map((run, slot) => [run.id, runStyle(slot)]));
  const signal = new AbortController().signal;
  const { charts, leftOut } = await chartsOf({
    runs,
    styles,
    signal,
    pointsOf: async (id, series) => series.map((index) => read.find(({ run }) => run.id === id)!.points[index]!),
  });
  const judged = read.map((one) => judgeRun(one));
  const health = { runs: judged.map((one) => one.health), across: judgeAcross(judged.map(({ sketch }) => sketch)) };
  return buildReport({
    runs,
    styles,
    charts,
    analyses: { health },
    chartsLeftOut: leftOut,
    createdMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    generator: 'Diptych test',
    ...more,
  });
}

const svgOf = ({ spec }: { spec: Parameters<typeof renderSvg>[0] }, width: number): string => renderSvg(spec, { width, height: 280 });
const rendered = (document: ReportDocument, id: string): string => renderers.find(({ meta }) => meta.id === id)!.render(document, { svgOf });
const tables = (document: ReportDocument, section: string): readonly TableBlock[] =>
  document.sections.find(({ id }) => id === section)!.blocks.filter((block): block is TableBlock => block.kind === 'table');

describe('the document', () => {
  test('params that differ, and only those', async () => {
    const [params] = tables(await reportOf(2), 'params');
    expect(params?.rows.map(([key]) => key?.text)).toEqual([hostile, 'lr'].sort());
  });

  test('metrics: best and last with deltas coloured by direction, at full precision behind', async () => {
    const [metrics] = tables(await reportOf(2), 'metrics');
    const row = metrics?.rows.find(([key]) => key?.text === 'val/loss (best, lowest)');
    expect(row?.[1]).toMatchObject({ text: '1.2' });
    expect(row?.[2]).toMatchObject({ exact: '0.9', tone: 'good' });
    expect(row?.[2]?.text).toContain('−0.3 (−25.0 %)');
  });

  test('one chart per metric with a curve; a non-finite point is marked', async () => {
    const document = await reportOf(3);
    const charts = document.sections.find(({ id }) => id === 'curves')!.blocks.filter((block) => block.kind === 'chart');
    expect(charts.map(({ caption }) => caption)).toEqual(['lr', 'train/loss', 'val/loss']);
    const loss = charts.find(({ caption }) => caption === 'train/loss');
    expect(loss?.spec.curves.map(({ owner }) => owner)).toEqual(['a', 'b', 'c']);
    expect(loss?.spec.curves.find(({ owner }) => owner === 'b')?.marks).toHaveLength(1);
    expect(loss?.spec.logged).toBe(8);
  });

  test('sections can be chosen, ordered and noted; an unknown one is refused by name', async () => {
    const document = await reportOf(2, { sections: ['metrics', 'runs'], notes: { runs: 'a note' }, title: 'Mine' });
    expect(document.sections.map(({ id }) => id)).toEqual(['metrics', 'runs']);
    expect(document.sections[1]?.note).toBe('a note');
    expect(document.title).toBe('Mine');
    await expect(reportOf(1, { sections: ['nope'] })).rejects.toThrow(/'nope'.*runs/);
  });

  test('the baseline stands first', async () => {
    const document = await reportOf(3, { baseline: 'c' as ReportDocument['baseline'] });
    expect(document.runs.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  test('many runs are cut into tables that fit a page, the baseline in each', async () => {
    const read = Array.from({ length: 11 }, (_, index) =>
      readRunFromText('step loss\n0 1\n1 0.5', { id: `r${index}`, name: `run ${index}`, params: { lr: index } }),
    );
    const runs = read.map(({ run }) => run);
    const withPage = (page: PageSetup): readonly TableBlock[] =>
      tables(
        buildReport({
          runs,
          styles: new Map(runs.map((run, slot) => [run.id, runStyle(slot)])),
          charts: [],
          chartsLeftOut: 0,
          createdMs: 0,
          generator: 'x',
          page,
        }),
        'params',
      );
    const cut = withPage({ ...standardPage, wideTables: 'cut' });
    expect(cut.map(({ head, wide }) => [head.length, wide])).toEqual([
      [6, undefined],
      [6, undefined],
      [4, undefined],
    ]);
    const params = withPage(standardPage);
    expect(params.map(({ head, wide }) => [head.length, wide])).toEqual([
      [9, true],
      [5, true],
    ]);
    // A report that is landscape as a whole needs no other pages.
    expect(withPage({ ...standardPage, orientation: 'landscape' }).map(({ wide }) => wide)).toEqual([undefined, undefined]);
    expect([...cut, ...params].every(({ head }) => head[1]?.text === 'run 0 (baseline)')).toBe(true);
  });

  test('every standard section is there for two runs', async () => {
    const ids = (await reportOf(2)).sections.map(({ id }) => id);
    // Two runs of two settings are no groups and show no effects; practices stand only where there is something to say.
    const silent = ['comparability', 'groups', 'effects', 'practices'];
    expect(ids).toEqual(sections.filter(({ meta }) => meta.standard && !silent.includes(meta.id)).map(({ meta }) => meta.id));
  });

  test('groups and effects where there is something to say, with what could have been seen before the verdict', async () => {
    const trials = Array.from({ length: 36 }, (_, i): Trial => {
      const lr = [0.001, 0.01, 0.1][i % 3] as number;
      const value = 0.5 + 0.1 * (i % 3) + 0.001 * ((i * 7) % 5) + 0.002 * ((i >> 2) % 4);
      return { id: `t${i}`, name: `t${i}`, params: { lr, width: 2 ** (i % 4), note: 'x' }, seed: String(i >> 2), value, circumstances: {}, durationMs: null };
    });
    const analyses = trialAnalysesOf({ metric: 'val/acc', direction: 'max', reading: 'last', seedParam: 'seed', trials });
    const document = await reportOf(2, { analyses });
    const [groups, differences] = tables(document, 'groups');
    expect(groups?.rows).toHaveLength(12);
    expect(differences?.rows[0]?.[1]?.text).toContain('3 seeds each only a difference of 3.07 SD');
    const [effects] = tables(document, 'effects');
    expect(effects?.rows.map(([name]) => name?.text).sort()).toEqual(['lr', 'width']);
    expect(effects?.rows[0]?.[0]?.text).toBe('lr');
    for (const { meta } of renderers) expect(rendered(document, meta.id)).toContain('3.07 SD');
  });
});

describe('renderings', () => {
  test('nothing of a run becomes markup in HTML', async () => {
    const html = rendered(await reportOf(3), 'html');
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/<script|javascript:[^1]|onerror=alert\(1\)>/i);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/\b(?:src|href)="(?!#)/);
    expect(html.match(/<svg[^>]*role="img"/g)?.length).toBe(3);
  });

  test('a cell of Markdown stays one cell', async () => {
    const markdown = rendered(await reportOf(3), 'md');
    const [head, rule] = markdown.split('\n').filter((line) => line.startsWith('|'));
    expect(rule?.split('|').length).toBe(head?.split(/(?<!\\)\|/).length);
    for (const line of markdown.split('\n')) expect(line).not.toMatch(/<img|(?<!\\)\[x\]\(/);
  });

  test('LaTeX has no bare special character of a run', async () => {
    const tex = rendered(await reportOf(3), 'tex');
    expect(tex).toContain('onerror=alert(1)');
    expect(tex).not.toMatch(/(?<!\\)[#](?!\d)|(?<!\\)~\^/);
    expect(tex.match(/\\begin\{longtable\}/g)?.length).toBe(tex.match(/\\end\{longtable\}/g)?.length);
  });

  test('CSV keeps full precision and is no formula', async () => {
    const csv = rendered(await reportOf(2), 'csv');
    expect(csv).toContain('metrics,"val/loss (best, lowest)"');
    for (const line of csv.split('\r\n').slice(1)) expect(line).not.toMatch(/(^|,)[=@]/);
  });

  test.each(renderers.map(({ meta }) => meta.id))('%s: the same input gives the same bytes', async (id) => {
    expect(rendered(await reportOf(3), id)).toBe(rendered(await reportOf(3), id));
  });

  test('JSON can be read again', async () => {
    const document = JSON.parse(rendered(await reportOf(2), 'json')) as ReportDocument;
    expect(document).toMatchObject({ kind: 'diptych-report', version: 1 });
    expect(document.sections.length).toBeGreaterThan(5);
  });
});
