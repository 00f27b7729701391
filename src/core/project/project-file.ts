// Reads and writes `diptych.project.json` (docs/project-file.md): tolerant of slips, bounded, and the same text for the same statements.

import * as v from 'valibot';
import { type Issue, issue } from '../base/issues';
import type { Value, Values } from '../model/values';
import { endText, momentText } from './dates';
import { type LimitName, projectLimits } from './limits';
import { type Project, projectVersion } from './project';
import { attestation, contract, modeOf, role, waiver } from './project-shape';

export const projectFileName = 'diptych.project.json';
/** Far more than people state; a larger file is something else. */
export const projectFileBytes = 4 * 1024 * 1024;
const mostEntries = 20_000;
const mostIssues = 100;

export interface ParsedProject {
  /** Null where the file is refused as a whole; the first issue says why. */
  readonly project: Project | null;
  readonly issues: readonly Issue[];
}

const known = ['version', 'roles', 'contract', 'required_tags', 'rules', 'limits', 'waivers', 'attestations'];
const silent = new Set([...known, '$schema', '$comment', 'comment']);

/**
 * What a project file states. An entry that cannot be understood is left aside and told with its place; the rest holds. A file
 * that is no JSON object, is too large, or is of a newer version is refused.
 */
export function parseProject(text: string, file = projectFileName): ParsedProject {
  const refuse = (code: 'bad-value' | 'unsupported' | 'too-large', message: string, tip: string): ParsedProject => ({
    project: null,
    issues: [issue(code, message, { file, tip, severity: 'critical' })],
  });
  if (text.length > projectFileBytes) return refuse('too-large', `The project file is larger than ${projectFileBytes} characters.`, 'Keep statements short.');
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return refuse(
      'bad-value',
      `The project file is no JSON: ${(error as Error).message}.`,
      'Mend it at the place named; commas and quotes are the usual slips.',
    );
  }
  if (!isRecord(root)) return refuse('bad-value', 'The project file is no JSON object.', `Write {"version": ${projectVersion}} and go on from there.`);
  const version = root.version ?? projectVersion;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return refuse('bad-value', 'The version of the project file is no whole number.', `Write "version": ${projectVersion}.`);
  if (version > projectVersion)
    return refuse('unsupported', `The project file has version ${version}; versions up to ${projectVersion} are supported.`, 'Update Diptych.');

  const issues = new Issues(file);
  if (root.version === undefined) issues.add('version', 'The version is missing.', `Write "version": ${projectVersion}.`);
  for (const key of Object.keys(root)) if (!silent.has(key)) issues.add(key, `“${key.slice(0, 60)}” is not known.`, `Known are ${known.join(', ')}.`);
  const project: Project = {
    attestations: listOf(root.attestations, 'attestations', attestation, issues),
    waivers: listOf(root.waivers, 'waivers', waiver, issues),
    roles: listOf(root.roles, 'roles', role, issues),
    contract: root.contract === undefined || root.contract === null ? null : (entryOf(root.contract, 'contract', contract, issues) ?? null),
    requiredTags: listOf(root.required_tags, 'required_tags', v.pipe(v.string('a tag is a text'), v.nonEmpty('a tag has a name')), issues),
    modes: membersOf(root.rules, 'rules', issues, (rule, mode) => modeOf(rule, mode)),
    limits: membersOf(root.limits, 'limits', issues, limitOf),
  };
  return { project, issues: issues.all };
}

