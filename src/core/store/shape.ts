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
const ourId = v.pipe(text, v.regex(/^[a-z2-7]{20}(-\d+)?$/));
const source = v.object({
  reader: text,
  nativeId: v.optional(text),
  runId: v.optional(ourId),
  files: list(text),
  digests: v.optional(v.record(text, text)),
});

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const origin = v.pipe(list(index), v.minLength(1));
/** Names may be anything, `__proto__` too: `v.record` would lose it. */
const originsByName = v.custom<Record<string, readonly number[]>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((one) => v.is(origin, one)),
);
const origins = v.object({
  header: originsByName,
  params: originsByName,
  tags: originsByName,
  summary: originsByName,
  facts: originsByName,
  artifacts: originsByName,
  series: list(origin),
});
const conflict = v.object({
  what: v.picklist(['header', 'params', 'tags', 'summary', 'facts']),
  name: text,
  kind: v.picklist(['differs', 'typed', 'worded']),
  values: v.pipe(list(v.object({ source: index, value: v.unknown() })), v.minLength(2)),
});

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

const own = v.object({ note: v.nullable(v.pipe(text, v.maxLength(100_000))), tags: v.pipe(list(v.pipe(text, v.maxLength(200))), v.maxLength(1000)) });

const run = v.object({
  id: ourId,
  nativeId: textOrNull,
  parentId: v.nullable(ourId),
  path: v.pipe(
    text,
    v.check((path) => path !== '' && !path.startsWith('/') && !path.split(/[/!\\]/).includes('..')),
  ),
  format: text,
  sources: list(source),
  extract: v.optional(v.literal(true)),
  own: v.optional(own),
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
  origins: v.optional(origins),
  conflicts: v.optional(list(conflict)),
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
