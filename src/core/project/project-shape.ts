// The entries of a project file: from JSON to the records of project.ts, or one sentence on what is wrong.

import * as v from 'valibot';
import type { Value, Values } from '../model/values';
import { endOf, momentOf } from './dates';
import type { Attestation, ComparabilityContract, RoleStatement, RuleMode, Waiver } from './project';

/** `R06`, `R-01`, `G-04`, `A-11`, `GD-02`. */
const rulePattern = /^[A-Z]{1,3}-?\d{1,3}$/;
/** Rules about training code. */
const codeRule = /^[EN]-\d/;
const longest = 10_000;
const deepest = 16;

const text = (name: string) =>
  v.pipe(v.string(`“${name}” is missing or no text`), v.trim(), v.nonEmpty(`“${name}” is empty`), v.maxLength(longest, `“${name}” is longer than ${longest}`));
const rule = (name: string) => v.pipe(text(name), v.regex(rulePattern, `“${name}” is an id such as R06 or G-04`));
/** What may be left out is null when it is. */
const maybe = <const S extends v.GenericSchema<unknown, string | number>>(schema: S) => v.nullish(schema, null);
/** An ISO date, by one of the readings in dates.ts. */
const date = (name: string, read: (text: string) => number | null) =>
  v.pipe(
    text(name),
    v.rawTransform(({ dataset, addIssue, NEVER }): number => {
      const ms = read(dataset.value);
      if (ms !== null) return ms;
      addIssue({ message: `“${name}” is a date such as 2026-12-31 or 2026-12-31T18:00:00Z` });
      return NEVER;
    }),
  );
const count = (name: string) => v.pipe(v.number(`“${name}” is no number`), v.integer(`“${name}” is a whole number`), v.minValue(1, `“${name}” is 1 or more`));
const object = <const T extends v.ObjectEntries>(entries: T) => v.object(entries, 'it is no object');

const direction = v.picklist(['min', 'max', 'none'], '“direction” is min, max or none');
const split = v.picklist(['train', 'val', 'test', 'other'], '“split” is train, val, test or other');

export const attestation = v.pipe(
  object({ item: rule('item'), run: maybe(text('run')), by: text('by'), note: text('note'), date: date('date', momentOf) }),
  v.transform(({ date: atMs, ...rest }): Attestation => ({ ...rest, atMs })),
);

export const waiver = v.pipe(
  object({ rule: rule('rule'), run: maybe(text('run')), path: maybe(text('path')), reason: text('reason'), until: maybe(date('until', endOf)) }),
  v.check(({ rule: id, path }) => path === null || codeRule.test(id), '“path” is for rules of training code: E-01 and on, N-01 and on'),
  v.check(({ run, path }) => path === null || run === null, '“path” is of code and “run” of a run: name one'),
  v.transform(({ until, path, ...rest }): Waiver => ({ ...rest, ...(path === null ? {} : { path }), untilMs: until })),
);

export const role = v.pipe(
  object({ metric: text('metric'), role: maybe(text('role')), split: maybe(split), direction: maybe(direction), unit: maybe(text('unit')) }),
  v.transform((statement): RoleStatement => statement),
);

const params = v.custom<Values>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !deeper(value as Values, deepest),
  '“params” is an object of names and values',
);

export const contract = v.pipe(
  object({
    metric: v.optional(text('metric')),
    direction: v.optional(v.picklist(['min', 'max'], '“direction” is min or max')),
    split: v.optional(split),
    params: v.optional(params),
    dataset_digest: v.optional(text('dataset_digest')),
    last_step: v.optional(v.number('“last_step” is no number')),
    seeds: v.optional(count('seeds')),
  }),
  v.transform(
    ({ dataset_digest: datasetDigest, last_step: lastStep, ...rest }): ComparabilityContract => ({
      ...rest,
      ...(datasetDigest === undefined ? {} : { datasetDigest }),
      ...(lastStep === undefined ? {} : { lastStep }),
    }),
  ),
);

/** A rule's mode, or what is wrong with it. */
export function modeOf(id: string, mode: unknown): readonly [string, RuleMode] | string {
  if (!rulePattern.test(id)) return `“${id.slice(0, 60)}” is no id of a rule such as G-04`;
  return mode === 'observe' || mode === 'warn' || mode === 'gate' ? [id, mode] : `the mode of ${id} is observe, warn or gate`;
}

function deeper(value: Value, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner: Value) => deeper(inner, left - 1));
}
