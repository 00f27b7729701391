// Facts of an experiment: code, packages, the machine.

import { isObject } from '../../formats/flatten';
import type { Fact, FactValues } from '../../model/facts';
import type { Value, Values } from '../../model/values';

type TextFact = { [K in keyof FactValues]: FactValues[K] extends string ? K : never }[keyof FactValues];

export const textAt = (values: Values, key: string): string | null => {
  const value = values[key];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** What the server calls system details. */
export function systemFacts(details: Values, file: string): Fact[] {
  const facts: Fact[] = [];
  const tell = (kind: TextFact, key: string, value = textAt(details, key)): void => {
    if (value !== null) facts.push({ kind, value, evidence: [{ file, where: `key ${key}`, value: value.slice(0, 500) }] });
  };
  const { command, totalRam, gpuStaticInfoList } = details;
  const words = Array.isArray(command) ? (command as readonly Value[]).filter((word) => typeof word === 'string').join(' ') : null;
  tell('command', 'command', words || textAt(details, 'command'));
  tell('python', 'pythonVersion');
  tell('os', 'os');
  tell('host', 'hostname');
  tell('cpu', 'processor');
  if (typeof totalRam === 'number' && totalRam > 0)
    facts.push({ kind: 'memory_bytes', value: totalRam, evidence: [{ file, where: 'key totalRam', value: String(totalRam) }] });
  const gpus = (Array.isArray(gpuStaticInfoList) ? (gpuStaticInfoList as readonly Value[]) : []).filter(isObject);
  const [first] = gpus;
  if (first) {
    tell('gpu', 'gpuStaticInfoList', textAt(first, 'name'));
    facts.push({ kind: 'gpu_count', value: gpus.length, evidence: [{ file, where: 'key gpuStaticInfoList', value: String(gpus.length) }] });
  }
  return facts;
}

/** What it knows of the repository: `parent` is the commit that was checked out. */
export function codeFacts(git: Values, file: string): Fact[] {
  const facts: Fact[] = [];
  const tell = (kind: TextFact, key: string, value: string | null): void => {
    if (value !== null) facts.push({ kind, value, evidence: [{ file, where: `key ${key}`, value: value.slice(0, 500) }] });
  };
  tell('git_commit', 'parent', textAt(git, 'parent'));
  tell('git_remote', 'origin', textAt(git, 'origin')?.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1') ?? null);
  tell('git_branch', 'branch', textAt(git, 'branch')?.replace(/^refs\/heads\//, '') ?? null);
  return facts;
}

/** `name==version` each; other lines are left out. No fact where there are none. */
export function packageFacts(lines: Iterable<string>, file: string): Fact[] {
  const pins: [string, string][] = [];
  for (const line of lines) {
    const [, name, version] = /^\s*([A-Za-z0-9][\w.-]*)==([^\s;#]+)\s*$/.exec(line) ?? [];
    if (name && version) pins.push([name, version]);
  }
  return pins.length > 0 ? [{ kind: 'packages', value: Object.fromEntries(pins), evidence: [{ file, value: `${pins.length} packages` }] }] : [];
}

/** Differences from the commit, in a file of the run. */
export const patchFacts = (file: string): Fact[] => [
  { kind: 'git_patch', value: file, evidence: [{ file }] },
  { kind: 'git_dirty', value: true, evidence: [{ file }] },
];
