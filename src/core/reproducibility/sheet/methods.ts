// Sentences for a paper, out of evidence: the methods paragraph and the statement of compute, gaps spelled out.

import { factValue } from '../../model/facts';
import { displayName, type Run } from '../../model/run';
import { dataParams, paramsLike, seedParams } from '../evidence';
import { resultSeries } from './result';
import type { SheetContext } from './sheet';
import { shownText } from './shell';

const mostNames = 6;

/** One paragraph on how the run was made. What is not recorded stands in it as such, in square brackets. */
export function methodsText({ run, replicates }: SheetContext): string {
  return [codeSentence(run), dataSentence(run), settingSentence(run), environmentSentence(run), seedSentence(run, replicates), resultSentence(run)].join(' ');
}

function codeSentence(run: Run): string {
  const commit = factValue(run.facts, 'git_commit');
  const remote = factValue(run.facts, 'git_remote');
  const dirty = factValue(run.facts, 'git_patch') !== undefined ? true : factValue(run.facts, 'git_dirty');
  const state =
    dirty === true
      ? factValue(run.facts, 'git_patch') !== undefined
        ? ', with uncommitted changes that are saved as a patch'
        : ', with uncommitted changes [not saved]'
      : dirty === false
        ? ', without uncommitted changes'
        : ' [whether there were uncommitted changes is not recorded]';
  if (!commit) return `The run “${shownText(displayName(run))}” was made with code of [commit not recorded]${remote ? ` from ${shownText(remote)}` : ''}.`;
  return `The run “${shownText(displayName(run))}” was made with the code at commit ${shownText(commit).slice(0, 12)}${remote ? ` of ${shownText(remote)}` : ' [repository not recorded]'}${state}.`;
}

function dataSentence(run: Run): string {
  const sets = factValue(run.facts, 'datasets') ?? [];
  const [param] = dataParams(run);
  if (sets.length === 0)
    return param ? `Data: ${shownText(String(param.value))}, as the param ${shownText(param.key)} says [version not recorded].` : 'Data: [not recorded].';
  const named = sets.slice(0, mostNames).map(({ name, version, digest }) => {
    const pin = [version && `version ${shownText(version)}`, digest && `digest ${shownText(digest)}`].filter((part) => part).join(', ');
    return `${shownText(name)} (${pin || '[version not recorded]'})`;
  });
  return `Data: ${named.join('; ')}${sets.length > mostNames ? ` and ${sets.length - mostNames} more` : ''}.`;
}

const settings: readonly (readonly [string, RegExp])[] = [
  ['optimizer', /^(optim(izer)?(_?(name|type|class))?|optim(izer)?\.name|algorithm|booster)$/i],
  ['learning rate', /^(lr|learning_rate|base_lr|max_lr|lr0|eta)$/i],
  ['schedule', /^((lr_)?sched(uler)?(_?(name|type))?|lr_scheduler_type)$/i],
  ['batch size', /^((train_|per_device_train_)?batch(_?size)?|bs|minibatch_size)$/i],
  ['epochs', /^((num_|n_|max_)?(train_)?epochs?|num_train_epochs)$/i],
  ['steps', /^(num_|n_|max_|total_)?(train_)?(steps|iterations|iters|timesteps)$/i],
];

function settingSentence(run: Run): string {
  if (Object.keys(run.params).length === 0) return 'Hyperparameters: [not recorded].';
  const found = settings.map(([name, pattern]) => ({ name, value: paramsLike(run, pattern).find(({ value }) => value !== null && value !== -1)?.value }));
  const parts = found.flatMap(({ name, value }) =>
    value === undefined ? [] : [`${name} ${shownText(typeof value === 'string' ? value : JSON.stringify(value, bigText))}`],
  );
  const needed = found.filter(({ name, value }) => value === undefined && name !== 'steps' && name !== 'epochs').map(({ name }) => name);
  if (!found.some(({ name, value }) => (name === 'epochs' || name === 'steps') && value !== undefined)) needed.push('length of training');
  return `Training used ${parts.length > 0 ? parts.join(', ') : 'settings under names that were not recognised'}${needed.length > 0 ? ` [not found among the params: ${needed.join(', ')}]` : ''}; ${Object.keys(run.params).length} params are recorded in all.`;
}

const bigText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

