// Values that several sources of a run give under one name: which stands, who says so, and where they differ.

import { sameValue } from '../compare/same-value';
import type { Conflict, Origin } from '../model/run';
import type { Value, Values } from '../model/values';

/** One source's values, with its index in `sources`. */
export interface Given {
  readonly source: number;
  readonly values: Values;
}

export interface MergedValues {
  readonly values: Values;
  readonly origins: Readonly<Record<string, Origin>>;
  readonly conflicts: readonly Conflict[];
}

/**
 * Unites values by name. The first source's value stands; one that is only a reference (`${lr}`, `???`) gives way to what it came to.
 * @param given in order of precedence
 * @param wordedNames names under which each tracker has words of its own: a difference is no contradiction
 */
export function mergeValues(what: Conflict['what'], given: readonly Given[], wordedNames: ReadonlySet<string> = new Set()): MergedValues {
  const all = new Map<string, { readonly source: number; readonly value: Value }[]>();
  for (const { source, values } of given) {
    for (const [name, value] of Object.entries(values)) {
      const known = all.get(name);
      if (known) known.push({ source, value });
      else all.set(name, [{ source, value }]);
    }
  }
  const values: [string, Value][] = [];
  const origins: [string, Origin][] = [];
  const conflicts: Conflict[] = [];
  for (const [name, said] of all) {
    const standing =
      (isUnresolved(said[0]?.value ?? null) && said.find(({ value }) => !isUnresolved(value) && value !== null)) || (said[0] as (typeof said)[number]);
    const inOrder = [standing, ...said.filter((one) => one !== standing)];
    const agreeing = inOrder.filter(({ value }) => meansTheSame(standing.value, value));
    values.push([name, standing.value]);
    origins.push([name, agreeing.map(({ source }) => source)]);
    if (agreeing.length < inOrder.length) conflicts.push({ what, name, kind: wordedNames.has(name) ? 'worded' : 'differs', values: inOrder });
    else if (inOrder.some(({ value }) => !isWrittenAlike(standing.value, value))) conflicts.push({ what, name, kind: 'typed', values: inOrder });
  }
  return { values: Object.fromEntries(values), origins: originsOf(origins), conflicts };
}

/** Origins by name; what comes from the first source alone is left out. */
export const originsOf = (origins: readonly (readonly [string, Origin])[]): Readonly<Record<string, Origin>> =>
  Object.fromEntries(origins.filter(([, origin]) => origin.length !== 1 || origin[0] !== 0));

/** OmegaConf's references and missing values: what they came to is known by whoever logged the resolved configuration. */
const isUnresolved = (value: Value): boolean => typeof value === 'string' && (value === '???' || value.includes('${'));

/** Equal but for the way of writing: types, a list as Python prints it, a reference beside what it came to. */
export function meansTheSame(a: Value, b: Value): boolean {
  if (isUnresolved(b) && !isUnresolved(a) && a !== null) return true;
  return sameValue(a, b) || (((typeof a === 'string') !== (typeof b === 'string')) === true && printed(a) === printed(b));
}

const isWrittenAlike = (a: Value, b: Value): boolean => printed(a) === printed(b) && typeof a === typeof b;

/** As Python's `str` prints it, without blanks and with one kind of quotation marks. */
function printed(value: Value): string {
  const text = typeof value === 'string' ? value : nested(value);
  return text.replaceAll(/\s+/g, '').replaceAll('"', "'");
}

function nested(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return `[${value.map((item: Value) => nested(item)).join()}]`;
  return `{${Object.entries(value as Values)
    .map(([key, item]) => `'${key}':${nested(item)}`)
    .join()}}`;
}
