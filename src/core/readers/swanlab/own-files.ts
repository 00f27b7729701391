// The small files of a run: config, metadata of the machine and the code, packages.

import { type Issue, issue } from '../../base/issues';
import { readWhole } from '../../formats/bytes';
import { flatten, isObject } from '../../formats/flatten';
import { readJsonFile } from '../../formats/json-file';
import { seedFacts } from '../../formats/seed';
import { decodeUtf8 } from '../../formats/text';
import { parseYaml } from '../../formats/yaml';
import type { RunEvent, RunKey } from '../../model/events';
import type { Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, SourceError, type SourceFile, walkFiles } from '../../source/source';

/** Params of `files/config.yaml`: `{lr: {value: 0.1}}` is `lr: 0.1`. */
async function readConfig(home: SourceDir, context: ReadContext, issues: Issue[]): Promise<Values> {
  const file = home.dirs.get('files')?.files.get('config.yaml');
  const text = file ? await textOf(file, context, issues) : null;
  if (!file || text === null) return {};
  try {
    const parsed = parseYaml(text);
    if (!isObject(parsed)) return {};
    return flatten(
      Object.fromEntries(Object.entries(parsed).map(([key, entry]) => [key, isObject(entry) && 'value' in entry ? (entry.value ?? null) : entry])),
    );
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    issues.push(issue('bad-record', `config.yaml cannot be understood: ${error.message}`, { file: file.path }));
    return {};
  }
}

/** Facts of `files/swanlab-metadata.json` and `files/requirements.txt`. */
async function readFacts(home: SourceDir, context: ReadContext, issues: Issue[]): Promise<Fact[]> {
  const files = home.dirs.get('files')?.files;
  const facts: Fact[] = [];
  const metadata = files?.get('swanlab-metadata.json');
  if (metadata) {
    const read = await readJsonFile(metadata, context);
    issues.push(...read.issues);
    facts.push(...factsOf(read.value ?? null, pathBelow(home, metadata)));
  }
  const requirements = files?.get('requirements.txt');
  const text = requirements ? await textOf(requirements, context, issues) : null;
  if (requirements && text !== null) {
    const pins = [...text.matchAll(/^[ \t]*([A-Za-z0-9_.-]+)==([^\r\n]*)/gm)].map(([, name = '', version = '']): [string, string] => [name, version.trim()]);
    const file = pathBelow(home, requirements);
    if (pins.length > 0) facts.push({ kind: 'packages', value: Object.fromEntries(pins), evidence: [{ file, value: `${pins.length} packages` }] });
  }
  return facts;
}

/** Since 0.8 in groups (`runtime`, `hardware`, `git`), before that flat. */
function factsOf(metadata: Value, file: string): Fact[] {
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

async function textOf(file: SourceFile, context: ReadContext, issues: Issue[]): Promise<string | null> {
  try {
    const { text, bad } = decodeUtf8(await readWhole(file, context.limits, context.signal));
    context.progress(file.size);
    if (bad) issues.push(issue('bad-utf8', `${file.name} is not valid UTF-8.`, { file: file.path }));
    return text;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, { file: file.path }));
    return null;
  }
}

/** What the files beside a log say: params, facts, files of media. */
export async function* besideEvents(run: RunKey, home: SourceDir, context: ReadContext, issues: Issue[]): AsyncGenerator<RunEvent> {
  const params = await readConfig(home, context, issues);
  yield { kind: 'params', run, values: params };
  for (const fact of [...(await readFacts(home, context, issues)), ...seedFacts(params, { file: 'files/config.yaml' })]) yield { kind: 'fact', run, fact };
  const media = home.dirs.get('media');
  if (!media) return;
  for (const file of walkFiles(media)) yield { kind: 'artifact', run, artifact: { path: pathBelow(home, file), size: file.size, kind: 'file' }, file };
}