function environmentSentence(run: Run): string {
  const python = factValue(run.facts, 'python');
  const os = factValue(run.facts, 'os');
  const framework = Object.entries(factValue(run.facts, 'framework') ?? {}).map(
    ([name, version]) => `${shownText(name)} ${version ? shownText(version) : '[version not recorded]'}`,
  );
  const packages = Object.keys(factValue(run.facts, 'packages') ?? {}).length;
  const parts = [
    python ? `Python ${shownText(python)}` : '[Python version not recorded]',
    ...framework.slice(0, mostNames),
    os ? shownText(os) : '[operating system not recorded]',
  ];
  return `Software: ${parts.join(', ')}; ${packages > 0 ? `${packages} package versions are recorded` : '[package versions not recorded]'}.`;
}

function seedSentence(run: Run, replicates: readonly Run[]): string {
  const seeds = new Set(
    replicates.flatMap((one) =>
      seedParams(one)
        .filter(({ value }) => value !== null && value !== -1)
        .map(({ key, value }) => `${shownText(key)} ${String(value)}`),
    ),
  );
  const own = factValue(run.facts, 'seed');
  const text = seeds.size > 0 ? [...seeds].sort().slice(0, mostNames).join(', ') : own === undefined ? '[not recorded]' : shownText(String(own));
  return replicates.length > 1
    ? `${replicates.length} runs of this configuration exist; seeds: ${text}.`
    : `Seed: ${text}; this configuration was run once, so no spread can be given.`;
}

function resultSentence(run: Run): string {
  const best = resultSeries(run.series).find(({ split, direction }) => (split === 'val' || split === 'test') && direction !== 'none');
  if (!best) return 'Result: [no validation or test metric with a known direction is recorded].';
  const value = best.direction === 'min' ? best.min : best.max;
  return `Result: ${shownText(best.name)} reached ${value === null ? 'no finite value' : value} at best and ${best.last === null ? 'none' : best.last} at the end, over ${best.count} ${best.count === 1 ? 'evaluation' : 'evaluations'} on the ${best.split === 'val' ? 'validation' : 'test'} data.`;
}

/** The compute question of the NeurIPS paper checklist: workers, memory, time of each run, and the total with failed runs. */
export function computeText({ run, experiment }: SheetContext): string {
  const gpu = factValue(run.facts, 'gpu');
  const count = factValue(run.facts, 'gpu_count');
  const cpus = factValue(run.facts, 'cpu_count');
  const memory = factValue(run.facts, 'memory_bytes');
  const worker =
    gpu || count
      ? `${count ?? '[count not recorded]'} × ${shownText(gpu ?? '[accelerator type not recorded]')}`
      : cpus
        ? `${cpus} CPU threads${factValue(run.facts, 'cpu') ? ` (${shownText(factValue(run.facts, 'cpu') ?? '')})` : ''}, no accelerator recorded`
        : '[hardware not recorded]';
  const own = hours(run);
  const timed = experiment.map(hours).filter((time) => time !== null);
  const failed = experiment.filter(({ status }) => status === 'failed' || status === 'killed').length;
  const total = timed.reduce((sum, time) => sum + time, 0);
  const missing = experiment.length - timed.length;
  return [
    `Workers: ${worker}; memory: ${memory ? `${(memory / 2 ** 30).toFixed(1)} GiB` : '[not recorded]'}.`,
    `This run took ${own === null ? '[start or end not recorded]' : timeText(own)}.`,
    experiment.length === 1
      ? 'It is the only run of its experiment that is known here; runs that were deleted or never logged are not counted.'
      : `The ${experiment.length} runs of its experiment that are known here, ${failed} failed or stopped ones among them, took ${timed.length > 0 ? timeText(total) : '[not recorded]'} together${missing > 0 && timed.length > 0 ? ` [${missing} without a recorded duration]` : ''}; runs that were deleted or never logged are not counted.`,
  ].join(' ');
}

const hours = ({ startedMs, endedMs }: Run): number | null =>
  startedMs === null || endedMs === null || endedMs < startedMs ? null : (endedMs - startedMs) / 3_600_000;

const timeText = (time: number): string =>
  time >= 1 ? `${time.toFixed(1)} h` : time * 60 >= 1 ? `${(time * 60).toFixed(1)} min` : `${(time * 3600).toFixed(1)} s`;
