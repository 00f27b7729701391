// What the Trainer's event files add to its state: all training arguments, the model's configuration, and times.

import type { Issue } from '../../base/issues';
import { EventFolder, eventFoldersOf, isEventFile } from '../../formats/event-folder';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import type { Values } from '../../model/values';
import type { Claim, ReadContext } from '../../source/reader';
import type { TrainerState } from './state';

const argumentTags = { args: /^args(?:\/text_summary)?$/, model: /^model_config(?:\/text_summary)?$/ } as const;
const endTag = /^(?:train\/)?train_runtime$/;

/** One call of `train()`: a folder of event files. */
interface Session {
  /** The first event file, relative to the run. */
  readonly file: string;
  readonly args: Values | null;
  readonly model: Values | null;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly firstStep: number;
}

export interface EventArguments {
  /** The training arguments of the last session, and where they stand. */
  readonly args: { readonly values: Values; readonly file: string; readonly tag: string } | null;
  readonly model: { readonly values: Values; readonly file: string } | null;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly issues: readonly Issue[];
}

/** Reads all event files below the output folder; their curves repeat the state's and are not taken. */
export async function readArguments(claim: Claim, state: TrainerState | null, context: ReadContext): Promise<EventArguments> {
  const issues: Issue[] = [];
  const sessions: Session[] = [];
  const files = claim.files.filter((file) => isEventFile(file.name));
  for (const [path, members] of eventFoldersOf(claim.root, files)) {
    const folder = new EventFolder(members, { keepText: (tag) => argumentTags.args.test(tag) || argumentTags.model.test(tag) });
    let firstStep = Number.POSITIVE_INFINITY;
    let endedMs: number | null = null;
    for await (const output of folder.read(context)) {
      if (output.kind !== 'points') continue;
      const { steps, times } = output.batch;
      if (steps[0] !== undefined && steps[0] < firstStep) firstStep = steps[0];
      if (endTag.test(output.tag.name)) endedMs = times.at(-1) ?? endedMs;
    }
    issues.push(...folder.issues);
    const file = `${path === '.' ? '' : `${path}/`}${members[0]?.name}`;
    const text = (tag: RegExp) => objectIn([...folder.texts].find(([name]) => tag.test(name))?.[1]);
    sessions.push({ file, args: text(argumentTags.args), model: text(argumentTags.model), startedMs: folder.startedMs, endedMs, firstStep });
  }
  sessions.sort((a, b) => (a.startedMs ?? 0) - (b.startedMs ?? 0));
  const args = sessions.findLast((session) => session.args !== null);
  const model = sessions.findLast((session) => session.model !== null);
  return {
    args: args?.args ? { values: args.args, file: args.file, tag: 'args/text_summary' } : null,
    model: model?.model ? { values: model.model, file: model.file } : null,
    startedMs: startOf(sessions, state),
    endedMs: sessions.findLast((session) => session.endedMs !== null)?.endedMs ?? null,
    issues,
  };
}

/**
 * A resumed training has a folder per session. The last ones belong to this run, back to the one that logged its first step;
 * what is older is another training in the same output folder.
 */
function startOf(sessions: readonly Session[], state: TrainerState | null): number | null {
  const first = Math.min(...(state?.history ?? []).map(({ step }) => (typeof step === 'number' ? step : Number.POSITIVE_INFINITY)));
  let started: number | null = null;
  for (const session of sessions.toReversed()) {
    if (session.firstStep === Number.POSITIVE_INFINITY && started !== null) continue;
    started = session.startedMs ?? started;
    if (session.firstStep <= first) break;
  }
  return started;
}

function objectIn(text: string | undefined): Values | null {
  if (text === undefined) return null;
  try {
    const value = parseJson(text);
    return isObject(value) ? value : null;
  } catch {
    // Text that is no JSON was logged by the user under the same name.
    return null;
  }
}
