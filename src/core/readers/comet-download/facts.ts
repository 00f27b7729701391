// Facts of the files that cometx writes beside the metrics: code, packages, the machine.

import { type Issue, issue } from '../../base/issues';
import { readWhole } from '../../formats/bytes';
import { isObject } from '../../formats/flatten';
import { decodeUtf8 } from '../../formats/text';
import type { Fact, FactValues } from '../../model/facts';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';

type TextFact = { [K in keyof FactValues]: FactValues[K] extends string ? K : never }[keyof FactValues];

export const textAt = (values: Values, key: string): string | null => {
  const value = values[key];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** system_details.json. */
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

/** git_metadata.json: `parent` is the commit that was checked out. */
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

/** requirements.txt: `name==version` a line. Where no packages of Python were logged, cometx writes those of the system into it. */
export async function packageFacts(file: SourceFile, path: string, issues: Issue[], context: ReadContext): Promise<Fact[]> {
  try {
    const { text } = decodeUtf8(await readWhole(file, { wholeFileBytes: context.limits.recordBytes }, context.signal));
    context.progress(file.size);
    const pins = text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const [, name, version] = /^\s*([A-Za-z0-9][\w.-]*)==([^\s;#]+)\s*$/.exec(line) ?? [];
      return name && version ? [[name, version]] : [];
    });
    return pins.length > 0 ? [{ kind: 'packages', value: Object.fromEntries(pins), evidence: [{ file: path, value: `${pins.length} packages` }] }] : [];
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, { file: file.path }));
    return [];
  }
}
