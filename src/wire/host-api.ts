// What a page may ask of the host, and what the host tells it: one table of schemas, checked on both ends.
import * as v from 'valibot';
import type { RunId } from '../core/base/units';
import type { Api, ParamsOf, ResultOf } from './peer';
import { secretMethods } from './secrets';
import { issue, mappingSource, surveyAnswer } from './survey';
import { trackerMethods } from './trackers';

/** Raised when a message changes its meaning; page and host of different versions refuse each other. */
export const wireVersion = 2;

const id = v.pipe(v.string(), v.regex(/^[a-z0-9]{1,64}$/));
const label = v.pipe(v.string(), v.maxLength(4096));
const mark = v.pipe(v.string(), v.maxLength(64));
const count = v.pipe(v.number(), v.minValue(0));
const nothing = v.null();
/** A report is one self-contained HTML file with its charts inside. */
const htmlLimit = 48 * 1024 * 1024;

/** Something that may be read. The id stands for a place that was named, picked or connected to; it stays the same for the same place. */
export const sourceRef = v.object({
  id,
  label,
  /** For people to read; the host never opens a path that a page sends. */ path: label,
  kind: v.picklist(['folder', 'file', 'tracker', 'bucket']),
});
export type SourceRef = v.InferOutput<typeof sourceRef>;

/** What this host can do; a control whose capability is missing is not shown. */
const capability = v.picklist(['pick', 'browse', 'print-pdf', 'open-external', 'connect']);
export type Capability = v.InferOutput<typeof capability>;

const hello = v.object({
  version: v.number(),
  app: label,
  capabilities: v.array(capability),
  /** Named on the command line or handed over: to be imported at once. Each is told once. */
  sources: v.array(sourceRef),
});
export type Hello = v.InferOutput<typeof hello>;

const listing = v.object({
  place: id,
  label,
  path: label,
  parent: v.nullable(id),
  entries: v.array(v.object({ id, name: label, kind: v.picklist(['folder', 'file']), size: v.nullable(count), modifiedMs: v.nullable(v.number()) })),
  /** More entries than are shown. */
  truncated: v.boolean(),
});
export type Listing = v.InferOutput<typeof listing>;

/** How a source stands now; the fingerprint changes when a file below it is added, grows, shrinks or goes. */
const sourceState = v.object({
  state: v.picklist(['present', 'gone']),
  fingerprint: v.nullable(label),
  files: count,
  bytes: count,
  newestMs: v.nullable(v.number()),
  /** Milliseconds since the newest change, by the host's clock. */
  quietMs: v.nullable(count),
});
export type SourceState = v.InferOutput<typeof sourceState>;

export const hostApi = {
  hello: { params: v.strictObject({ version: v.number() }), result: hello },
  /** The desktop's own dialog. Empty when the user changed their mind. */
  pick: { params: v.strictObject({ kind: v.picklist(['folder', 'file']) }), result: v.array(sourceRef) },
  /** Lists a place for the page's picker; null is where the host was started. */
  browse: { params: v.strictObject({ place: v.nullable(id) }), result: listing },
  /** Turns places that were picked into sources. */
  choose: { params: v.strictObject({ places: v.pipe(v.array(id), v.maxLength(1000)) }), result: v.array(sourceRef) },
  sourceState: { params: v.strictObject({ source: id }), result: sourceState },
  startImport: {
    params: v.strictObject({
      sources: v.pipe(v.array(id), v.minLength(1), v.maxLength(1000)),
      /** Runs, packed; or the training code itself, as texts that the page reviews (core/setup/project/pack.ts). */
      what: v.picklist(['runs', 'code']),
      keepContents: v.boolean(),
      limits: v.record(v.pipe(v.string(), v.maxLength(64)), v.number()),
      /** Marks of claims that were read before, by key: what is as it was is not read again. */
      known: v.optional(v.record(mark, mark)),
      /** Keeps reading one source as it grows, until it is cancelled or all its runs have ended. */
      follow: v.optional(v.boolean()),
      /** Text of a mapping file that is taken to lie in every source (docs/mapping-file.md). */
      mapping: v.optional(mappingSource),
    }),
    result: v.object({ import: count }),
  },
  /** Looks over a source for files that nobody knows, and previews a mapping; null for the one that is proposed. */
  survey: { params: v.strictObject({ source: id, mapping: v.nullable(mappingSource) }), result: surveyAnswer },
  cancelImport: { params: v.strictObject({ import: count }), result: nothing },
  /** Prints one HTML document; the PDF is fetched like a batch. `note` says what the user should know of how it was made. */
  printPdf: {
    params: v.strictObject({ html: v.pipe(v.string(), v.maxLength(htmlLimit)), title: label }),
    result: v.object({ batch: count, bytes: count, note: v.nullable(label) }),
  },
  /** Shows an address of a short list (external.ts) in the user's browser, after asking. */
  openExternal: { params: v.strictObject({ url: v.pipe(v.string(), v.maxLength(4096)) }), result: nothing },
  ...secretMethods,
  ...trackerMethods(sourceRef),
} as const satisfies Api;

export type HostApi = typeof hostApi;
export type HostMethod = keyof HostApi & string;
export type HostParams<M extends HostMethod> = ParamsOf<HostApi, M>;
export type HostResult<M extends HostMethod> = ResultOf<HostApi, M>;

const progress = v.object({
  phase: v.picklist(['scan', 'probe', 'read']),
  source: count,
  files: count,
  bytes: count,
  bytesTotal: v.nullable(count),
  runs: count,
  points: count,
  current: v.nullable(label),
});

const run = v.pipe(
  v.string(),
  v.maxLength(64),
  v.transform((checked) => checked as RunId),
);
const claim = v.object({ key: mark, mark, runs: v.pipe(v.array(run), v.readonly()) });
const look = v.object({
  state: v.picklist(['gone', 'same', 'changed']),
  files: count,
  bytes: count,
  open: count,
  runs: count,
  restarted: v.pipe(v.array(label), v.readonly()),
});

/** As the page sees an import; see `ImportEvent`. */
export const importEvent = v.variant('kind', [
  v.object({ kind: v.literal('progress'), progress }),
  v.object({ kind: v.literal('batch'), id: count, bytes: count, runs: count }),
  v.object({ kind: v.literal('issue'), source: count, issue }),
  v.object({ kind: v.literal('claims'), source: count, claims: v.pipe(v.array(claim), v.readonly()) }),
  v.object({ kind: v.literal('withdrawn'), run, by: v.nullable(run) }),
  v.object({ kind: v.literal('looked'), look }),
  v.object({ kind: v.literal('done'), runs: count, points: count, bytes: count, ms: count }),
  v.object({ kind: v.literal('cancelled') }),
  v.object({ kind: v.literal('failed'), message: label, tip: label }),
]);

/** What the host tells unasked. */
export const hostEvent = v.variant('kind', [
  v.object({ kind: v.literal('import'), import: count, event: importEvent }),
  /** More to import: a second start of the program, or a file opened from the desktop. */
  v.object({ kind: v.literal('sources'), sources: v.array(sourceRef) }),
]);
export type HostEvent = v.InferOutput<typeof hostEvent>;
