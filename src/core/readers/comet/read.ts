// Reads an archive: the description, then every message.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { readExactly } from '../../formats/bytes';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { readJsonFile } from '../../formats/json-file';
import { readLines } from '../../formats/lines';
import { seedFacts } from '../../formats/seed';
import type { Identity, RunEvent } from '../../model/events';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import { PointCollector } from '../_points/collector';
import { Messages } from './messages';
import type { ArchiveNote } from './reader';

const run = 0;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { description } = claim.note as ArchiveNote;
  const [file] = claim.key;
  if (!file) return;
  const issues: Issue[] = [];
  const described = description ? await readJsonFile(description, context) : { value: undefined, issues: [] };
  issues.push(...described.issues);
  const about: Values = isObject(described.value) ? described.value : {};
  const points = new PointCollector(run, context.limits.seriesPerRun);
  const messages = new Messages(points, file.name);
  await readMessages(file, messages, context, issues);
  yield { kind: 'begin', run, identity: await identityOf(about, claim, file, context), path: claim.root.path };
  yield* headerEvents(about, messages);
  const params = Object.fromEntries(messages.params);
  yield { kind: 'params', run, values: params };
  for (const fact of [...messages.facts, ...seedFacts(params, { file: file.name })]) yield { kind: 'fact', run, fact };
  for (const { name, stored } of messages.uploads) {
    const found = claim.root.files.get(stored);
    yield { kind: 'artifact', run, artifact: { path: name, size: found?.size ?? null, kind: 'file' }, ...(found ? { file: found } : {}) };
  }
  yield* points.flush(true);
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
};

async function readMessages(file: SourceFile, messages: Messages, context: ReadContext, issues: Issue[]): Promise<void> {
  let bad = 0;
  let firstBad = 0;
  try {
    for await (const { lines, firstLine, complete } of readLines(file, context))
      for (const [at, line] of lines.entries()) {
        if (line.trim() === '') continue;
        try {
          messages.take(parseJson(line), firstLine + at);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          if (!complete && at === lines.length - 1) issues.push(issue('truncated', `${file.name} ends in the middle of a line.`, { file: file.path }));
          else if (bad++ === 0) firstBad = firstLine + at;
        }
      }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, { file: file.path }));
  }
  const place = { file: file.path, where: `line ${firstBad}` };
  if (bad > 0) issues.push(issue('bad-record', `${bad} lines are no messages and were skipped.`, place));
  if (messages.badValues > 0) issues.push(issue('bad-value', `${messages.badValues} values of metrics are no numbers and were skipped.`, { file: file.path }));
}

function* headerEvents(about: Values, messages: Messages): Generator<RunEvent> {
  const ended = msOf(about.stop_time);
  const failed = about.customer_error_reported === true;
  const started = msOf(about.start_time);
  yield {
    kind: 'header',
    run,
    set: {
      name: messages.name,
      experiment: typeof about.project_name === 'string' ? about.project_name : null,
      status: failed ? 'failed' : ended === null ? 'unknown' : 'finished',
      startedMs: started === null ? null : epochMs(started),
      endedMs: ended === null ? null : epochMs(ended),
      user: messages.user,
    },
  };
  const tags = Array.isArray(about.tags) ? (about.tags as readonly Value[]).filter((tag) => typeof tag === 'string') : [];
  yield { kind: 'tags', run, values: Object.fromEntries([...messages.others, ...tags.map((tag): [string, Value] => [tag, true])]) };
}

/** The experiment key, which also names the archive; else the first bytes of the messages. */
async function identityOf(about: Values, claim: Claim, file: SourceFile, context: ReadContext): Promise<Identity> {
  const key = typeof about.offline_id === 'string' ? about.offline_id : /(?:^|\/)([0-9a-zA-Z]{32,50})(?:\.zip)?$/.exec(claim.root.path)?.[1];
  if (key) return { nativeId: key };
  try {
    return { nativeId: null, within: file.name, head: await readExactly(file, 0, 4096, context.signal) };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { nativeId: null, within: file.name, head: new Uint8Array(0) };
  }
}

const msOf = (value: Value | undefined): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
