// The events of runs that a running TensorBoard listed.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import type { RunEvent, RunKey } from '../../model/events';
import type { Values } from '../../model/values';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import type { TensorBoardApi } from './server';
import { type MediaTags, mediaOf } from './server-media';
import { curvesOf, type Member, type NamedCurve, nameOf } from './server-runs';
import { sessionEvents } from './sessions';

export interface RunNote {
  readonly path: string;
  readonly members: readonly Member[];
  /** Null where they were not needed for the list. */
  readonly curves: readonly NamedCurve[] | null;
  /** Why there are no hyperparameters. */
  readonly trouble: HttpError | null;
}

export interface Shop {
  readonly api: TensorBoardApi;
  readonly scope: string;
  /** Points that the server gives of a curve at most. */
  readonly mostPoints: number;
}

export async function* readListed(notes: readonly RunNote[], shop: Shop, context: ReadContext): AsyncGenerator<RunEvent> {
  const missing = notes.filter(({ curves }) => curves === null).map(({ members }) => members);
  const asked = [...(await curvesOf(missing, shop.api, context.signal))];
  const media = context.keepMedia ? await shop.api.mediaTags(context.signal) : null;
  for (const [run, note] of notes.entries()) {
    yield* oneRun(run, note, note.curves ?? asked.shift() ?? [], shop);
    if (media) yield* looks(run, note, media, shop, context);
    yield { kind: 'end', run };
  }
}

/** Media are a bonus: a run is told without them. */
async function* looks(run: RunKey, { members }: RunNote, tags: MediaTags, { api }: Shop, context: ReadContext): AsyncGenerator<RunEvent> {
  try {
    const [first, ...more] = yield* mediaOf(run, members, tags, api, context);
    if (first === undefined) return;
    const whose = more.length === 0 ? `${first} has` : `${more.length + 1} media, ${first} among them, have`;
    const tip = 'Open the log folder itself for all of them.';
    yield { kind: 'issue', run, issue: issue('sampled', `${whose} as many items as this TensorBoard keeps: of more that is a sample.`, { where: first, tip }) };
  } catch (error) {
    if (!(error instanceof HttpError) || error.isFinal) throw error;
    yield { kind: 'issue', run, issue: issue(error.code, `Images and other media were left out: ${error.message}`, { file: error.file, severity: 'warn' }) };
  }
}

function* oneRun(run: RunKey, { path, members, trouble }: RunNote, curves: readonly NamedCurve[], { scope, mostPoints }: Shop): Generator<RunEvent> {
  yield { kind: 'begin', run, identity: { nativeId: path, scope }, path };
  const first = startOf([], curves);
  yield { kind: 'header', run, set: { name: nameOf(path), startedMs: first === null ? null : epochMs(first) } };
  for (const { session } of members) if (session) yield* sessionEvents(run, session, 'data/plugin/hparams/session_groups');
  let inexact: string | null = null;
  for (const [series, { tag, below, curve }] of curves.entries()) {
    const context: Values = below === '.' ? {} : { subrun: below };
    yield { kind: 'series', run, series, key: { name: tag, context } };
    yield { kind: 'points', run, series, ...curve };
    if (curve.exactSteps) inexact ??= tag;
  }
  if (inexact !== null)
    yield { kind: 'issue', run, issue: issue('precision', `Steps of ${inexact} are larger than a 64-bit float can hold exactly.`, { where: inexact }) };
  const full = curves.filter(({ curve }) => curve.values.length >= mostPoints);
  if (full[0]) yield { kind: 'issue', run, issue: sampledIssue(full, full[0], mostPoints) };
  if (trouble)
    yield { kind: 'issue', run, issue: issue(trouble.code, `Hyperparameters were left out: ${trouble.message}`, { file: trouble.file, severity: 'warn' }) };
}

function sampledIssue(full: readonly NamedCurve[], { tag, curve }: NamedCurve, mostPoints: number): Issue {
  const tip = 'Open the log folder itself for all points, or start TensorBoard with --samples_per_plugin scalars=1000000.';
  // Its help says that 0 keeps all; what it gives is none.
  if (mostPoints === 0) return issue('sampled', 'This TensorBoard was started with scalars=0 and gives no points.', { where: tag, tip, severity: 'warn' });
  const whose = full.length === 1 ? `${tag} has` : `${full.length} curves, ${tag} among them, have`;
  const message = `${whose} ${curve.values.length} points, as many as this TensorBoard gives: of longer curves that is a sample.`;
  return issue('sampled', message, { where: tag, tip });
}

/** Milliseconds of the session's start, else of the earliest point; null where neither is known. */
export function startOf(members: readonly Member[], curves: readonly NamedCurve[]): number | null {
  let told = Number.POSITIVE_INFINITY;
  for (const { session } of members) told = Math.min(told, (session?.startSeconds ?? Number.POSITIVE_INFINITY) * 1000);
  if (Number.isFinite(told)) return told;
  let first = Number.POSITIVE_INFINITY;
  for (const { curve } of curves) for (const time of curve.times) if (time < first) first = time;
  return Number.isFinite(first) ? first : null;
}