/** The file's text: keys and entries in one order, empty parts left out. `parseProject` gives back the same statements. */
export function projectText(project: Project): string {
  const { contract: agreed, modes, limits } = project;
  const document = {
    version: projectVersion,
    roles: sorted(project.roles, ({ metric }) => metric).map((one) => filled({ ...one })),
    contract: agreed && {
      metric: agreed.metric,
      direction: agreed.direction,
      split: agreed.split,
      params: agreed.params && sortedKeys(agreed.params),
      dataset_digest: agreed.datasetDigest,
      last_step: agreed.lastStep,
      seeds: agreed.seeds,
    },
    required_tags: project.requiredTags,
    rules: sortedKeys(modes),
    limits: sortedKeys(Object.fromEntries(Object.entries(limits).map(([name, value]) => [snake(name), value as number]))),
    waivers: sorted(project.waivers, ({ rule, run, path }) => `${rule} ${run ?? ''} ${path ?? ''}`).map(({ rule, run, path = null, reason, untilMs }) =>
      filled({ rule, run, path, reason, until: untilMs === null ? null : endText(untilMs) }),
    ),
    attestations: sorted(project.attestations, ({ item, run, atMs }) => `${item} ${run ?? ''} ${momentText(atMs)}`).map(({ item, run, by, note, atMs }) =>
      filled({ item, run, by, note, date: momentText(atMs) }),
    ),
  };
  const parts = Object.entries(document).filter(([, part]) => part !== null && (typeof part !== 'object' || Object.keys(part).length > 0));
  return `${JSON.stringify(Object.fromEntries(parts), writable, 2)}\n`;
}

class Issues {
  readonly all: Issue[] = [];
  constructor(private readonly file: string) {}
  add(where: string, message: string, tip: string): void {
    if (this.all.length < mostIssues) this.all.push(issue('bad-value', message, { file: this.file, where: where.slice(0, 200), tip }));
  }
}

function listOf<const S extends v.GenericSchema>(value: unknown, place: string, schema: S, issues: Issues): readonly v.InferOutput<S>[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    issues.add(place, `“${place}” is no list.`, 'Write it in square brackets.');
    return [];
  }
  if (value.length > mostEntries)
    issues.add(place, `“${place}” has ${value.length} entries; ${mostEntries} were read.`, 'Say it once for all runs instead of once per run.');
  return value.slice(0, mostEntries).flatMap((entry, index) => entryOf(entry, `${place}[${index}]`, schema, issues) ?? []);
}

function entryOf<const S extends v.GenericSchema>(value: unknown, place: string, schema: S, issues: Issues): v.InferOutput<S> | undefined {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [first] = result.issues;
  const path = v.getDotPath(first);
  issues.add(path === null ? place : `${place}.${path}`, `Left aside: ${first.message}.`, 'Mend it as docs/project-file.md shows; the rest of the file holds.');
  return undefined;
}

function membersOf<T>(
  value: unknown,
  place: string,
  issues: Issues,
  check: (name: string, value: unknown) => readonly [string, T] | string,
): Record<string, T> {
  if (value === undefined) return {};
  if (!isRecord(value)) {
    issues.add(place, `“${place}” is no object.`, 'Write it in braces.');
    return {};
  }
  const members: (readonly [string, T])[] = [];
  for (const [name, member] of Object.entries(value).slice(0, mostEntries)) {
    const checked = check(name, member);
    if (typeof checked === 'string')
      issues.add(`${place}.${name}`, `Left aside: ${checked}.`, 'Mend it as docs/project-file.md shows; the rest of the file holds.');
    else members.push(checked);
  }
  return Object.fromEntries(members);
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const limitNames = new Map(Object.keys(projectLimits).map((name) => [snake(name), name as LimitName]));

function limitOf(name: string, value: unknown): readonly [LimitName, number] | string {
  const limit = limitNames.get(name);
  if (limit === undefined) return `there is no limit “${name.slice(0, 60)}”; known are ${[...limitNames.keys()].join(', ')}`;
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? [limit, value] : 'a limit is a number above 0';
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const filled = (entry: Record<string, Value>): object => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null));
const sorted = <T>(list: readonly T[], keyOf: (one: T) => string): readonly T[] =>
  list
    .map((one) => [keyOf(one), one] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, one]) => one);
const sortedKeys = (values: Values): Values => Object.fromEntries(sorted(Object.entries(values), ([key]) => key));

/** JSON lacks big integers and non-finite numbers; as text they compare equal to what a run holds. */
const writable = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? String(value) : value;
