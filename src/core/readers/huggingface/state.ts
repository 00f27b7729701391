// trainer_state.json: which of several is the run's, and what it says.

import { type Issue, issue } from '../../base/issues';
import { readWhole } from '../../formats/bytes';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { decodeUtf8 } from '../../formats/text';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { type SourceDir, SourceError, type SourceFile } from '../../source/source';

export const stateName = 'trainer_state.json';

/** `checkpoint-60` → 60. */
export function checkpointStep(name: string): number | null {
  const digits = /^checkpoint-(\d{1,15})$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

interface StateFile {
  readonly file: SourceFile;
  /** Of the checkpoint that it lies in; null for the output folder's own. */
  readonly step: number | null;
}

/** The output folder's own state first, then those of the checkpoints, newest first. */
export function stateFilesOf(root: SourceDir): StateFile[] {
  const own = root.files.get(stateName);
  const saved = [...root.dirs.values()].flatMap((dir): { file: SourceFile; step: number }[] => {
    const step = checkpointStep(dir.name);
    const file = dir.files.get(stateName);
    return step !== null && file ? [{ file, step }] : [];
  });
  return [...(own ? [{ file: own, step: null }] : []), ...saved.sort((a, b) => b.step - a.step)];
}

export interface TrainerState {
  readonly file: SourceFile;
  readonly values: Values;
  readonly globalStep: number;
  /** Entries in their order; what is no object is left out. */
  readonly history: readonly Values[];
}

/**
 * The state with the highest global step; the output folder's own wins ties. Older checkpoints hold the same history up to their
 * step, so they are read only where a newer one is damaged.
 */
export async function readState(root: SourceDir, context: ReadContext): Promise<{ readonly state: TrainerState | null; readonly issues: readonly Issue[] }> {
  const issues: Issue[] = [];
  let best: TrainerState | null = null;
  for (const { file, step } of stateFilesOf(root)) {
    if (best && step !== null && best.globalStep >= step) break;
    const state = await parseState(file, context, issues);
    if (state && (!best || state.globalStep > best.globalStep)) best = state;
    if (state && step !== null) break;
  }
  return { state: best, issues };
}

async function parseState(file: SourceFile, context: ReadContext, issues: Issue[]): Promise<TrainerState | null> {
  const values = await readJson(file, context, issues);
  if (values === null) return null;
  const log = Array.isArray(values.log_history) ? (values.log_history as readonly Value[]) : [];
  const history = log.filter(isObject);
  const lost = log.length - history.length;
  if (lost > 0) issues.push(issue('bad-value', `${lost} entries of log_history are no objects.`, { file: file.path }));
  return { file, values, globalStep: numberIn(values, 'global_step') ?? 0, history };
}

/** A JSON object from a file, or null and an issue. */
export async function readJson(file: SourceFile, context: ReadContext, issues: Issue[]): Promise<Values | null> {
  const { path } = file;
  try {
    const { text, bad } = decodeUtf8(await readWhole(file, context.limits, context.signal));
    context.progress(file.size);
    if (bad) issues.push(issue('bad-utf8', `${file.name} is not valid UTF-8.`, { file: path }));
    const value = parseJson(text);
    if (isObject(value)) return value;
    issues.push(issue('bad-value', `${file.name} holds no JSON object.`, { file: path }));
  } catch (error) {
    if (error instanceof SourceError) issues.push(issue(error.code, error.message, { file: path }));
    else if (error instanceof SyntaxError) issues.push(issue('bad-record', `${file.name} cannot be understood: ${error.message}`, { file: path }));
    else throw error;
  }
  return null;
}

export function numberIn(values: Values, key: string): number | null {
  const value = values[key];
  return typeof value === 'number' ? value : null;
}
