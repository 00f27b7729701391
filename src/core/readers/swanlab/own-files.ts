// The small files of a run: config, metadata of the machine and the code, packages.

import { type Issue, issue } from '../../base/issues';
import { readWhole } from '../../formats/bytes';
import { readJsonFile } from '../../formats/json-file';
import { seedFacts } from '../../formats/seed';
import { decodeUtf8 } from '../../formats/text';
import { parseYaml } from '../../formats/yaml';
import type { RunEvent, RunKey } from '../../model/events';
import type { Fact } from '../../model/facts';
import type { Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, SourceError, type SourceFile, walkFiles } from '../../source/source';
import { configParams, metadataFacts, packageFacts } from './profile';

/** Params of `files/config.yaml`. */
async function readConfig(home: SourceDir, context: ReadContext, issues: Issue[]): Promise<Values> {
  const file = home.dirs.get('files')?.files.get('config.yaml');
  const text = file ? await textOf(file, context, issues) : null;
  if (!file || text === null) return {};
  try {
    return configParams(parseYaml(text));
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
    facts.push(...metadataFacts(read.value ?? null, pathBelow(home, metadata)));
  }
  const requirements = files?.get('requirements.txt');
  const text = requirements ? await textOf(requirements, context, issues) : null;
  if (requirements && text !== null) {
    facts.push(...packageFacts(text, pathBelow(home, requirements)));
  }
  return facts;
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
