// Where a run ran: environment records and wandb-metadata.json, put together field by field with the place each was found at.

import { isObject } from '../../formats/flatten';
import { type WireFields, wire } from '../../formats/protobuf';
import type { Evidence } from '../../model/facts';
import type { Value, Values } from '../../model/values';

interface Fields {
  os: string;
  python: string;
  container: string;
  args: readonly string[];
  program: string;
  codePath: string;
  gitRemote: string;
  gitCommit: string;
  host: string;
  user: string;
  cpu: string;
  cpuCount: number;
  cpuThreads: number;
  memoryBytes: number;
  gpu: string;
  gpuCount: number;
  cuda: string;
}

export interface Known<T> {
  readonly value: T;
  readonly evidence: Evidence;
}

/** The first value of each field counts; empty ones are none. */
export class Environment {
  private readonly known: Map<keyof Fields, Known<Fields[keyof Fields]>>;

  /** @param from what is known already */
  constructor(from?: Environment) {
    this.known = new Map(from?.known);
  }

  get<K extends keyof Fields>(field: K): Known<Fields[K]> | undefined {
    return this.known.get(field) as Known<Fields[K]> | undefined;
  }

  set<K extends keyof Fields>(field: K, value: Fields[K], file: string, where: string): void {
    if (this.known.has(field) || value === '' || value === 0 || (Array.isArray(value) && value.length === 0)) return;
    const text = typeof value === 'object' ? value.join(' ') : String(value);
    this.known.set(field, { value, evidence: { file, where, value: text.slice(0, 500) } });
  }
}

const texts: Readonly<Record<number, readonly [keyof Fields, string]>> = {
  1: ['os', 'os'],
  2: ['python', 'python'],
  4: ['container', 'docker'],
  6: ['program', 'program'],
  7: ['codePath', 'code_path'],
  12: ['host', 'host'],
  13: ['user', 'username'],
  18: ['gpu', 'gpu_type'],
  25: ['cuda', 'cuda_version'],
};
const counts: Readonly<Record<number, readonly [keyof Fields, string]>> = {
  16: ['cpuCount', 'cpu_count'],
  17: ['cpuThreads', 'cpu_count_logical'],
  19: ['gpuCount', 'gpu_count'],
};
const field = { args: 5, git: 9, memory: 21, cpu: 22, apple: 23, gpuNvidia: 24, gpuAmd: 26 } as const;

/** Adds what an EnvironmentRecord says. @throws malformed */
export function addEnvironmentRecord(environment: Environment, fields: WireFields, inner: WireFields, file: string): void {
  const args: string[] = [];
  const gpus: string[] = [];
  for (; fields.next(); ) {
    const text = texts[fields.field];
    const count = counts[fields.field];
    if (text && fields.type === wire.bytes) environment.set(text[0], fields.text, file, `environment.${text[1]}`);
    else if (count && fields.type === wire.varint) environment.set(count[0], fields.uint64, file, `environment.${count[1]}`);
    else if (fields.type !== wire.bytes) continue;
    else if (fields.field === field.args) args.push(fields.text);
    else if (fields.field === field.git) addGit(environment, inner.inside(fields), file, 'environment.git');
    else if (fields.field === field.gpuNvidia) gpus.push(textIn(inner.inside(fields), 1));
    else if (fields.field === field.gpuAmd) gpus.push(textIn(inner.inside(fields), 9));
    else if (fields.field === field.apple) gpus.push(textIn(inner.inside(fields), 1));
    else if (fields.field === field.cpu) environment.set('cpu', textIn(inner.inside(fields), 3), file, 'environment.cpu.model');
    else if (fields.field === field.memory) {
      for (inner.inside(fields); inner.next(); ) if (inner.is(1, wire.varint)) environment.set('memoryBytes', inner.uint64, file, 'environment.memory.total');
    }
  }
  environment.set('args', args, file, 'environment.args');
  environment.set('gpu', gpus.find((name) => name !== '') ?? '', file, 'environment.gpu');
  environment.set('gpuCount', gpus.length, file, 'environment.gpu');
}

/** Adds a GitRepoRecord. @throws malformed */
export function addGit(environment: Environment, fields: WireFields, file: string, where: string): void {
  for (; fields.next(); ) {
    if (fields.is(1, wire.bytes)) environment.set('gitRemote', fields.text, file, `${where}.remote_url`);
    else if (fields.is(2, wire.bytes)) environment.set('gitCommit', fields.text, file, `${where}.commit`);
  }
}

function textIn(fields: WireFields, wanted: number): string {
  let text = '';
  while (fields.next()) if (fields.is(wanted, wire.bytes)) text = fields.text;
  return text;
}

/** Adds what a wandb-metadata.json says; versions differ in the casing of names, and in whether large numbers are text. */
export function addMetadata(environment: Environment, metadata: Value, file: string): void {
  if (!isObject(metadata)) return;
  const at = (value: Value | undefined, ...names: readonly string[]): readonly [Value, string] => {
    for (const name of names) if (isObject(value) && Object.hasOwn(value, name)) return [(value as Values)[name] ?? null, name];
    return [null, ''];
  };
  const text = (to: keyof Fields, [value, where]: readonly [Value, string], prefix = '') => {
    if (typeof value === 'string') environment.set(to, value, file, `key ${prefix}${where}`);
  };
  const count = (to: keyof Fields, [value, where]: readonly [Value, string], prefix = '') => {
    const number = typeof value === 'string' || typeof value === 'bigint' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) environment.set(to, number, file, `key ${prefix}${where}`);
  };
  text('os', at(metadata, 'os'));
  text('python', at(metadata, 'python'));
  text('container', at(metadata, 'docker'));
  text('program', at(metadata, 'program'));
  text('codePath', at(metadata, 'codePath', 'code_path'));
  text('host', at(metadata, 'host'));
  text('user', at(metadata, 'username'));
  text('cuda', at(metadata, 'cudaVersion', 'cuda_version', 'cuda'));
  count('cpuThreads', at(metadata, 'cpu_count_logical', 'cpuCountLogical'));
  count('cpuCount', at(metadata, 'cpu_count', 'cpuCount'));
  count('gpuCount', at(metadata, 'gpu_count', 'gpuCount'));
  text('cpu', at(at(metadata, 'cpu')[0], 'model'), 'cpu.');
  const [git] = at(metadata, 'git');
  text('gitRemote', at(git, 'remote', 'remote_url', 'remoteUrl'), 'git.');
  text('gitCommit', at(git, 'commit'), 'git.');
  const [memory] = at(metadata, 'memory');
  const [total] = at(memory, 'total');
  // Old versions wrote gigabytes as a fraction, new ones bytes as text.
  if (typeof total === 'number' && total < 2 ** 20) environment.set('memoryBytes', Math.round(total * 2 ** 30), file, 'key memory.total (GB)');
  else count('memoryBytes', at(memory, 'total'), 'memory.');
  const [gpu, gpuKey] = at(metadata, 'gpu', 'gpuType', 'gpu_type');
  text('gpu', [gpu, gpuKey]);
  const [nvidia] = at(metadata, 'gpu_nvidia', 'gpuNvidia', 'gpu_devices');
  if (Array.isArray(nvidia)) {
    text('gpu', at((nvidia as readonly Value[])[0], 'name'), 'gpu_nvidia.0.');
    count('gpuCount', [nvidia.length, 'gpu_nvidia']);
  }
  const [args] = at(metadata, 'args');
  if (Array.isArray(args)) environment.set('args', (args as readonly Value[]).map(String), file, 'key args');
}
