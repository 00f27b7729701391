// Reads what a mapping file names into runs.

import { issue } from '../../base/issues';
import { fillTemplate, readPath } from '../../mapping/path-template';
import type { RunEvent } from '../../model/events';
import type { RunHeader } from '../../model/run';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, SourceError, type SourceFile } from '../../source/source';
import { stemOf } from '../_history/find';
import { startOf } from '../_history/runs';
import { readSidecar, type Sidecar, seedFacts } from '../_history/sidecars';
import { HistoryWriter } from '../_history/writer';
import type { MappedFiles, Unit } from './find';
import { headOf, type LogTally, newTally, readLog } from './logs';
import { RowTaker, type Watch } from './rows';

/** Looks on while a preview is made. */
export interface Onlooker {
  readonly tally: (tally: LogTally) => void;
  readonly watch: Watch;
}

export const read: Read = (claim, context) => readMapped(claim, context, null);

export async function* readMapped(claim: Claim, context: ReadContext, onlooker: Onlooker | null): AsyncGenerator<RunEvent> {
  const { units, issues } = claim.note as MappedFiles;
  for (const one of issues) yield { kind: 'issue', issue: one };
  const files = new Set(claim.files);
  const own = (file: SourceFile): boolean => files.has(file);
  const settings = settingsReader(context);
  for (const unit of units) {
    const mine = { ...unit, logs: unit.logs.filter(own), sidecars: unit.sidecars.filter(own), settings: unit.settings.filter(own) };
    if (mine.logs.length > 0) yield* readUnit(mine, { context, onlooker, settings });
  }
}

type Settings = (file: SourceFile, path: string) => Promise<Sidecar>;

/** Reads files of settings once, however many runs they belong to. */
function settingsReader(context: ReadContext): Settings {
  const known = new Map<string, Promise<Sidecar>>();
  return (file, path) => {
    const key = `${file.path}\0${path}`;
    const found = known.get(key) ?? readSidecar(file, path, context);
    known.set(key, found);
    return found;
  };
}

interface Tools {
  readonly context: ReadContext;
  readonly onlooker: Onlooker | null;
  readonly settings: Settings;
}

async function* readUnit(unit: Unit, { context, onlooker, settings }: Tools): AsyncGenerator<RunEvent> {
  const { mapping, logs } = unit;
  const heads = await headsOf(unit, context);
  const placed = placedParams(unit);
  const named = { ...placed, file: stemOf(logs[0]!.name), folder: unit.home.name };
  const start = startOf(unit, heads, typeof mapping.run === 'object');
  const writer = new HistoryWriter(context.limits.seriesPerRun, (run) => {
    const begun = start(run);
    return { ...begun, header: { ...begun.header, ...headerOf(unit, { ...named, run }) } };
  });
  const params = new Map<string, Values>();
  const files = [...new Set([...logs, ...unit.sidecars, ...unit.settings])];
  const told = async function* (events: AsyncIterable<RunEvent>): AsyncGenerator<RunEvent> {
    for await (const event of events) yield event.kind === 'begin' ? { ...event, files } : event;
  };
  for (const file of logs) yield* told(readOne(unit, file, { writer, context, onlooker, params }));
  if (writer.names.length > 0) yield* told(finish(unit, { writer, settings, placed, params, named }));
}

/** Enough logs to tell who the run is. */
const mostHeads = 100;

async function headsOf({ logs, mapping }: Unit, { signal }: ReadContext): Promise<readonly Uint8Array[]> {
  const heads: Uint8Array[] = [];
  for (const file of logs.slice(0, mostHeads)) {
    try {
      heads.push(await headOf(file, mapping, signal));
    } catch (error) {
      // What cannot be read is told when its rows are.
      if (!(error instanceof SourceError)) throw error;
    }
  }
  return heads;
}

interface OneLog {
  readonly writer: HistoryWriter;
  readonly context: ReadContext;
  readonly onlooker: Onlooker | null;
  readonly params: Map<string, Values>;
}

