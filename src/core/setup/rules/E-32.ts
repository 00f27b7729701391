// Axes of steps that do not line up: several counting calls per round, a step that starts again, one metric on two axes.

import { loopsOf } from '../facts/loops';
import { type Records, recordsOf } from '../facts/records';
import type { Store } from '../facts/stored';
import type { NamedCall, Project } from '../project/project';
import type { PyCall } from '../python/module';
import { fieldOf, memberOf, type Syntax, walk } from '../python/syntax';
import type { Found, SetupRule } from '../rule';

/** Every call without a step moves the whole run one step on. */
const moves = /^(wandb|swanlab|trackio)$/;
const axisKey = /^(epoch|step|global_step|iteration|iter|train\/(step|epoch)|trainer\/global_step)$/i;
const epochWords = /epoch|\bep\b|\brounds?\b/i;

export const rule: SetupRule = {
  meta: {
    id: 'E-32',
    title: 'Curves share one axis',
    severity: 'warn',
    why: 'Values of one moment that stand on different steps cannot be read against each other, and a step that starts again overwrites or folds the curve.',
    source: 'Weights & Biases documentation, “Customize log axes”',
  },
  *check(context) {
    const { project } = context;
    const seen = new Set<Syntax>();
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      const { training, stores } = records;
      if (training.kind !== 'loop') continue;
      const own = stores.filter(({ kind, via }) => kind === 'metrics' && via !== 'unknown');
      for (const found of [severalCalls(records, own, project), restarts(records, own, project), twoAxes(own), twoCounters(records, own, project)]) {
        const place = found?.kind === 'finding' ? found.places[0]?.node : undefined;
        if (!found || !place || seen.has(place)) continue;
        seen.add(place);
        yield found;
      }
    }
  },
};

/** Loop of a call, through one caller where it stands in none itself. */
function loopOf(call: PyCall, project: Project, depth = 0): Syntax | null {
  const own = call.loops.find(({ type }) => type === 'for_statement' || type === 'while_statement');
  if (own || !call.within || depth > 3) return own ?? null;
  const callers = project.callersOf(call.within).filter((one) => project.reaches(one));
  const [only] = callers;
  return callers.length === 1 && only ? loopOf(only, project, depth + 1) : null;
}

function severalCalls(records: Records, own: readonly Store[], project: Project): Found | null {
  if (records.stores.some(({ kind, via }) => kind === 'axis' && moves.test(via))) return null;
  const { all } = loopsOf(records.training, project);
  const bare = own.filter(
    ({ via, call, step, names }) =>
      (moves.test(via) || via === 'accelerate') &&
      call !== null &&
      step === null &&
      !call.splat &&
      !isHeld(call) &&
      !names.some(({ text }) => axisKey.test(text)),
  );
  for (const { node: loop } of all) {
    const inside = bare.filter(({ call }) => call !== null && loopOf(call, project) === loop);
    const pair = inside.find((one, at) => inside.slice(0, at).some((other) => !excludes(one, other)));
    if (!pair) continue;
    const [first] = inside;
    if (first?.via === 'accelerate' && !isGrowing(first, project)) continue;
    // A run for each round of the loop: its calls are no steps.
    if (!first || records.stores.some(({ kind, call }) => kind === 'init' && call !== null && loopOf(call, project) === loop)) continue;
    return {
      kind: 'finding',
      confidence: 0.88,
      places: inside.map(({ module, node }) => ({ module, node })),
      summary: `${inside.length} log calls in each round, none with a step: values of one round land on different steps.`,
      fix: { text: 'Log once per round, or say the step.', code: 'wandb.log({"train/loss": train_loss, "val/loss": val_loss}, step=epoch)', edits: [] },
    };
  }
  return null;
}

const isHeld = ({ keywords, module }: NamedCall): boolean => keywords.has('commit') && module.textOf(keywords.get('commit') as Syntax) !== 'True';

/** Whether two calls stand in different branches of one condition. */
function excludes(a: Store, b: Store): boolean {
  const branches = new Map<Syntax, Syntax>();
  for (let at: Syntax | null = a.node; at?.parent; at = at.parent) if (at.parent.type === 'if_statement') branches.set(at.parent, at);
  for (let at: Syntax | null = b.node; at?.parent; at = at.parent) {
    const other: Syntax | undefined = at.parent.type === 'if_statement' ? branches.get(at.parent) : undefined;
    if (other && other !== at) return true;
  }
  return false;
}

function restarts({ training, stores }: Records, own: readonly Store[], project: Project): Found | null {
  const { step, epoch } = loopsOf(training, project);
  if (!step || !epoch || step.node === epoch.node) return null;
  if (!epochWords.test(epoch.module.textOf(epoch.node.children[0] ?? epoch.node)) && !epochWords.test(headText(epoch.module.code.text, epoch.node)))
    return null;
  // A run or writer made in the outer loop counts from 0 by right.
  if (stores.some(({ kind, call }) => kind === 'init' && call !== null && call.loops.includes(epoch.node))) return null;
  const bad = own.filter(({ step: at, module, call }) => {
    const [around] = call?.loops ?? [];
    // In the loop over batches, wherever its function is called; or in another loop within the epochs' own.
    const inside = around !== undefined && (around === step.node || (around !== epoch.node && call?.loops.includes(epoch.node) === true));
    return at !== null && inside && onlyCounts(at, around, module.code.text);
  });
  const [first] = bad;
  if (!first?.step) return null;
  const name = first.module.textOf(first.step);
  return {
    kind: 'finding',
    confidence: 0.92,
    places: bad.map(({ module, node }) => ({ module, node })),
    summary: `The step \`${name}\` starts again in every epoch: epochs are drawn over each other.`,
    fix: { text: 'Count over all epochs.', code: `global_step = epoch * len(loader) + ${/^\w+$/.test(name) ? name : 'i'}`, edits: [] },
  };
}

