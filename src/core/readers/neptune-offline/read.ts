// Reads the executions of one run and tells it as the service would have shown it.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { readWhole } from '../../formats/bytes';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { decodeUtf8 } from '../../formats/text';
import type { RunEvent, RunKey } from '../../model/events';
import type { Value } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, SourceError, type SourceFile } from '../../source/source';
import { attributeEvents } from '../_neptune/attributes';
import type { Execution } from './find';
import { OfflineRun } from './fold';
import { isIssue, readLog } from './log';
import type { OfflineNote } from './reader';
import { uploadEvents } from './uploads';

/** Damaged operations that are told one by one. */
const mostTold = 20;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const run: RunKey = 0;
  const { executions } = claim.note as OfflineNote;
  const [first] = executions as readonly [Execution, ...Execution[]];
  yield {
    kind: 'begin',
    run,
    identity: { nativeId: first.id },
    path: first.dir.path,
    ...(executions.length > 1 ? { files: claim.files } : {}),
  };
  const fold = new OfflineRun();
  for (const execution of executions) yield* operations(run, execution, first, fold, context);
  const metadata = await metadataOf(first, context);
  if (metadata instanceof SourceError) yield { kind: 'issue', run, issue: issue(metadata.code, metadata.message, { file: metadata.file }) };
  const about = metadata instanceof SourceError ? null : metadata;
  const created = Date.parse(text(about?.createdAt) ?? '');
  const place = (path: string) => {
    const origin = fold.origins.get(path);
    return { file: origin?.file ?? 'data-1.log', where: origin?.version == null ? `attribute ${path}` : `operation ${origin.version}, attribute ${path}` };
  };
  yield* attributeEvents(run, fold.all(), place, {
    startedMs: Number.isNaN(created) ? null : epochMs(created),
    formatVersion: text(about?.neptuneClientVersion),
    jobType: first.type === 'run' ? null : first.type,
  });
  for (const event of environment(run, about)) yield event;
  yield* fold.media.events(run, context.keepMedia);
  yield* uploadEvents(run, fold, executions, place, context);
  const inexact = yield* fold.series.events(run);
  if (inexact.length > 0)
    yield { kind: 'issue', run, issue: issue('precision', `Steps of ${inexact.slice(0, 5).join(', ')} are larger than a 64-bit float can hold exactly.`) };
  for (const one of shortcomings(fold)) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
};

async function* operations(run: RunKey, execution: Execution, first: Execution, fold: OfflineRun, context: ReadContext): AsyncGenerator<RunEvent> {
  let told = 0;
  let lastVersion = 0;
  let firstVersion: number | null = null;
  for (const log of execution.logs) {
    const name = execution === first ? pathBelow(first.dir, log) : log.path;
    try {
      for await (const outputs of readLog(log, context)) {
        for (const output of outputs) {
          if (!isIssue(output)) {
            if (output.version !== null) {
              firstVersion ??= output.version;
              lastVersion = output.version;
            }
            fold.apply(output, name);
          } else if (told++ < mostTold) yield { kind: 'issue', run, issue: output };
        }
      }
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      yield { kind: 'issue', run, issue: issue(error.code, error.message, { file: log.path }) };
    }
  }
  if (told > mostTold)
    yield { kind: 'issue', run, issue: issue('bad-record', `${told - mostTold} more operations are damaged.`, { file: execution.dir.path }) };
  if (firstVersion !== null && firstVersion > 1) yield { kind: 'issue', run, issue: sent(firstVersion, execution) };
  const put = await counter(execution.dir.files.get('last_put_version'), context);
  if (put !== null && put > lastVersion && told === 0)
    yield {
      kind: 'issue',
      run,
      issue: issue('truncated', `The client wrote ${put} operations, but the log ends with operation ${lastVersion}.`, { file: execution.dir.path }),
    };
}

const sent = (firstVersion: number, { dir }: Execution): Issue =>
  issue('missing-file', `Operations 1 to ${firstVersion - 1} of this run are not here: the client sent them to the service and removed them.`, {
    file: dir.path,
    tip: 'Only an export made before the service closed holds them.',
  });

async function counter(file: SourceFile | undefined, context: ReadContext): Promise<number | null> {
  if (!file || file.size === 0 || file.size > 32) return null;
  try {
    const { text: digits } = decodeUtf8(await readWhole(file, context.limits, context.signal));
    return /^\s*\d{1,15}\s*$/.test(digits) ? Number(digits) : null;
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}

type Metadata = { readonly [name: string]: Value };

async function metadataOf({ metadata }: Execution, context: ReadContext): Promise<Metadata | SourceError | null> {
  if (!metadata) return null;
  try {
    const value = parseJson(decodeUtf8(await readWhole(metadata, { wholeFileBytes: context.limits.contentBytes }, context.signal)).text);
    return isObject(value) ? value : null;
  } catch (error) {
    if (error instanceof SourceError) return error;
    if (error instanceof SyntaxError)
      return new SourceError('bad-record', 'metadata.json is damaged: the start and the environment of the run are unknown.', metadata.path);
    throw error;
  }
}

const text = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

function* environment(run: RunKey, about: Metadata | null): Generator<RunEvent> {
  const evidence = (key: string, value: string) => [{ file: 'metadata.json', where: `key ${key}`, value: value.slice(0, 500) }];
  const python = text(about?.pythonVersion);
  if (python) yield { kind: 'fact', run, fact: { kind: 'python', value: python.split(' ')[0] as string, evidence: evidence('pythonVersion', python) } };
  const os = text(about?.os);
  if (os) yield { kind: 'fact', run, fact: { kind: 'os', value: os, evidence: evidence('os', os) } };
  const client = text(about?.neptuneClientVersion);
  if (client) yield { kind: 'fact', run, fact: { kind: 'tracker', value: `neptune ${client}`, evidence: evidence('neptuneClientVersion', client) } };
}

function* shortcomings({ refused, copied, unknown }: OfflineRun): Generator<Issue> {
  if (refused > 0)
    yield issue(
      'nonfinite-lost',
      `The client refused ${refused} ${refused === 1 ? 'value' : 'values'} (NaN, infinite or too large) and did not write them; its warnings are in the console log.`,
    );
  if (copied.length > 0)
    yield issue(
      'unsupported',
      `${copied.length} ${copied.length === 1 ? 'attribute was' : 'attributes were'} copied from another run, which only the service could look up: ${copied.slice(0, 5).join(', ')}.`,
    );
  for (const [type, count] of unknown) yield issue('unsupported', `${count} operations of the unknown type ${type.slice(0, 100)} were skipped.`);
}