async function* readOne(unit: Unit, file: SourceFile, { writer, context, onlooker, params }: OneLog): AsyncGenerator<RunEvent> {
  const { mapping, logs } = unit;
  const kind = logs.length > 1 ? { key: 'file', value: file.name } : null;
  const taker = new RowTaker(mapping, writer, kind, onlooker?.watch ?? null);
  const tally = newTally(file.path);
  const issues: ReturnType<typeof issue>[] = [];
  const job = {
    file,
    mapping,
    taker,
    tally,
    context,
    issue: (one: ReturnType<typeof issue>) => void issues.push(one),
    params: (found: Values) => void params.set('', found),
  };
  try {
    for await (const _ of readLog(job)) yield* writer.drain();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, { file: file.path }));
  }
  onlooker?.tally(tally);
  const place = (line: number) => ({ file: file.path, where: `line ${line}` });
  if (tally.lines === 0 && issues.length === 0) {
    if (typeof mapping.run !== 'object') writer.touch('');
    issues.push(issue('empty', `${file.name} has no rows yet.`, { file: file.path }));
  } else if (mapping.format === 'text' && tally.unmatched > 0) {
    const none = tally.matched === 0;
    const message = none
      ? `None of ${tally.lines} lines of ${file.name} fits the mapping.`
      : `${tally.matched} of ${tally.lines} lines of ${file.name} fit the mapping; the rest was left out.`;
    issues.push(issue('unmatched', message, { ...place(tally.samples[0]!.line), ...(none ? { severity: 'warn' as const } : {}) }));
  }
  for (const [name, { count, text, line }] of taker.bad)
    issues.push(issue('bad-value', `“${name}” is no number in ${count} ${count === 1 ? 'row' : 'rows'}, first “${text}”; left out.`, place(line)));
  for (const name of taker.unsteady)
    issues.push(issue('bad-value', `“${name}” is called a param and changes within a run; left out.`, { file: file.path, severity: 'note' }));
  if (taker.imprecise > 0) issues.push(issue('precision', `Steps of ${file.name} are larger than 2^53.`, place(taker.imprecise)));
  if (taker.restart > 0)
    issues.push(
      issue('step-restart', `Steps of ${file.name} go back: the training was started again, or runs follow each other.`, {
        ...place(taker.restart),
        tip: 'All rows are kept as they stand.',
      }),
    );
  const begun = writer.names.length > 0;
  for (const one of issues) {
    if (begun) writer.issue(one);
    else yield { kind: 'issue', issue: one };
  }
}

/** Params that stand in the path of the log. */
function placedParams({ mapping, base, logs }: Unit): Values {
  return mapping.path === null ? {} : (readPath(mapping.path, pathBelow(base, logs[0]!)) ?? {});
}

function headerOf({ mapping }: Unit, values: Values): Partial<RunHeader> {
  const filled: [string, string][] = [];
  for (const field of ['name', 'group', 'experiment'] as const) {
    const template = mapping[field];
    const text = template === null ? null : fillTemplate(template, values);
    if (text !== null) filled.push([field, text]);
  }
  return Object.fromEntries(filled);
}

interface Ending {
  readonly writer: HistoryWriter;
  readonly settings: Settings;
  readonly placed: Values;
  readonly params: ReadonlyMap<string, Values>;
  readonly named: Values;
}

/** What lies beside the log and in its path, everything gathered, names that needed it, the end. */
async function* finish(unit: Unit, { writer, settings, placed, params, named }: Ending): AsyncGenerator<RunEvent> {
  const events: RunEvent[] = [];
  const known: Record<string, Value> = {};
  const keys = writer.names.map((name) => [name, writer.touch(name)] as const);
  const add = (values: Values): void => {
    Object.assign(known, values);
    for (const [name] of keys) writer.params(name, values);
  };
  for (const file of [...unit.sidecars, ...unit.settings]) {
    const path = pathFrom(unit.home, file);
    const found = await settings(file, path);
    add(found.params);
    for (const [, run] of keys) {
      for (const fact of found.facts) events.push({ kind: 'fact', run, fact });
      for (const one of found.issues) events.push({ kind: 'issue', run, issue: one });
    }
  }
  for (const values of params.values()) add(values);
  add(placed);
  const log = pathFrom(unit.home, unit.logs[0]!);
  const seeded = events.some((event) => event.kind === 'fact' && event.fact.kind === 'seed');
  const headers = new Map<number, Values>();
  for (const event of writer.flush()) {
    yield event;
    if (event.kind !== 'params') continue;
    headers.set(event.run, event.values);
    if (!seeded) for (const fact of seedFacts(event.values, log)) events.push({ kind: 'fact', run: event.run, fact });
  }
  yield* events;
  for (const [run, key] of keys) {
    const set = headerOf(unit, { ...headers.get(key), ...known, ...named, run });
    if (Object.keys(set).length > 0) yield { kind: 'header', run: key, set };
    for (const file of unit.artifacts)
      yield { kind: 'artifact', run: key, artifact: { path: pathBelow(unit.home, file), size: file.size, kind: 'file' }, file };
    yield { kind: 'end', run: key };
  }
}

/** A file relative to a folder: `../args.yaml` where it lies above. */
function pathFrom(home: SourceDir, file: SourceFile): string {
  if (home.path === '.') return file.path;
  const from = home.path.split('/');
  const to = file.path.split('/');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}
