// Reads one version folder: settings, metrics.csv, event files, checkpoints.

import type { PointColumns } from '../../base/growable';
import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { readWhole } from '../../formats/bytes';
import { eventFingerprint, isEventFile } from '../../formats/event-folder';
import { SeriesWriter } from '../../formats/event-series';
import type { Identity, RunEvent } from '../../model/events';
import type { Fact } from '../../model/facts';
import type { Points } from '../../model/run';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, SourceError } from '../../source/source';
import { checkpointEvents } from './checkpoints';
import { readEventLogs } from './events';
import { type Metrics, metricsFingerprint, readMetrics } from './metrics-csv';
import { readSettings, type Settings } from './settings';

const run = 0;
const batchPoints = 65_536;
/** The TensorBoardLogger writes it with -1 where the user logs none, only so that TensorBoard shows the hyperparameters. */
const placeholder = { name: 'hp_metric', value: -1 };
/** An axis, logged with every row: once per step is enough. */
const axis = 'epoch';
const versionName = /^version_\d+$/;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { root } = claim;
  const atRoot = (name: string) => claim.files.find((file) => file === root.files.get(name));
  const csv = atRoot('metrics.csv');
  const hparams = atRoot('hparams.yaml');
  const config = atRoot('config.yaml');

  yield { kind: 'begin', run, identity: await identityOf(claim, context), path: root.path };
  // save_dir/name/version: the name is the experiment, where it lies in what was dropped.
  const inName = versionName.test(root.name) && root.parent !== null && root.parent !== context.tree.root;
  yield { kind: 'header', run, set: { experiment: inName ? (root.parent?.name ?? null) : null } };

  const settings: Settings[] = [];
  for (const file of [config, hparams]) {
    if (!file) continue;
    yield { kind: 'artifact', run, artifact: { path: pathBelow(root, file), size: file.size, kind: 'file' }, file };
    settings.push(await readSettings(file, context));
  }
  const metrics: Metrics = csv ? await metricsOf(csv, context) : { columns: new Map(), issues: [] };
  const series = new SeriesWriter(run);
  const events = yield* readEventLogs(claim, context, series, (tag) => tag === placeholder.name || tag === axis || metrics.columns.has(tag));
  for (const [name, columns] of joined(metrics.columns, events.held)) yield* pointEvents(series, name, columns);

  const params = Object.assign(Object.create(null), ...settings.map((one) => one.params));
  yield { kind: 'params', run, values: Object.keys(params).length > 0 ? params : Object.fromEntries(events.params) };
  for (const fact of settings.flatMap((one): readonly Fact[] => one.facts)) yield { kind: 'fact', run, fact };
  if (events.startedMs !== null) yield { kind: 'header', run, set: { startedMs: epochMs(events.startedMs) } };
  yield* checkpointEvents(run, claim);
  for (const one of [...settings.flatMap((each): readonly Issue[] => each.issues), ...metrics.issues]) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
};

/**
 * Event files begin with the time of the run. metrics.csv has no times: there its first rows count, and the number of the version,
 * because training again with the same seed gives the same rows.
 */
async function identityOf({ root, files }: Claim, { signal, limits }: ReadContext): Promise<Identity> {
  const events = files.filter((file) => isEventFile(file.name));
  const csv = files.find((file) => file === root.files.get('metrics.csv') && file.size > 0);
  const hparams = files.find((file) => file === root.files.get('hparams.yaml'));
  const within = versionName.test(root.name) ? root.name : '.';
  try {
    if (events.length > 0) return { nativeId: null, within: '.', head: await eventFingerprint(events, signal) };
    if (csv) return { nativeId: null, within, head: await metricsFingerprint(csv, signal) };
    if (hparams) return { nativeId: null, within, head: await readWhole(hparams, limits, signal) };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  return { nativeId: null, within, head: new Uint8Array(0) };
}

async function metricsOf(...[file, context]: Parameters<typeof readMetrics>): Promise<Metrics> {
  try {
    return await readMetrics(file, context);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { columns: new Map(), issues: [issue(error.code, error.message, { file: error.file })] };
  }
}

/**
 * Both loggers in one folder log the same metrics: one series each. metrics.csv has the exact values, the event files have wall
 * times: those are added where the steps agree; where they do not, the log with more points counts.
 */
function* joined(csv: ReadonlyMap<string, PointColumns>, events: ReadonlyMap<string, PointColumns>): Generator<[string, Points]> {
  for (const name of new Set([...csv.keys(), ...events.keys()])) {
    const written = csv.get(name)?.take() ?? null;
    const logged = events.get(name)?.take() ?? null;
    if (name === placeholder.name && (written ?? logged)?.values.every((value) => value === placeholder.value)) continue;
    const points = written && logged ? bestOf(written, logged) : (written ?? logged);
    if (points) yield [name, name === axis ? withoutRepeats(points) : points];
  }
}

function bestOf(written: Points, logged: Points): Points {
  if (sameNumbers(written.steps, logged.steps)) return { ...written, times: logged.times };
  return logged.values.length > written.values.length ? logged : written;
}

/** Points that do not merely repeat the one before. */
function withoutRepeats({ steps, values, times }: Points): Points {
  const kept = (_: number, at: number) => at === 0 || values[at] !== values[at - 1] || steps?.[at] !== steps?.[at - 1];
  return { steps: steps?.filter(kept) ?? null, values: values.filter(kept), times: times?.filter(kept) ?? null };
}

function sameNumbers(a: Float64Array | null, b: Float64Array | null): boolean {
  return a !== null && b !== null && a.length === b.length && a.every((value, at) => value === b[at]);
}

function* pointEvents(writer: SeriesWriter, name: string, { steps, values, times }: Points): Generator<RunEvent> {
  const series = yield* writer.declare(name, {});
  for (let at = 0; at < values.length; at += batchPoints) {
    const cut = (column: Float64Array<ArrayBuffer>) => column.subarray(at, at + batchPoints);
    yield { kind: 'points', run, series, steps: steps && cut(steps), values: cut(values), times: times && cut(times) };
  }
}
