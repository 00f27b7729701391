// Checks that a run from somebody else's bundle has the model's shape before anything trusts it.

import * as v from 'valibot';
import { issueCatalogue } from '../base/issues';
import { mediaForms } from '../model/media';
import type { Run } from '../model/run';

const text = v.string();
const textOrNull = v.nullable(text);
const numberOrNull = v.nullable(v.number());
const list = <const S extends v.GenericSchema>(item: S) => v.array(item);
/** Nested run data: anything that lossless JSON gives, but an object at the top. */
const values = v.custom<Run['params']>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

const issue = v.object({
  code: v.picklist(Object.keys(issueCatalogue)),
  severity: v.picklist(['critical', 'warn', 'note', 'info']),
  message: text,
  tip: text,
  file: v.optional(text),
  where: v.optional(text),
});
const evidence = v.object({ file: text, where: v.optional(text), value: v.optional(text) });
const source = v.object({ reader: text, files: list(text), digests: v.optional(v.record(text, text)) });

/** Of a series only what cannot be computed again from its points. */
const series = v.object({ name: text, context: values, xAxis: textOrNull, system: v.boolean(), exactSteps: v.optional(v.record(text, text)) });

const mediaItem = v.object({
  step: numberOrNull,
  timeMs: numberOrNull,
  index: v.number(),
  form: v.picklist(mediaForms),
  type: text,
  content: textOrNull,
  size: numberOrNull,
  caption: textOrNull,
});

const run = v.object({
  id: v.pipe(text, v.regex(/^[a-z2-7]{20}(-\d+)?$/)),
  nativeId: textOrNull,
  parentId: v.nullable(v.pipe(text, v.regex(/^[a-z2-7]{20}(-\d+)?$/))),
  path: v.pipe(
    text,
    v.check((path) => path !== '' && !path.startsWith('/') && !path.split(/[/!\\]/).includes('..')),
  ),
  format: text,
  sources: list(source),
  name: textOrNull,
  experiment: textOrNull,
  parent: textOrNull,
  group: textOrNull,
  jobType: textOrNull,
  status: v.picklist(['finished', 'failed', 'killed', 'running', 'unknown']),
  nativeStatus: textOrNull,
  startedMs: numberOrNull,
  endedMs: numberOrNull,
  user: textOrNull,
  notes: textOrNull,
  deleted: v.boolean(),
  formatVersion: textOrNull,
  params: values,
  tags: values,
  summary: values,
  media: list(v.object({ name: text, kind: text, count: v.number(), context: v.optional(values), items: v.optional(list(mediaItem)) })),
  series: list(series),
  artifacts: list(v.object({ path: text, size: numberOrNull, kind: v.picklist(['file', 'reference']) })),
  facts: list(v.object({ kind: text, value: v.unknown(), evidence: v.pipe(list(evidence), v.minLength(1)) })),
  issues: list(issue),
});

/** A run as a bundle keeps it: its series without what is computed from points. */
export type StoredRun = Omit<Run, 'series' | 'source'> & { readonly series: readonly Pick<Run['series'][number], keyof v.InferOutput<typeof series>>[] };

/** The run, or what is wrong with it. */
export function checkRun(value: unknown): { readonly run: StoredRun } | { readonly wrong: string } {
  const result = v.safeParse(run, value);
  if (result.success) return { run: result.output as unknown as StoredRun };
  const [first] = result.issues;
  return { wrong: `${v.getDotPath(first) ?? 'the run'}: ${first.message}` };
}
