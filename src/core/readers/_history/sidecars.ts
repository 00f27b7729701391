// Reads files beside a log that say what was run: params from config files, the commit, the packages, a patch.

import { type Issue, issue } from '../../base/issues';
import { readWhole } from '../../formats/bytes';
import { flatten, isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { decodeUtf8 } from '../../formats/text';
import { parseYaml } from '../../formats/yaml';
import type { Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import { isSettingName } from './columns';
import { runFileFacts } from './run-file';
import { isCommitFile, isPackagesFile, isPatchFile, isRunFile } from './sidecar-names';

export interface Sidecar {
  readonly params: Values;
  readonly facts: readonly Fact[];
  readonly issues: readonly Issue[];
}

/** Reads one of the files above. `path` is how evidence names it. Trouble is an issue. */
export async function readSidecar(file: SourceFile, path: string, context: ReadContext): Promise<Sidecar> {
  try {
    const { text, bad } = decodeUtf8(await readWhole(file, context.limits, context.signal));
    context.progress(file.size);
    const found = interpret(file.name, path, text);
    return bad ? { ...found, issues: [...found.issues, issue('bad-utf8', `${path} is not valid UTF-8.`, { file: file.path })] } : found;
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof SourceError) return { params: {}, facts: [], issues: [issue(error.code, error.message, { file: file.path })] };
    const why = error instanceof SyntaxError ? error.message : String(error);
    return { params: {}, facts: [], issues: [issue('bad-record', `${path} cannot be understood: ${why}`, { file: file.path })] };
  }
}

function interpret(name: string, path: string, text: string): Sidecar {
  if (isCommitFile(name)) return { params: {}, facts: commitFacts(path, text), issues: [] };
  if (isPackagesFile(name)) return { params: {}, facts: packageFacts(path, text), issues: [] };
  if (isPatchFile(name)) return { params: {}, facts: patchFacts(path, text), issues: [] };
  const value = /\.json$/i.test(name) ? parseJson(text) : parseYaml(text);
  if (isRunFile(name)) return { params: {}, facts: runFileFacts(value, path), issues: [] };
  const params = flatten(unwrapped(value));
  return { params, facts: seedFacts(params, path), issues: isObject(value) ? [] : [issue('bad-value', `${path} holds no settings.`, { file: path })] };
}

/** W&B writes `{lr: {desc: …, value: 0.1}}`: the value is meant. */
function unwrapped(value: Value): Value {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isObject(item) && 'value' in item && Object.keys(item).every((name) => name === 'value' || name === 'desc') ? item.value! : item,
    ]),
  );
}

/** The seed among params, with the place it stands at. */
export function seedFacts(params: Values, path: string): Fact[] {
  const key = Object.keys(params).find((name) => isSettingName(name.split('.').at(-1)!) && !/fold$/i.test(name));
  const value = key === undefined ? undefined : params[key];
  if (key === undefined || (typeof value !== 'number' && typeof value !== 'string')) return [];
  return [{ kind: 'seed', value, evidence: [{ file: path, where: `key ${key}`, value: String(value) }] }];
}

function commitFacts(file: string, text: string): Fact[] {
  const commit = /\b[0-9a-f]{40}\b|\b[0-9a-f]{7,12}\b/.exec(text)?.[0];
  return commit ? [{ kind: 'git_commit', value: commit, evidence: [{ file, where: 'line 1', value: commit }] }] : [];
}

function packageFacts(file: string, text: string): Fact[] {
  const pins = [...text.matchAll(/^[ \t]*([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*===?\s*([^\s;#]+)/gm)].map(([, name, version]): [string, string] => [
    name!,
    version!,
  ]);
  return pins.length > 0 ? [{ kind: 'packages', value: Object.fromEntries(pins), evidence: [{ file, where: `${pins.length} pins` }] }] : [];
}

function patchFacts(file: string, text: string): Fact[] {
  if (!/^(?:diff --git|--- |\+\+\+ |@@ )/m.test(text)) return [];
  return [
    { kind: 'git_patch', value: file, evidence: [{ file }] },
    { kind: 'git_dirty', value: true, evidence: [{ file, value: text.slice(0, 200) }] },
  ];
}
