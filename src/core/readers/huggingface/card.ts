// README.md as the Trainer's model card: hyperparameters in prose, versions, base model, data sets.

import { flatten, isObject } from '../../formats/flatten';
import { parseNumber } from '../../formats/numbers';
import { parseYaml } from '../../formats/yaml';
import type { Dataset, Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';

export interface ModelCard {
  readonly params: Values;
  readonly tags: Values;
  readonly facts: readonly Fact[];
}

const file = 'README.md';
const tagNames = ['base_model', 'license', 'library_name', 'model_name'] as const;

/** Cards write titles where pip has names. */
const packageName = (title: string): string => (title === 'Pytorch' ? 'torch' : title.toLowerCase());

/** What a model card says; anything else that is called README says nothing. */
export function readCard(text: string): ModelCard {
  const head = frontMatter(text);
  const tags = Object.fromEntries(tagNames.flatMap((name) => (typeof head[name] === 'string' ? [[name, head[name]]] : [])));
  const facts: Fact[] = [];
  const datasets = datasetsIn(head);
  if (datasets.length > 0) facts.push({ kind: 'datasets', value: datasets, evidence: [{ file, where: 'key datasets' }] });
  const versions = Object.fromEntries(
    [...section(text, 'Framework versions').matchAll(/^- ([A-Za-z][\w-]*):? (\S+)$/gm)].map(([, name = '', version = '']) => [packageName(name), version]),
  );
  if (Object.keys(versions).length > 0) facts.push({ kind: 'framework', value: versions, evidence: [{ file, where: 'Framework versions' }] });
  const params: [string, Value][] = [...section(text, 'Training hyperparameters').matchAll(/^- (\w+): (.+)$/gm)].map(([, name, value]) => [
    name ?? '',
    parseNumber(value ?? '') ?? (value ?? '').trim(),
  ]);
  return { params: Object.fromEntries(params), tags, facts };
}

/** The YAML between two lines of dashes at the top. */
function frontMatter(text: string): Values {
  const yaml = /^---\r?\n([\s\S]*?)\r?\n---\r?(?:\n|$)/.exec(text)?.[1];
  if (yaml === undefined) return {};
  try {
    const value = parseYaml(yaml);
    return isObject(value) ? value : {};
  } catch {
    // A card is prose with a courtesy header; a broken header takes nothing from the run.
    return {};
  }
}

/** The text below a heading, up to the next one. */
function section(text: string, title: string): string {
  const start = text.indexOf(`### ${title}`);
  if (start < 0) return '';
  const body = text.slice(text.indexOf('\n', start) + 1);
  const end = body.search(/^#{1,4} /m);
  return (end < 0 ? body : body.slice(0, end)).replaceAll('\r', '');
}

function datasetsIn(head: Values): Dataset[] {
  const found = new Map<string, Dataset>();
  const named = Array.isArray(head.datasets) ? (head.datasets as readonly Value[]) : [head.datasets];
  for (const name of named) if (typeof name === 'string') found.set(name, { name, digest: null });
  for (const [key, value] of Object.entries(flatIndex(head['model-index'] ?? null))) {
    if (!key.endsWith('.dataset.type') || typeof value !== 'string') continue;
    const revision = flatIndex(head['model-index'] ?? null)[key.replace(/type$/, 'revision')];
    found.set(value, { name: value, digest: null, ...(typeof revision === 'string' ? { version: revision } : {}) });
  }
  return [...found.values()];
}

/** Lists as objects, so that their members have names too. */
function flatIndex(value: Value): Values {
  const named = (item: Value): Value =>
    Array.isArray(item) || isObject(item) ? Object.fromEntries(Object.entries(item as Values).map(([key, member]) => [key, named(member)])) : item;
  return flatten(named(value));
}
