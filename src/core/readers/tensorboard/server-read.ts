// The events of runs that a running TensorBoard listed.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import type { RunEvent, RunKey } from '../../model/events';
import type { Values } from '../../model/values';
import type { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import type { TensorBoardApi } from './server';
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
  for (const [run, note] of notes.entries()) yield* oneRun(run, note, note.curves ?? asked.shift() ?? [], shop);
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
  if (full[0]) {
    const whose = full.length === 1 ? `${full[0].tag} has` : `${full.length} curves, ${full[0].tag} among them, have`;
    const message = `${whose} ${full[0].curve.values.length} points, as many as this TensorBoard gives: of longer curves that is a sample.`;
    const tip = 'Open the log folder itself for all points, or start TensorBoard with --samples_per_plugin scalars=1000000.';
    yield { kind: 'issue', run, issue: issue('sampled', message, { where: full[0].tag, tip }) };
  }
  if (trouble)
    yield { kind: 'issue', run, issue: issue(trouble.code, `Hyperparameters were left out: ${trouble.message}`, { file: trouble.file, severity: 'warn' }) };
  yield { kind: 'end', run };
}

/** Milliseconds of the session's start, else of the earliest point; null where neither is known. */
export function startOf(members: readonly Member[], curves: readonly NamedCurve[]): number | null {
  const told = members.flatMap(({ session }) => session?.startSeconds ?? []).map((seconds) => seconds * 1000);
  let first = Number.POSITIVE_INFINITY;
  for (const { curve } of curves) for (const time of curve.times) if (time < first) first = time;
  return told.length > 0 ? Math.min(...told) : Number.isFinite(first) ? first : null;
}
