// Trackers on the wire: which can be read, what a connection shows, and how a choice of runs becomes a source. Tokens go by `secrets.ts`.
import * as v from 'valibot';

const label = v.pipe(v.string(), v.maxLength(4096));
const short = v.pipe(v.string(), v.maxLength(256));
const count = v.pipe(v.number(), v.minValue(0));
/** A certificate in PEM form. */
const certificate = v.pipe(v.string(), v.maxLength(16 * 1024));
/** By field; never a secret. */
const settings = v.record(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/)), label);

const field = v.object({
  id: short,
  label,
  kind: v.picklist(['address', 'text', 'secret']),
  required: v.boolean(),
  placeholder: label,
  help: label,
  /** The page of the hosted service on which it is made; '' where there is none. */
  page: label,
  /** What the environment or an earlier connection says, where it is no secret. */
  value: label,
});

/** A kind of tracker and its form. */
const trackerForm = v.object({
  id: short,
  title: label,
  accepts: label,
  /** The environment says where it is. */
  isNamed: v.boolean(),
  /** Nothing answers any more: there are only files to open. */
  hasEnded: v.boolean(),
  fields: v.array(field),
});
export type TrackerForm = v.InferOutput<typeof trackerForm>;

const connected = v.object({
  connection: count,
  tracker: short,
  server: label,
  address: label,
  user: v.nullable(label),
  /** Where each field's value came from. */
  origins: v.record(short, v.picklist(['entered', 'address', 'kept', 'environment', 'configuration', 'profile', 'netrc', 'pgpass', 'initial'])),
  /** What a filter looks like in this tracker's own language. */
  filterExample: label,
});
export type Connected = v.InferOutput<typeof connected>;

/** Why there is no connection, in a form that the dialog can act on. */
const refused = v.object({
  /** Which tracker it would be, where that is known. */
  tracker: v.nullable(short),
  /** The form field that is wrong; null where it is none of them. */
  field: v.nullable(short),
  code: short,
  message: label,
  tip: label,
  /** The server shows a certificate that a person may choose to trust. */
  certificate: v.nullable(v.object({ pem: certificate, fingerprint: label, subject: label, issuer: label, validUntil: label })),
});
export type Refused = v.InferOutput<typeof refused>;

const project = v.object({ id: label, name: label, runs: v.nullable(count), changedMs: v.nullable(v.number()) });
export type ListedProject = v.InferOutput<typeof project>;

const listedRun = v.object({
  id: label,
  project: label,
  name: v.nullable(label),
  status: v.picklist(['finished', 'failed', 'killed', 'running', 'unknown']),
  startedMs: v.nullable(v.number()),
  user: v.nullable(label),
});
export type ListedTrackerRun = v.InferOutput<typeof listedRun>;

const query = v.strictObject({
  projects: v.pipe(v.array(label), v.maxLength(10_000)),
  filter: v.nullable(v.pipe(v.string(), v.maxLength(16 * 1024))),
  since: v.nullable(v.number()),
  /** Only these; all that the filter finds where left out. */
  ids: v.optional(v.pipe(v.array(label), v.maxLength(10_000))),
});
export type TrackerQuery = v.InferOutput<typeof query>;

/** Part of `hostApi`; `source` is what a source looks like there. */
export const trackerMethods = <S extends v.GenericSchema>(source: S) =>
  ({
    trackers: { params: v.null(), result: v.array(trackerForm) },
    /** Says hello. `tracker` null: whichever answers there. */
    connect: {
      params: v.strictObject({ tracker: v.nullable(short), settings, certificate: v.optional(certificate) }),
      result: v.variant('kind', [
        v.object({ kind: v.literal('connected'), ...connected.entries }),
        /** There is nothing to choose from: it is a source already. */
        v.object({ kind: v.literal('place'), source }),
        v.object({ kind: v.literal('refused'), ...refused.entries }),
      ]),
    },
    /** The next page of projects; the first again with `anew`. */
    projects: { params: v.strictObject({ connection: count, anew: v.boolean() }), result: v.object({ projects: v.array(project), more: v.boolean() }) },
    /** The next page of runs that a query finds; the first again with `anew`. */
    listRuns: { params: v.strictObject({ connection: count, query, anew: v.boolean() }), result: v.object({ runs: v.array(listedRun), more: v.boolean() }) },
    /** Makes a choice of runs a source, which is imported, refreshed and followed like a folder. */
    keepRuns: { params: v.strictObject({ connection: count, query, label }), result: source },
    disconnect: { params: v.strictObject({ connection: count }), result: v.null() },
  }) as const;