function headText(text: string, loop: Syntax): string {
  const body = fieldOf(loop, 'body');
  return text.slice(loop.from, body?.from ?? loop.to);
}

/** The step is the inner loop's own counter and nothing else. */
function onlyCounts(written: Syntax, loop: Syntax, text: string): boolean {
  // `i + 1` counts from one, and starts again all the same.
  const [counter, shift] = written.type === 'binary_operator' ? [fieldOf(written, 'left'), fieldOf(written, 'right')] : [written, null];
  const step = shift === null || shift.type === 'integer' ? (counter ?? written) : written;
  return isCounter(step, loop, text);
}

function isCounter(step: Syntax, loop: Syntax, text: string): boolean {
  const [left, right] = loop.type === 'for_statement' ? [fieldOf(loop, 'left'), fieldOf(loop, 'right')] : [null, null];
  if (!left || !right || step.type !== 'identifier') return false;
  const [head, over] = [text.slice(left.from, left.to), text.slice(right.from, right.to)];
  const name = text.slice(step.from, step.to);
  if (/enumerate\([^)]*,\s*(start\s*=\s*)?[a-z]/i.test(over)) return false;
  const counter = /enumerate\(/.test(over) ? /^\(?\s*(\w+)/.exec(head)?.[1] : /^range\(/.test(over) ? head : undefined;
  // It is counted on somewhere else too: `step += 1`.
  const assigned = new RegExp(`\\b${name}\\s*\\+?=[^=]`).test(text);
  return counter === name && !assigned;
}

function twoAxes(own: readonly Store[]): Found | null {
  const byName = new Map<string, { readonly store: Store; readonly step: string }[]>();
  for (const store of own) {
    if (store.step?.type !== 'identifier') continue;
    const step = store.module.textOf(store.step);
    for (const { text } of store.names) if (!text.includes('{}') && text !== '') byName.set(text, [...(byName.get(text) ?? []), { store, step }]);
  }
  for (const [name, all] of byName) {
    const epochs = all.find(({ step, store }) => epochWords.test(step) && bound(store, step));
    const steps = all.find(({ step, store }) => !epochWords.test(step) && bound(store, step) && /step|iter|batch|\bit?\b|count|idx/i.test(step));
    if (!epochs || !steps || epochs.store.module !== steps.store.module || receiver(epochs.store) !== receiver(steps.store)) continue;
    return {
      kind: 'finding',
      confidence: 0.82,
      places: [steps.store, epochs.store].map(({ module, node }) => ({ module, node })),
      summary: `\`${name}\` is logged by \`${steps.step}\` in one place and by \`${epochs.step}\` in another.`,
      fix: { text: 'Give the values of epochs a name or an axis of their own.', code: `"${name}_epoch"`, edits: [] },
    };
  }
  return null;
}

/** A run of W&B has one step that only grows: what a batch wrote as step 800 drops what an epoch writes as step 1. */
function twoCounters({ training, stores }: Records, own: readonly Store[], project: Project): Found | null {
  if (stores.some(({ kind }) => kind === 'axis')) return null;
  const epochs = loopsOf(training, project).epoch;
  const growing = own.filter((store) => store.step !== null && isGrowing(store, project));
  const byEpoch = growing.find(({ step, module }) => step?.type === 'identifier' && epochWords.test(module.textOf(step)));
  const byStep = growing.find(({ step, module, via }) => via === byEpoch?.via && step !== null && isOverall.test(module.textOf(step)));
  if (!epochs || !byEpoch?.step || !byStep?.step || byStep.module !== byEpoch.module) return null;
  return {
    kind: 'finding',
    confidence: 0.82,
    places: [byEpoch, byStep].map(({ module, node }) => ({ module, node })),
    summary: `The run's one step counts ${byStep.module.textOf(byStep.step)} in one place and ${byEpoch.module.textOf(byEpoch.step)} in another: what comes with the smaller is dropped.`,
    fix: {
      text: 'Log both by the same counter, or give the values of epochs an axis of their own.',
      code: 'wandb.define_metric("epoch")\nwandb.define_metric("val/*", step_metric="epoch")',
      edits: [],
    },
  };
}

/** A counter over all epochs: `epoch * len(loader) + i`, `global_step`. */
const isOverall = /epoch\w*\s*\*|\*\s*epoch|^(\w+\.)*(global|total|overall|train|current|completed)_?(step|iter\w*|batch\w*)s?$/;

/** Whether a store's tracker has one step for the whole run, which only grows: W&B's, also behind an Accelerator. */
const isGrowing = ({ via }: Store, project: Project): boolean =>
  via === 'wandb' ||
  (via === 'accelerate' &&
    project.calls.some(
      ({ name, keywords, module }) =>
        name === 'accelerate.Accelerator' && keywords.has('log_with') && /wandb|WANDB/.test(module.textOf(keywords.get('log_with') as Syntax)),
    ));

const bound = ({ module, step }: Store, name: string): boolean => step !== null && module.scopeOf(step).lookup(name).length > 0;

const receiver = ({ call, module }: Store): string => {
  const object = memberOf(call?.callee)?.object;
  return object ? ([...walk(object)].map((node) => module.textOf(node))[0] ?? '') : '';
};
