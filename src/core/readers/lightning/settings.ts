// hparams.yaml and the command line's config.yaml: params, seed, determinism, precision.

import { type Issue, issue } from '../../base/issues';
import { readWhole } from '../../formats/bytes';
import { flatten, isObject } from '../../formats/flatten';
import { seedFacts } from '../../formats/seed';
import { decodeUtf8 } from '../../formats/text';
import { parseYaml } from '../../formats/yaml';
import type { Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';

/** A class or function is written as a tag with an empty text: its name is the value. */
const pythonName = /!!python\/(?:name|module):([\w.]+) ''/g;

export interface Settings {
  readonly params: Values;
  readonly facts: readonly Fact[];
  readonly issues: readonly Issue[];
}

/** A settings file; `{}` and an empty one are settings that nobody made. */
export async function readSettings(file: SourceFile, context: ReadContext): Promise<Settings> {
  const failed = (code: Issue['code'], message: string): Settings => ({ params: {}, facts: [], issues: [issue(code, message, { file: file.path })] });
  try {
    const { text, bad } = decodeUtf8(await readWhole(file, context.limits, context.signal));
    context.progress(file.size);
    const value = parseYaml(text.replaceAll(pythonName, "'$1'"));
    if (value !== null && !isObject(value)) return failed('bad-value', `${file.name} holds no names with values.`);
    const params = flatten(value ?? {});
    const issues = bad ? [issue('bad-utf8', `${file.name} is not valid UTF-8.`, { file: file.path })] : [];
    return { params, facts: [...seedFacts(params, { file: file.name }), ...trainerFacts(file.name, params), ...versionFacts(file.name, text)], issues };
  } catch (error) {
    if (error instanceof SourceError) return failed(error.code, error.message);
    if (error instanceof SyntaxError) return failed('bad-record', `${file.name} cannot be understood: ${error.message}`);
    throw error;
  }
}

/** What the trainer section of LightningCLI's config says about repeatability. */
function trainerFacts(file: string, params: Values): Fact[] {
  const facts: Fact[] = [];
  const evidence = (key: string) => [{ file, where: `key ${key}`, value: String(params[key]) }];
  const given = (key: string): Value | undefined => params[key] ?? undefined;
  const precision = given('trainer.precision');
  if (precision !== undefined) facts.push({ kind: 'precision', value: String(precision), evidence: evidence('trainer.precision') });
  const flags = ['trainer.deterministic', 'trainer.benchmark'].filter((key) => given(key) !== undefined);
  if (flags.length > 0) {
    const value = Object.fromEntries(flags.map((key) => [key.slice('trainer.'.length), params[key] ?? null]));
    facts.push({ kind: 'determinism', value, evidence: flags.flatMap(evidence) });
  }
  const devices = given('trainer.devices');
  const nodes = given('trainer.num_nodes') ?? 1;
  if (typeof devices === 'number' && devices > 0 && typeof nodes === 'number') {
    facts.push({ kind: 'world_size', value: devices * nodes, evidence: evidence('trainer.devices') });
  }
  return facts;
}

/** The command line writes its version in the first line: `# lightning.pytorch==2.6.6`. */
function versionFacts(file: string, text: string): Fact[] {
  const match = /^#\s*([\w.-]+)==(\S+)/.exec(text);
  if (!match?.[1] || !match[2]) return [];
  return [{ kind: 'framework', value: { [match[1]]: match[2] }, evidence: [{ file, where: 'line 1', value: match[0] }] }];
}
