// experiment_state-….json: what Tune knows of each trial. Its pickles are never decoded.

import { type Issue, issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { readJsonFile } from '../../formats/json-file';
import type { RunStatus } from '../../model/run';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';

type Fields = { readonly [key: string]: Value };

export interface TrialState {
  readonly status: RunStatus;
  readonly nativeStatus: string | null;
  readonly name: string | null;
  readonly startedMs: number | null;
  readonly config: Value;
}

/** Of the old and the new generation: waiting and paused trials have not ended, and may never go on. */
const statuses: Readonly<Record<string, RunStatus>> = { TERMINATED: 'finished', ERROR: 'failed', RUNNING: 'running' };

export interface ExperimentState {
  /** By trial id. */
  readonly trials: ReadonlyMap<string, TrialState>;
  /** Folder of a trial → its id, as Tune named the folder. */
  readonly folders: ReadonlyMap<string, string>;
  readonly issues: readonly Issue[];
}

/** Reads the state; without a file nothing is known. */
export async function readState(file: SourceFile | null, context: ReadContext): Promise<ExperimentState> {
  const trials = new Map<string, TrialState>();
  const folders = new Map<string, string>();
  if (!file) return { trials, folders, issues: [] };
  const { value, issues } = await readJsonFile(file, context);
  let bad = 0;
  for (const [trial, runtime] of entriesOf(value ?? null)) {
    if (!trial || typeof trial.trial_id !== 'string') {
      bad++;
      continue;
    }
    trials.set(trial.trial_id, stateOf(trial, runtime ?? {}));
    const folder = [trial.relative_logdir, trial.logdir].find((path) => typeof path === 'string');
    if (typeof folder === 'string')
      folders.set(
        folder
          .replace(/[/\\]+$/, '')
          .split(/[/\\]/)
          .at(-1) ?? folder,
        trial.trial_id,
      );
  }
  const trouble = bad > 0 ? [issue('bad-record', `Trials of ${file.name} that cannot be understood: ${bad}.`, { file: file.path })] : [];
  return { trials, folders, issues: [...issues, ...trouble] };
}

/** Pairs of trial and what it did: JSON within JSON. Before Ray 2.5 one object for both, in `checkpoints`. */
function entriesOf(value: Value): (readonly [Fields | null, Fields | null])[] {
  if (!isObject(value)) return [];
  if (Array.isArray(value.trial_data))
    return value.trial_data.map((pair: Value) => (Array.isArray(pair) ? ([inner(pair[0]), inner(pair[1])] as const) : ([null, null] as const)));
  if (!Array.isArray(value.checkpoints)) return [];
  return value.checkpoints.map((one: Value) => [inner(one), inner(one)] as const);
}

function inner(value: Value | undefined): Fields | null {
  if (isObject(value)) return value;
  if (typeof value !== 'string') return null;
  try {
    const parsed = parseJson(value);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function stateOf(trial: Fields, runtime: Fields): TrialState {
  const native = typeof trial.status === 'string' ? trial.status : null;
  const named = typeof trial.custom_trial_name === 'string' && trial.custom_trial_name !== '' ? trial.custom_trial_name : null;
  const usual = typeof trial.trainable_name === 'string' ? `${trial.trainable_name}_${String(trial.trial_id)}` : null;
  return {
    status: (native !== null && Object.hasOwn(statuses, native) ? statuses[native] : undefined) ?? 'unknown',
    nativeStatus: native,
    name: named ?? usual,
    startedMs: typeof runtime.start_time === 'number' && Number.isFinite(runtime.start_time) ? runtime.start_time * 1000 : null,
    config: trial.config ?? null,
  };
}
