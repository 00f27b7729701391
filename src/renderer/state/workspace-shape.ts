// The shape of a workspace and its versions: what comes out of the store or a file is held to it before anything trusts it.

import * as v from 'valibot';
import type { RunId } from '../../core/base/units';
import { lineStyles, type RunColour } from '../../core/view/run-style';
import type { Workspace } from './workspace';

/** Counted up by one; a bump needs a step below and a kept sample in test/upgrades. */
export const workspaceVersion = 2;

/** Bounds of what a person types; a file that goes beyond is refused. */
export const longestNote = 100_000;
export const longestTag = 200;
export const longestName = 500;
const longestQuery = 20_000;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200)) as unknown as v.GenericSchema<unknown, RunId>;
const ofRuns = <const S extends v.GenericSchema>(value: S) => v.map(id, value);
const reduction = v.picklist(['last', 'best', 'min', 'max', 'mean']);
const plain = v.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Object]',
);
/** `palette:3`: the fourth colour of the palette that is chosen; else `#rrggbb`. */
const colour = v.pipe(v.string(), v.regex(/^(#[0-9a-f]{6}|palette:\d{1,2})$/i)) as unknown as v.GenericSchema<unknown, RunColour>;

/** A query with a name, to come back to. */
const savedFilter = v.object({ id: text(100), name: v.pipe(text(longestName), v.minLength(1)), query: text(longestQuery) });
export type SavedFilter = Readonly<v.InferOutput<typeof savedFilter>>;

const fields = {
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  name: v.pipe(text(longestName), v.minLength(1)),
  experiment: v.nullable(v.string()),
  search: text(longestQuery),
  filter: text(longestQuery),
  deleted: v.boolean(),
  grouping: v.variant('kind', [
    v.object({ kind: v.literal('none') }),
    v.object({ kind: v.literal('all-but-seed') }),
    v.object({ kind: v.literal('fields'), fields: v.array(v.string()) }),
  ]),
  sort: v.array(v.object({ field: v.string(), descending: v.boolean() })),
  metrics: v.object({ reduction, reductions: v.map(v.string(), reduction), directions: v.map(v.string(), v.picklist(['min', 'max', 'none'])) }),
  baseline: v.nullable(id),
  visible: v.set(id),
  checked: v.set(id),
  slots: ofRuns(v.pipe(v.number(), v.integer(), v.minValue(0))),
  colours: ofRuns(colour),
  lines: ofRuns(v.picklist(lineStyles)),
  notes: ofRuns(text(longestNote)),
  labels: ofRuns(v.pipe(v.array(v.pipe(text(longestTag), v.minLength(1))), v.maxLength(1000))),
  filters: v.pipe(v.array(savedFilter), v.maxLength(1000)),
  defaultFilter: v.nullable(v.string()),
  absent: ofRuns(text(1000)),
  features: plain,
} as const;

/** The light forms of the standard palette, as version 1 kept them. */
const coloursOfVersion1 = ['#3583ff', '#e97215', '#0f7b70', '#ba80b7', '#925900', '#7943c2', '#3b4c59', '#631404'];
const colourOfVersion1 = (colour: unknown): unknown => {
  const at = coloursOfVersion1.indexOf(String(colour));
  return at < 0 ? colour : `palette:${at}`;
};

/** What a version says in another way than the one before; index 0 brings version 1 to 2. */
const steps: readonly ((from: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>)[] = [
  // Lines of runs, saved filters and runs that are elsewhere came in; a colour of the standard palette was its light form.
  ({ colours, ...from }) => ({
    ...from,
    ...(colours instanceof Map ? { colours: new Map([...colours].map(([id, colour]) => [id, colourOfVersion1(colour)])) } : {}),
    lines: new Map(),
    filters: [],
    defaultFilter: null,
    absent: new Map(),
  }),
];

/** A workspace of any version up to this one, as this version has it; what is of none comes back as it is. */
export function upgradeWorkspace(stored: unknown): unknown {
  if (!v.is(plain, stored)) return stored;
  const from = typeof stored.version === 'number' && stored.version >= 1 ? stored.version : 1;
  if (from >= workspaceVersion) return stored;
  return { ...steps.slice(from - 1).reduce((one, step) => step(one), stored), version: workspaceVersion };
}

/** What is stored, field by field: one that is missing or damaged is as in `fresh`. */
export function readWorkspace(stored: unknown, fresh: Workspace): Workspace {
  const from = upgradeWorkspace(stored);
  if (!v.is(plain, from)) return fresh;
  const kept = Object.entries(fields).map(([key, schema]) => {
    const read = v.safeParse(schema as v.GenericSchema, from[key]);
    return [key, read.success ? read.output : fresh[key as keyof Workspace]];
  });
  return { ...(Object.fromEntries(kept) as unknown as Omit<Workspace, 'version'>), version: workspaceVersion };
}

const whole = v.object({ ...fields, version: v.literal(workspaceVersion) });

/** What a stranger's file holds, or what is wrong with it: nothing in it is guessed. */
export function checkWorkspace(value: unknown): { readonly workspace: Workspace } | { readonly wrong: string } {
  const read = v.safeParse(whole, upgradeWorkspace(value));
  if (read.success) return { workspace: read.output as unknown as Workspace };
  const [first] = read.issues;
  return { wrong: v.getDotPath(first) ?? first.message };
}
