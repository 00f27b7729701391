// .guild/attrs: one small YAML document per attribute.

import type { Issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { flatten, isObject } from '../../formats/flatten';
import { seedFacts } from '../../formats/seed';
import { parseYaml, parseYamlText } from '../../formats/yaml';
import { readYamlFile } from '../../formats/yaml-file';
import type { Fact } from '../../model/facts';
import type { RunHeader, RunStatus } from '../../model/run';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';

export interface Attributes {
  readonly id: string | null;
  readonly header: Partial<RunHeader>;
  readonly params: Values;
  readonly tags: Values;
  readonly facts: readonly Fact[];
  readonly issues: readonly Issue[];
}

const list = (value: Value): readonly Value[] => (Array.isArray(value) ? value : []);
const texts = (value: Value): string[] => list(value).flatMap((item) => (typeof item === 'string' ? [item] : []));
const textOf = (value: Value): string | null => (typeof value === 'string' && value !== '' ? value : null);

/**
 * Reads the attributes of a run. `env` holds the whole environment of the shell and is left alone.
 * @param own the folder `.guild`
 */
export async function readAttributes(own: SourceDir, files: ReadonlySet<SourceFile>, context: ReadContext): Promise<Attributes> {
  const issues: Issue[] = [];
  const attrs = own.dirs.get('attrs');
  const read = (name: string, parse: (text: string) => Value): Promise<Value> => {
    const file = attrs?.files.get(name);
    return readYamlFile(file && files.has(file) ? file : null, issues, context, parse);
  };
  // Of an id or a label every character counts: `12e345` is no number.
  const text = (name: string): Promise<Value> => read(name, parseYamlText);
  const time = async (name: string) => {
    const microseconds = await read(name, parseYaml);
    return typeof microseconds === 'number' ? epochMs(microseconds / 1000) : null;
  };
  const params = flatten(await read('flags', parseYaml));
  const comments = list(await text('comments')).flatMap((one) => (isObject(one) && typeof one.body === 'string' ? [one.body] : []));
  return {
    id: textOf(await text('id')),
    header: {
      name: textOf(await text('label')),
      ...statusOf(own, await read('exit_status', parseYaml)),
      startedMs: (await time('started')) ?? (await time('initialized')),
      endedMs: await time('stopped'),
      user: textOf(await text('user')),
      notes: comments.length > 0 ? comments.join('\n') : null,
    },
    params,
    tags: Object.fromEntries(texts(await text('tags')).map((tag) => [tag, ''])),
    facts: [
      ...seedFacts(params, { file: '.guild/attrs/flags' }),
      ...codeFacts(texts(await text('cmd')), textOf(await text('vcs_commit'))),
      ...environmentFacts(await read('platform', parseYaml), texts(await text('pip_freeze')), textOf(await text('host'))),
    ],
    issues,
  };
}

/** As Guild tells it, but for a lock: whether its process lives cannot be known. */
function statusOf(own: SourceDir, exit: Value): { readonly status: RunStatus; readonly nativeStatus: string } {
  if (typeof exit === 'number') {
    if (exit === 0) return { status: 'finished', nativeStatus: 'completed' };
    return exit < 0 ? { status: 'killed', nativeStatus: 'terminated' } : { status: 'failed', nativeStatus: 'error' };
  }
  if (own.files.has('LOCK') || own.files.has('LOCK.remote')) return { status: 'running', nativeStatus: 'running' };
  if (own.files.has('PENDING')) return { status: 'unknown', nativeStatus: 'pending' };
  return { status: 'unknown', nativeStatus: own.files.has('STAGED') ? 'staged' : 'error' };
}

/** `git:<commit>`, with a star where the working copy was changed. */
function codeFacts(command: readonly string[], commit: string | null): Fact[] {
  const facts: Fact[] = [];
  const line = command.join(' ');
  if (line !== '') facts.push({ kind: 'command', value: line, evidence: [{ file: '.guild/attrs/cmd', value: line.slice(0, 500) }] });
  const match = /^(?:git:)?([0-9a-f]{7,64})(\*?)$/.exec(commit ?? '');
  if (match?.[1]) {
    const evidence = [{ file: '.guild/attrs/vcs_commit', value: match[0] }];
    facts.push({ kind: 'git_commit', value: match[1], evidence }, { kind: 'git_dirty', value: match[2] === '*', evidence });
  }
  return facts;
}

function environmentFacts(platform: Value, freeze: readonly string[], host: string | null): Fact[] {
  const facts: Fact[] = [];
  const file = '.guild/attrs/platform';
  const said = isObject(platform) ? platform : {};
  const [python] = textOf(said.python_version ?? null)?.split(' ') ?? [];
  if (python) facts.push({ kind: 'python', value: python, evidence: [{ file, where: 'key python_version', value: python }] });
  const system = textOf(said.uname ?? null)?.trim();
  if (system) facts.push({ kind: 'os', value: system, evidence: [{ file, where: 'key uname', value: system }] });
  const processor = textOf(said.processor ?? null);
  if (processor) facts.push({ kind: 'cpu', value: processor, evidence: [{ file, where: 'key processor', value: processor }] });
  if (typeof said.cpus === 'number') facts.push({ kind: 'cpu_count', value: said.cpus, evidence: [{ file, where: 'key cpus', value: String(said.cpus) }] });
  if (host) facts.push({ kind: 'host', value: host, evidence: [{ file: '.guild/attrs/host', value: host }] });
  const packages = freeze.flatMap((line): [string, string][] => {
    const match = /^([^=\s]+)==(\S+)$/.exec(line);
    return match?.[1] && match[2] ? [[match[1], match[2]]] : [];
  });
  if (packages.length > 0)
    facts.push({
      kind: 'packages',
      value: Object.fromEntries(packages),
      evidence: [{ file: '.guild/attrs/pip_freeze', value: `${packages.length} packages` }],
    });
  return facts;
}
