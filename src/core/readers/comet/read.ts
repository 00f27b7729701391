// Reads an archive: the description, then every message.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { readJsonFile } from '../../formats/json-file';
import { seedFacts } from '../../formats/seed';
import type { RunEvent } from '../../model/events';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { PointCollector } from '../_logs/collector';
import { identityOf } from '../_logs/identity';
import { readJsonLines } from '../_logs/json-lines';
import { mediaEvents } from './media';
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
  issues.push(...(await readJsonLines(file, (message, line) => messages.take(message, line), 'messages', context)));
  if (messages.badValues > 0) issues.push(issue('bad-value', `${messages.badValues} values of metrics are no numbers and were skipped.`, { file: file.path }));
  yield { kind: 'begin', run, identity: await identityOf(keyOf(about, claim.root.path), file, context), path: claim.root.path };
  yield* headerEvents(about, messages);
  const params = Object.fromEntries(messages.params);
  yield { kind: 'params', run, values: params };
  for (const fact of [...messages.facts, ...seedFacts(params, { file: file.name })]) yield { kind: 'fact', run, fact };
  for (const { name, stored } of messages.uploads) {
    const found = claim.root.files.get(stored);
    yield { kind: 'artifact', run, artifact: { path: name, size: found?.size ?? null, kind: 'file' }, ...(found ? { file: found } : {}) };
  }
  yield* mediaEvents(run, messages.uploads, messages.html, claim.root, context.keepMedia);
  yield* points.flush(true);
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
};

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

/** The experiment key, which also names the archive. */
const keyOf = ({ offline_id: id }: Values, path: string): string | undefined =>
  typeof id === 'string' ? id : /(?:^|\/)([0-9a-zA-Z]{32,50})(?:\.zip)?$/.exec(path)?.[1];

const msOf = (value: Value | undefined): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
