// Run folders of versions before 0.10: no transaction log, rows and statistics as JSON lines beside the other files.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { readLines } from '../../formats/lines';
import type { RunEvent } from '../../model/events';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { pathBelow, SourceError, type SourceFile, walkFiles } from '../../source/source';
import { Environment } from './environment';
import { factsOf } from './facts';
import type { Part } from './find';
import { History } from './history';
import { mediaEvents } from './media';
import { readOwnFiles } from './own-files';
import { newTelemetry } from './telemetry';

const run = 0;

export async function* readOld(part: Part, context: ReadContext): AsyncGenerator<RunEvent> {
  yield { kind: 'begin', run, identity: { nativeId: part.id }, path: part.path };
  const history = new History(context.limits.seriesPerRun, context.keepMedia);
  const declared = new Set<number>();
  const points = function* (all: boolean): Generator<RunEvent> {
    for (const { series, batch } of history.series.drain(all)) {
      const { number, name, system } = series;
      if (!declared.has(number)) yield { kind: 'series', run, series: number, key: { name, context: {} }, system };
      declared.add(number);
      yield { kind: 'points', run, series: number, ...batch };
    }
    yield* mediaEvents(run, history.drainMedia(), { files: part.dir, prefix: '' });
  };
  const sources: readonly (readonly [string, (row: { readonly [key: string]: Value }) => void])[] = [
    ['wandb-history.jsonl', (row) => history.object(row)],
    ['wandb-events.jsonl', (row) => addStatistics(history, row)],
  ];
  for (const [name, take] of sources) {
    const file = part.dir.files.get(name);
    if (!file) continue;
    const trouble = yield* rows(file, context, take, points);
    for (const told of trouble) yield { kind: 'issue', run, issue: told };
  }
  yield* points(true);
  const environment = new Environment();
  const files = await readOwnFiles(part.dir, part.dir, environment, context);
  const user = environment.get('user');
  yield {
    kind: 'header',
    run,
    set: {
      ...(files.startedMs === null ? {} : { startedMs: epochMs(files.startedMs) }),
      ...(user ? { user: user.value } : {}),
      ...(files.client ? { formatVersion: files.client } : {}),
    },
  };
  yield { kind: 'params', run, values: files.config };
  yield { kind: 'summary', run, values: files.summary };
  const facts = factsOf({
    log: 'config.yaml',
    environment,
    runGit: new Environment(),
    host: '',
    telemetry: newTelemetry(),
    client: files.client,
    artifacts: [],
    files,
    params: files.config,
  });
  for (const fact of facts) yield { kind: 'fact', run, fact };
  for (const [name, { kind, count }] of history.media) yield { kind: 'media', run, media: { name, kind, count } };
  for (const file of walkFiles(part.dir)) yield { kind: 'artifact', run, artifact: { path: pathBelow(part.dir, file), size: file.size, kind: 'file' }, file };
  for (const told of files.issues) yield { kind: 'issue', run, issue: told };
  yield { kind: 'end', run };
}

/** Takes the rows of a file in; gives points as they are ready, and trouble at the end. */
async function* rows(
  file: SourceFile,
  context: ReadContext,
  take: (row: { readonly [key: string]: Value }) => void,
  points: (all: boolean) => Generator<RunEvent>,
): AsyncGenerator<RunEvent, ReturnType<typeof issue>[]> {
  const trouble: ReturnType<typeof issue>[] = [];
  let bad = 0;
  let firstBad = 0;
  try {
    for await (const { lines, firstLine, complete } of readLines(file, context)) {
      for (const [at, line] of lines.entries()) {
        const row = rowOf(line);
        if (row) take(row);
        else if (!complete && at === lines.length - 1) trouble.push(issue('truncated', 'The file ends in the middle of a line.', { file: file.path }));
        else if (line.trim() !== '' && bad++ === 0) firstBad = firstLine + at;
      }
      yield* points(false);
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    trouble.push(issue(error.code, error.message, { file: error.file }));
  }
  if (bad > 0) trouble.push(issue('bad-record', `${bad} ${bad === 1 ? 'line is' : 'lines are'} no row.`, { file: file.path, where: `line ${firstBad}` }));
  return trouble;
}

function rowOf(line: string): { readonly [key: string]: Value } | null {
  try {
    const row = parseJson(line);
    return isObject(row) ? row : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

/** `{"system.cpu": 12.5, "_timestamp": …}`. */
function addStatistics(history: History, row: { readonly [key: string]: Value }): void {
  const { _timestamp: seconds } = row;
  const time = typeof seconds === 'number' ? seconds * 1000 : Number.NaN;
  for (const [name, value] of Object.entries(row))
    if (name.startsWith('system.') && typeof value === 'number') history.stat(name.slice('system.'.length), value, time);
}
