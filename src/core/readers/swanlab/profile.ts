// What SwanLab keeps of a run beside its log, in files and on a server alike: config, metadata of the machine and the code, packages.

import { flatten, isObject } from '../../formats/flatten';
import type { Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';

/** `{lr: {value: 0.1, desc, sort}}` is `lr: 0.1`. */
export function configParams(config: Value): Values {
  if (!isObject(config)) return {};
  return flatten(Object.fromEntries(Object.entries(config).map(([key, entry]) => [key, isObject(entry) && 'value' in entry ? (entry.value ?? null) : entry])));
}

/** requirements.txt: `name==version` a line. */
export function packageFacts(text: string, file: string): Fact[] {
  const pins = [...text.matchAll(/^[ \t]*([A-Za-z0-9_.-]+)==([^\r\n]*)/gm)].map(([, name = '', version = '']): [string, string] => [name, version.trim()]);
  return pins.length > 0 ? [{ kind: 'packages', value: Object.fromEntries(pins), evidence: [{ file, value: `${pins.length} packages` }] }] : [];
}

/** Since 0.8 in groups (`runtime`, `hardware`, `git`), before that flat. @param file where the metadata stand */
export function metadataFacts(metadata: Value, file: string): Fact[] {
  const facts: Fact[] = [];
  const at = (...path: readonly (string | number)[]): Value => path.reduce<Value>((value, key) => memberOf(value, key), metadata);
  const texts = {
    python: [['runtime', 'python_version'], ['python']],
    os: [['runtime', 'os'], ['os']],
    command: [['runtime', 'command'], ['command']],
    host: [['runtime', 'hostname'], ['hostname']],
    cpu: [
      ['hardware', 'cpu', 'brand'],
      ['cpu', 'brand'],
    ],
    gpu: [
      ['hardware', 'accelerators', 0, 'name'],
      ['hardware', 'accelerators', 0, 'model'],
      ['gpu', 'nvidia', 'type', 0],
    ],
    cuda: [['gpu', 'nvidia', 'cuda']],
    git_commit: [
      ['git', 'commit'],
      ['git_info', 1],
    ],
    git_branch: [
      ['git', 'branch'],
      ['git_info', 0],
    ],
    git_remote: [['git', 'remote_url'], ['git_remote']],
  } as const;
  for (const [kind, places] of Object.entries(texts) as [keyof typeof texts, readonly (readonly (string | number)[])[]][])
    for (const path of places) {
      const value = at(...path);
      if (typeof value !== 'string' || value === '') continue;
      facts.push({ kind, value, evidence: [{ file, where: `key ${path.join('.')}`, value: value.slice(0, 500) }] });
      break;
    }
  const counts = { cpu_count: [['hardware', 'cpu', 'logical_count'] as const, ['cpu', 'cores'] as const], gpu_count: [['gpu', 'nvidia', 'cores'] as const] };
  for (const [kind, places] of Object.entries(counts) as [keyof typeof counts, readonly (readonly string[])[]][])
    for (const path of places) {
      const value = at(...path);
      if (typeof value === 'number') facts.push({ kind, value, evidence: [{ file, where: `key ${path.join('.')}`, value: String(value) }] });
    }
  return facts;
}

function memberOf(value: Value, key: string | number): Value {
  if (Array.isArray(value)) return typeof key === 'number' ? ((value as readonly Value[])[key] ?? null) : null;
  return isObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}
