// The data sets that an exported run names as inputs.

import { isObject } from '../../formats/flatten';
import type { Dataset, Fact } from '../../model/facts';
import type { Value } from '../../model/values';

/** The fact of all data sets, or null: the first generation of the exporter leaves inputs out. `inputs` is a list, or holds one. */
export function datasetsOf(inputs: Value | undefined, file: string): Fact | null {
  const list = isObject(inputs) ? inputs.dataset_inputs : inputs;
  const datasets = (Array.isArray(list) ? (list as readonly Value[]) : []).flatMap((input): Dataset[] => {
    const about = isObject(input) ? input.dataset : undefined;
    if (!isObject(input) || !isObject(about) || typeof about.name !== 'string') return [];
    const tags = Array.isArray(input.tags) ? (input.tags as readonly Value[]) : [];
    const use = tags.find((tag) => isObject(tag) && tag.key === 'mlflow.data.context');
    return [{ name: about.name, digest: textOf(about.digest), source: textOf(about.source), context: isObject(use) ? textOf(use.value) : null }];
  });
  if (datasets.length === 0) return null;
  const evidence = datasets.map(({ name, digest }, at) => ({ file, where: `key mlflow.inputs[${at}]`, value: `${name} @ ${digest ?? 'no digest'}` }));
  return { kind: 'datasets', value: datasets, evidence };
}

const textOf = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);
