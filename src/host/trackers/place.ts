// A choice of runs on a tracker as a place that is kept: what it takes to connect again, without a secret.
import * as v from 'valibot';

const text = v.pipe(v.string(), v.maxLength(16 * 1024));

export const trackerPlace = v.object({
  tracker: text,
  /** The server's address. */
  base: text,
  /** What was entered, without secrets. */
  settings: v.record(v.string(), text),
  /** A certificate (PEM) that a person chose to trust. */
  trusted: v.optional(text),
  label: text,
  query: v.object({ projects: v.array(text), filter: v.nullable(text), since: v.nullable(v.number()), ids: v.optional(v.array(text)) }),
});
export type TrackerPlace = v.InferOutput<typeof trackerPlace>;
