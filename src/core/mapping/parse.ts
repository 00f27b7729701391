// Reads `diptych.mapping.json` (docs/mapping-file.md): every slip is told with its place and how to mend it, what is right holds.

import * as v from 'valibot';
import { type Issue, issue } from '../base/issues';
import { type Mapping, type MappingDocument, mappingFileBytes, mappingFileName, mappingVersion } from './mapping';
import { mapping } from './shape';

const mostMappings = 100;
const mostIssues = 100;
const known = ['version', 'mappings', '$schema', '$comment', 'comment'];

export interface ParsedMapping {
  /** Null where the file is refused as a whole; the first issue says why. */
  readonly document: MappingDocument | null;
  readonly issues: readonly Issue[];
}

/** A mapping that cannot be understood is left aside and told; the others hold. No JSON object, too large, or newer: refused. */
export function parseMapping(text: string, file = mappingFileName): ParsedMapping {
  const refuse = (code: 'bad-value' | 'unsupported' | 'too-large', message: string, tip: string): ParsedMapping => ({
    document: null,
    issues: [issue(code, message, { file, tip, severity: 'critical' })],
  });
  if (text.length > mappingFileBytes)
    return refuse('too-large', `The mapping file is larger than ${mappingFileBytes} characters.`, 'One mapping by a glob does for many files.');
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return refuse(
      'bad-value',
      `The mapping file is no JSON: ${(error as Error).message}.`,
      'Mend it at the place named; commas and single backslashes are the usual slips.',
    );
  }
  if (!isRecord(root))
    return refuse('bad-value', 'The mapping file is no JSON object.', `Write {"version": ${mappingVersion}, "mappings": []} and go on from there.`);
  const { version = mappingVersion } = root;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return refuse('bad-value', 'The version of the mapping file is no whole number.', `Write "version": ${mappingVersion}.`);
  if (version > mappingVersion)
    return refuse('unsupported', `The mapping file has version ${version}; versions up to ${mappingVersion} are supported.`, 'Update Diptych.');
  const issues: Issue[] = [];
  const tell = (where: string, message: string, tip: string): void => {
    if (issues.length < mostIssues) issues.push(issue('bad-value', message, { file, where: where.slice(0, 200), tip }));
  };
  if (root.version === undefined) tell('version', 'The version is missing.', `Write "version": ${mappingVersion}.`);
  for (const key of Object.keys(root)) if (!known.includes(key)) tell(key, `“${key.slice(0, 60)}” is not known.`, 'Known are version and mappings.');
  if (!Array.isArray(root.mappings))
    return refuse('bad-value', 'The mapping file has no list “mappings”.', 'Write "mappings": [{"files": ["**/*.log"], "format": "text", …}].');
  if (root.mappings.length > mostMappings)
    tell('mappings', `There are ${root.mappings.length} mappings; ${mostMappings} were read.`, 'One mapping by a glob does for many files.');
  const mappings = root.mappings.slice(0, mostMappings).flatMap((entry, at) => entryOf(entry, `mappings[${at}]`, tell) ?? []);
  return { document: { mappings }, issues };
}

function entryOf(entry: unknown, place: string, tell: (where: string, message: string, tip: string) => void): Mapping | null {
  const result = v.safeParse(mapping, entry);
  if (result.success) return result.output;
  for (const found of result.issues) {
    const at = placeOf(found.path ?? []);
    const [wrong = found.message, remedy = 'Mend it as docs/mapping-file.md shows.'] = deepest(found).message.split('\n');
    tell(`${place}${at}`, `${wrong.charAt(0).toUpperCase()}${wrong.slice(1)}.`, remedy);
  }
  return null;
}

/** Where every way of a union fails, what is wrong within the one that was meant says more than that none fits. */
function deepest(found: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const inner =
    found.issues?.find((one) => one.path !== undefined && one.path.length > 0) ??
    found.issues?.find(({ type }) => type !== 'string' && type !== 'array' && type !== 'picklist' && type !== 'strict_object');
  return inner?.message.includes('\n') ? inner : found;
}

function placeOf(path: readonly { readonly key?: unknown }[]): string {
  return path.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
