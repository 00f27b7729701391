// What the files of a logged model tell of the environment: requirements.txt, conda.yaml, python_env.yaml and MLmodel.

import { readWhole } from '../../formats/bytes';
import { isObject } from '../../formats/flatten';
import { decodeUtf8 } from '../../formats/text';
import { parseYamlText } from '../../formats/yaml';
import type { Evidence, Fact } from '../../model/facts';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, SourceError } from '../../source/source';

/** Larger files beside a model are not looked into. */
const mostBytes = 1024 * 1024;

/** Flavours of MLflow whose version key is not called after the package. */
const packageNames: Readonly<Record<string, string>> = { pytorch: 'torch', sklearn: 'scikit-learn', xgb: 'xgboost', lgb: 'lightgbm', cb: 'catboost' };

/** Gathers packages and versions of all models of one run; the first model that tells something wins. */
export class ModelEnvironment {
  readonly #packages = new Map<string, string>();
  readonly #packageEvidence: Evidence[] = [];
  readonly #frameworks = new Map<string, string>();
  readonly #frameworkEvidence: Evidence[] = [];
  #python: Fact | null = null;
  #tracker: Fact | null = null;

  /**
   * Takes in one model.
   * @param dir the folder of its MLmodel file
   * @param base evidence is named relative to this folder, behind `prefix`
   */
  async add(dir: SourceDir, base: SourceDir, prefix: string, context: ReadContext): Promise<void> {
    const place = (name: string): string => prefix + pathBelow(base, dir.files.get(name) ?? dir);
    const text = (name: string): Promise<string> => textOf(dir, name, context);
    const conda = condaOf(await text('conda.yaml'));
    const pinned = pinsOf((await text('requirements.txt')).split('\n'));
    if (pinned.length > 0) this.#addPackages(pinned, place('requirements.txt'));
    else if (conda.packages.length > 0) this.#addPackages(conda.packages, place('conda.yaml'));

    const model = yamlOf(await text('MLmodel'));
    const flavors = isObject(model) ? model.flavors : undefined;
    this.#addFrameworks(flavors, place('MLmodel'));
    if (!this.#tracker && isObject(model) && typeof model.mlflow_version === 'string')
      this.#tracker = {
        kind: 'tracker',
        value: `mlflow ${model.mlflow_version}`,
        evidence: [{ file: place('MLmodel'), where: 'key mlflow_version', value: model.mlflow_version }],
      };
    const virtual = yamlOf(await text('python_env.yaml'));
    this.#addPython(isObject(virtual) ? virtual.python : undefined, place('python_env.yaml'), 'key python');
    this.#addPython(conda.python, place('conda.yaml'), 'key dependencies');
    const generic = isObject(flavors) ? flavors.python_function : undefined;
    this.#addPython(isObject(generic) ? generic.python_version : undefined, place('MLmodel'), 'key flavors.python_function.python_version');
  }

  /** All that was found. */
  facts(): readonly Fact[] {
    const facts = [this.#python, this.#tracker].filter((fact) => fact !== null);
    if (this.#packages.size > 0) facts.push({ kind: 'packages', value: Object.fromEntries(this.#packages), evidence: this.#packageEvidence });
    if (this.#frameworks.size > 0) facts.push({ kind: 'framework', value: Object.fromEntries(this.#frameworks), evidence: this.#frameworkEvidence });
    return facts;
  }

  #addPackages(pins: readonly Pin[], file: string): void {
    for (const [name, version] of pins) if (!this.#packages.has(name)) this.#packages.set(name, version);
    this.#packageEvidence.push({
      file,
      value: pins
        .map((pin) => pin.join('=='))
        .join(', ')
        .slice(0, 500),
    });
  }

  #addFrameworks(flavors: Value | undefined, file: string): void {
    if (!isObject(flavors)) return;
    for (const [flavor, fields] of Object.entries(flavors)) {
      if (!isObject(fields)) continue;
      for (const [key, version] of Object.entries(fields)) {
        const name = /^(\w+)_version$/.exec(key)?.[1];
        if (!name || name === 'python' || typeof version !== 'string' || !/^\d/.test(version)) continue;
        this.#frameworks.set(packageNames[name] ?? name, version);
        this.#frameworkEvidence.push({ file, where: `key flavors.${flavor}.${key}`, value: version });
      }
    }
  }

  #addPython(version: Value | undefined, file: string, where: string): void {
    if (this.#python || typeof version !== 'string' || !/^\d+(\.\w+)+$/.test(version)) return;
    this.#python = { kind: 'python', value: version, evidence: [{ file, where, value: version }] };
  }
}

type Pin = readonly [name: string, version: string];

/** `name==1.2.3`; other kinds of requirement name no version. */
const pinsOf = (lines: readonly string[]): readonly Pin[] =>
  lines.flatMap((line): Pin[] => {
    const match = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\]\s*)?===?\s*([^\s;#,*]+)/.exec(line);
    return match ? [[match[1] as string, match[2] as string]] : [];
  });

/** Conda's own pins are `name=1.2.3=build`; those of pip are a list among them. */
function condaOf(text: string): { readonly packages: readonly Pin[]; readonly python: string | undefined } {
  const parsed = yamlOf(text);
  const list = isObject(parsed) && Array.isArray(parsed.dependencies) ? (parsed.dependencies as readonly Value[]) : [];
  const packages: Pin[] = [];
  let python: string | undefined;
  for (const entry of list) {
    if (isObject(entry) && Array.isArray(entry.pip)) packages.push(...pinsOf(entry.pip.filter((line): line is string => typeof line === 'string')));
    const match = typeof entry === 'string' ? /^([\w.-]+)==?([\w.]+)/.exec(entry) : null;
    if (match?.[1] === 'python') python = match[2];
    else if (match) packages.push([match[1] as string, match[2] as string]);
  }
  return { packages, python };
}

function yamlOf(text: string): Value {
  try {
    return parseYamlText(text);
  } catch {
    return null;
  }
}

/** Empty where the file is not there, too large or cannot be read: a model's side files are a bonus. */
async function textOf(dir: SourceDir, name: string, context: ReadContext): Promise<string> {
  const file = dir.files.get(name);
  if (!file || file.size > mostBytes) return '';
  try {
    return decodeUtf8(await readWhole(file, context.limits, context.signal)).text;
  } catch (error) {
    if (error instanceof SourceError) return '';
    throw error;
  }
}
