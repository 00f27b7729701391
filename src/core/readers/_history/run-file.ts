// run.json beside a log: what a format that has no place for it would not say — commit, command, seed, data, packages.

import { isObject } from '../../formats/flatten';
import { seedFacts } from '../../formats/seed';
import type { Fact } from '../../model/facts';
import type { Value } from '../../model/values';

const textKeys = {
  commit: 'git_commit',
  branch: 'git_branch',
  remote: 'git_remote',
  python: 'python',
  os: 'os',
  container: 'container',
  gpu: 'gpu',
  cuda: 'cuda',
} as const;

/**
 * Facts of a run.json: `{"commit", "dirty", "remote", "command": […], "python", "os", "seed", "data_sha256", "packages": {…}}`,
 * every key on its own. A command as a list is joined with blanks. Nothing where it is another kind of file.
 */
export function runFileFacts(value: Value, file: string): Fact[] {
  if (!isObject(value) || Array.isArray(value.runs)) return [];
  const place = (key: string, found: Value) => [
    { file, where: `key ${key}`, value: String(typeof found === 'object' ? JSON.stringify(found) : found).slice(0, 500) },
  ];
  const facts: Fact[] = [];
  for (const [key, kind] of Object.entries(textKeys)) {
    const text = value[key];
    if (typeof text === 'string' && text.trim() !== '') facts.push({ kind, value: text.trim(), evidence: place(key, text) });
  }
  if (typeof value.dirty === 'boolean') facts.push({ kind: 'git_dirty', value: value.dirty, evidence: place('dirty', value.dirty) });
  const { command, packages, n_gpu: gpus } = value;
  const line = Array.isArray(command) ? command.map(String).join(' ') : command;
  if (typeof line === 'string' && line.trim() !== '') facts.push({ kind: 'command', value: line.trim(), evidence: place('command', line) });
  if (typeof gpus === 'number') facts.push({ kind: 'gpu_count', value: gpus, evidence: place('n_gpu', gpus) });
  const pins = pinsOf(packages ?? null);
  if (pins.length > 0)
    facts.push({ kind: 'packages', value: Object.fromEntries(pins), evidence: [{ file, where: 'key packages', value: `${pins.length} packages` }] });
  const sha = value.data_sha256;
  if (typeof sha === 'string' && sha !== '')
    facts.push({ kind: 'datasets', value: [{ name: typeof value.data === 'string' ? value.data : 'data', digest: sha }], evidence: place('data_sha256', sha) });
  return [...facts, ...seedFacts({ seed: value.seed ?? null }, { file })];
}

/** Packages as an object, or as the lines of a freeze. */
function pinsOf(packages: Value): readonly (readonly [string, string])[] {
  if (isObject(packages)) return Object.entries(packages).flatMap(([name, version]) => (typeof version === 'string' ? [[name, version] as const] : []));
  const lines = Array.isArray(packages) ? packages.map(String) : typeof packages === 'string' ? packages.split('\n') : [];
  return lines.flatMap((line) => {
    const [, name, version] = /^\s*([A-Za-z0-9][\w.-]*)\s*==\s*([^\s;#]+)/.exec(line) ?? [];
    return name && version ? [[name, version] as const] : [];
  });
}
