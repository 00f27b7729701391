// What RL Zoo writes one folder below the logs: hyperparameters and arguments, as ordered pairs in YAML.

import type { Issue } from '../../base/issues';
import { flatten, isObject } from '../../formats/flatten';
import { seedFacts } from '../../formats/seed';
import { readYamlFile } from '../../formats/yaml-file';
import type { Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, type SourceFile } from '../../source/source';

export interface ZooSettings {
  readonly params: Values;
  readonly facts: readonly Fact[];
}

/** Hyperparameters by name, arguments below `args`; trouble is added to `issues`. */
export async function readZoo(root: SourceDir, files: readonly SourceFile[], issues: Issue[], context: ReadContext): Promise<ZooSettings> {
  const params: Record<string, Value> = Object.create(null);
  const facts: Fact[] = [];
  for (const file of files) {
    const values = ordered(await readYamlFile(file, issues, context));
    const found = flatten(file.name === 'args.yml' ? { args: values } : values);
    Object.assign(params, found);
    facts.push(...seedFacts(found, { file: pathBelow(root, file) }));
  }
  return { params, facts };
}

/** An OrderedDict of Python: a list that holds its list of pairs. */
function ordered(value: Value): Value {
  const pairs = Array.isArray(value) && value.length === 1 && Array.isArray(value[0]) ? (value[0] as readonly Value[]) : null;
  if (!pairs?.every((pair) => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string')) return isObject(value) ? value : {};
  return Object.fromEntries((pairs as readonly (readonly [string, Value])[]).map(([name, item]) => [name, item]));
}
