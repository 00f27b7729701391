// The small files in a run's folder that say something the log may lack: config, summary, metadata, packages.

import { type Issue, issue } from '../../base/issues';
import { readWhole } from '../../formats/bytes';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { decodeUtf8 } from '../../formats/text';
import { parseYaml } from '../../formats/yaml';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, SourceError, type SourceFile } from '../../source/source';
import { addMetadata, type Environment } from './environment';
import { configValues, flatValues, summaryValues } from './written-values';

export interface OwnFiles {
  readonly config: Values;
  readonly summary: Values;
  /** Start of the run as config.yaml or wandb-metadata.json tell it. */
  readonly startedMs: number | null;
  /** Package → version, and the file that says so. */
  readonly packages: { readonly versions: Readonly<Record<string, string>>; readonly file: string } | null;
  /** Uncommitted changes, or those since the upstream branch. */
  readonly patches: readonly { readonly file: string; readonly uncommitted: boolean; readonly head: string }[];
  /** Version of wandb. */
  readonly client: string;
  readonly issues: readonly Issue[];
}

/**
 * @param files the folder that holds them
 * @param home what paths of evidence are relative to
 * @param environment metadata is added to it
 */
export async function readOwnFiles(files: SourceDir, home: SourceDir, environment: Environment, context: ReadContext): Promise<OwnFiles> {
  const issues: Issue[] = [];
  const texts = async (name: string): Promise<{ readonly text: string; readonly path: string } | null> => {
    const file = files.files.get(name);
    return file ? readText(file, pathBelow(home, file), context, issues) : null;
  };
  const parsed = async (name: string, parse: (text: string) => Value): Promise<Value> => {
    const found = await texts(name);
    if (!found) return null;
    try {
      return parse(found.text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      issues.push(issue('bad-record', `${found.path} cannot be understood: ${error.message}`, { file: found.path }));
      return null;
    }
  };
  const config = await parsed('config.yaml', parseYaml);
  const summary = await parsed('wandb-summary.json', parseJson);
  const metadata = await parsed('wandb-metadata.json', parseJson);
  const file = files.files.get('wandb-metadata.json');
  if (file) addMetadata(environment, metadata, pathBelow(home, file));
  const internal = member(member(config, '_wandb'), 'value');
  const client = member(internal, 'cli_version');
  const requirements = await texts('requirements.txt');
  const versions = requirements ? packageVersions(requirements.text) : {};
  return {
    config: flatValues(unwrapped(config), configValues),
    summary: flatValues(summary, summaryValues),
    startedMs: startOf(internal, metadata),
    packages: requirements && Object.keys(versions).length > 0 ? { versions, file: requirements.path } : null,
    patches: await patchesIn(files, home, context, issues),
    client: typeof client === 'string' ? client : '',
    issues,
  };
}

async function readText(
  file: SourceFile,
  path: string,
  context: ReadContext,
  issues: Issue[],
): Promise<{ readonly text: string; readonly path: string } | null> {
  try {
    const { text, bad } = decodeUtf8(await readWhole(file, context.limits, context.signal));
    context.progress(file.size);
    if (bad) issues.push(issue('bad-utf8', `${path} is not valid UTF-8.`, { file: file.path }));
    return { text, path };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, { file: file.path }));
    return null;
  }
}

const member = (value: Value, name: string): Value => (isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null);

/** `{lr: {desc: null, value: 0.1}}` → `{lr: 0.1}`. */
export function unwrapped(config: Value): Value {
  if (!isObject(config)) return null;
  const entries = Object.entries(config).filter(([name, item]) => name !== 'wandb_version' && isObject(item) && 'value' in item);
  return Object.fromEntries(entries.map(([name, item]) => [name, member(item, 'value')]));
}

/** Seconds in config.yaml, a date in the metadata (UTC, with or without saying so). */
function startOf(internal: Value, metadata: Value): number | null {
  const seconds = member(internal, 'start_time');
  if (typeof seconds === 'number') return seconds * 1000;
  const date = member(metadata, 'startedAt');
  if (typeof date !== 'string') return null;
  const ms = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(date) ? date : `${date}Z`);
  return Number.isNaN(ms) ? null : ms;
}

function packageVersions(text: string): Record<string, string> {
  const pins = [...text.matchAll(/^[ \t]*([A-Za-z0-9_.-]+)==([^\r\n]*)/gm)];
  return Object.fromEntries(pins.map(([, name = '', version = '']) => [name, version.trim()]));
}

const patchName = /^diff(?:_[0-9a-f]+)?\.patch$/;

async function patchesIn(files: SourceDir, home: SourceDir, context: ReadContext, issues: Issue[]): Promise<OwnFiles['patches']> {
  const patches: OwnFiles['patches'][number][] = [];
  for (const file of files.files.values()) {
    if (!patchName.test(file.name) || file.size === 0) continue;
    const found = await readText(file, pathBelow(home, file), context, issues);
    if (found) patches.push({ file: found.path, uncommitted: file.name === 'diff.patch', head: found.text.slice(0, 200) });
  }
  return patches.sort((a, b) => Number(b.uncommitted) - Number(a.uncommitted));
}
