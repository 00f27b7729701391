// Reads one version folder: settings, metrics.csv, event files, checkpoints.

import type { PointColumns } from '../../base/growable';
import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { readWhole } from '../../formats/bytes';
import { eventFingerprint } from '../../formats/event-folder';
import { SeriesWriter } from '../../formats/event-series';
import type { RunEvent } from '../../model/events';
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

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { root } = claim;
  const atRoot = (name: string) => claim.files.find((file) => file === root.files.get(name));
  const csv = atRoot('metrics.csv');
  const hparams = atRoot('hparams.yaml');
  const config = atRoot('config.yaml');

  yield { kind: 'begin', run, identity: { nativeId: null, within: '.', head: await fingerprint(claim, context) }, path: root.path };
  // save_dir/name/version: the name is the experiment, where it lies in what was dropped.
  const inName = /^version_/.test(root.name) && root.parent !== null && root.parent !== context.tree.root;
  yield { kind: 'header', run, set: { experiment: inName ? (root.parent?.name ?? null) : null } };

  const settings: Settings[] = [];
  for (const file of [config, hparams]) {
    if (!file) continue;
    yield { kind: 'artifact', run, artifact: { path: pathBelow(root, file), size: file.size, kind: 'file' }, file };
    settings.push(await readSettings(file, context));
  }
  const metrics: Metrics = csv ? await metricsOf(csv, context) : { columns: new Map(), issues: [] };
  const series = new SeriesWriter(run);
  const events = yield* readEventLogs(claim, context, series, (tag) => tag === placeholder.name || metrics.columns.has(tag));
  for (const [name, columns] of joined(metrics.columns, events.held)) yield* pointEvents(series, name, columns);

  const params = Object.assign(Object.create(null), ...settings.map((one) => one.params));
  yield { kind: 'params', run, values: Object.keys(params).length > 0 ? params : Object.fromEntries(events.params) };
  for (const fact of settings.flatMap((one): readonly Fact[] => one.facts)) yield { kind: 'fact', run, fact };
  if (events.startedMs !== null) yield { kind: 'header', run, set: { startedMs: epochMs(events.startedMs) } };
  yield* checkpointEvents(run, claim);
  for (const one of [...settings.flatMap((each): readonly Issue[] => each.issues), ...metrics.issues]) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
};

/** Event files begin with the time of the run; metrics.csv tells runs apart by its first rows, and only then by the settings. */
async function fingerprint({ root, files }: Claim, { signal, limits }: ReadContext): Promise<Uint8Array> {
  const events = files.filter((file) => file.name.includes('tfevents'));
  const csv = root.files.get('metrics.csv');
  const hparams = root.files.get('hparams.yaml');
  try {
    if (events.length > 0) return await eventFingerprint(events, signal);
    if (csv && files.includes(csv) && csv.size > 0) return await metricsFingerprint(csv, signal);
    return hparams ? await readWhole(hparams, limits, signal) : new Uint8Array(0);
  } catch (error) {
    if (error instanceof SourceError) return new Uint8Array(0);
    throw error;
  }
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
    if (!written || !logged) {
      const only = written ?? logged;
      if (only) yield [name, only];
    } else if (sameNumbers(written.steps, logged.steps)) yield [name, { ...written, times: logged.times }];
    else yield [name, logged.values.length > written.values.length ? logged : written];
  }
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
