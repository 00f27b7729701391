// Templates: they come back as they were written, and what is damaged or from elsewhere is said or falls back.
import { expect, test } from 'vitest';
import { standardView } from '../../../src/core/report/chart-view';
import { standardPage } from '../../../src/core/report/page-setup';
import { parseTemplate, type ReportTemplate, readTemplate, standardSections, templateText } from '../../../src/core/report/template';

const template: ReportTemplate = {
  name: 'Weekly',
  title: 'Rates',
  authors: ['Kim Lee'],
  subject: 'What the rate does',
  sections: ['metrics', 'runs'],
  notes: { runs: 'a **note**' },
  page: { paper: 'Letter', orientation: 'landscape', wideTables: 'cut', lines: 'screen' },
  charts: {
    settings: { ...standardView.settings, logY: true, smoothing: { kind: 'ema', weight: 0.6 }, order: ['b', 'a'] },
    grouping: { kind: 'fields', fields: ['params.lr'] },
    x: { min: 1, max: 20 },
    zooms: { loss: { x: null, y: { min: 0, max: 2.5 } } },
  },
};

test('a template comes back as it was written', () => {
  expect(parseTemplate(templateText(template))).toEqual(template);
  expect(templateText(parseTemplate(templateText(template)))).toBe(templateText(template));
});

test('what is left out is as in the standard report', () => {
  expect(parseTemplate('{"format":"diptych-report-template","version":1,"title":"x"}')).toEqual({
    ...readTemplate({}),
    title: 'x',
    sections: standardSections,
    page: standardPage,
    charts: null,
  });
});

test.each([
  ['no JSON', /not JSON/],
  ['[]', /no report template/],
  ['{"format":"diptych-report-template","version":2}', /version 2.*up to 1/],
  ['{"format":"diptych-report-template","version":1,"sections":["nope"]}', /'nope'/],
])('%s is refused in words', (text, words) => {
  expect(() => parseTemplate(text)).toThrow(words);
});

test('damage falls back part by part', () => {
  const read = readTemplate({
    title: 7,
    authors: ['a', 3],
    sections: ['runs', 'gone', 'runs'],
    notes: { runs: 1, metrics: 'kept' },
    page: { paper: 'A5', orientation: 'landscape' },
    charts: { settings: { smoothing: { kind: 'ema', weight: 7 } }, x: { min: 3, max: 1 }, zooms: 'x', grouping: { kind: 'fields', fields: [1] } },
  });
  expect(read).toMatchObject({ title: '', authors: [], sections: ['runs'], notes: { metrics: 'kept' }, page: { ...standardPage, orientation: 'landscape' } });
  expect(read.charts).toMatchObject({ x: null, zooms: {}, grouping: { kind: 'none' } });
  expect(read.charts?.settings.smoothing).toEqual({ kind: 'none' });
});
