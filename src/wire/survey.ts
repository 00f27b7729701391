// What a page may ask of the host about files that nobody knows: schemas of a survey and of a mapping's preview.
import * as v from 'valibot';
import type { Issue } from '../core/base/issues';

/** A text of a mapping file; the host refuses larger ones with words. */
export const mappingSource = v.pipe(v.string(), v.maxLength(256 * 1024));

const text = v.pipe(v.string(), v.maxLength(8192));
const count = v.pipe(v.number(), v.minValue(0));
const list = <const S extends v.GenericSchema>(item: S) => v.pipe(v.array(item), v.maxLength(2000), v.readonly());

export const issue = v.pipe(
  v.object({
    code: text,
    severity: v.picklist(['critical', 'warn', 'note', 'info']),
    message: text,
    tip: text,
    file: v.optional(text),
    where: v.optional(text),
  }),
  v.transform((checked) => checked as Issue),
);

const preview = v.object({
  runs: list(
    v.object({
      name: text,
      path: text,
      points: count,
      series: list(v.object({ name: text, count })),
      seriesCount: count,
      params: list(v.object({ name: text, value: text })),
    }),
  ),
  runCount: count,
  pointCount: count,
  table: v.object({ columns: list(text), rows: list(list(text)) }),
  columns: list(
    v.object({
      name: text,
      role: v.picklist(['step', 'time', 'run', 'param', 'metric', 'maybe-metric', 'none']),
      numbers: count,
      texts: count,
      example: text,
    }),
  ),
  files: list(v.object({ path: text, lines: count, matched: count, unmatched: count, samples: list(v.object({ line: count, text })) })),
  issues: list(issue),
  partial: v.boolean(),
});

export const surveyAnswer = v.object({
  survey: v.nullable(
    v.object({
      unknown: list(v.object({ path: text, size: count, guess: v.nullable(text), score: v.number() })),
      unknownCount: count,
      proposal: v.string(),
      claimed: count,
    }),
  ),
  check: v.object({ preview: v.nullable(preview), problems: list(issue) }),
});
