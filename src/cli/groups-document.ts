// Groups of repeated runs as `diptych groups --json` prints them (docs/cli.md).

import type { TrialGroup } from '../core/groups/group';
import type { GroupPair } from '../core/groups/pair';
import type { GroupStudy } from '../core/groups/study';
import type { Estimate, TaskStudy } from '../core/groups/tasks';
import { detectableWords, groupLabel, groupMethod, pairWords } from '../core/view/group-words';

export const studyDocument = (study: GroupStudy): Readonly<Record<string, unknown>> => ({
  n: study.groups.reduce((sum, { members }) => sum + members.length, 0),
  metric: study.table.metric,
  direction: study.table.direction,
  at: study.table.reading,
  seed_param: study.table.seedParam,
  noise_sd: study.noise?.sd ?? null,
  noise_df: study.noise?.df ?? null,
  groups: study.groups.map(groupDocument),
  comparisons: study.comparisons,
  compared: study.compared,
  left_out: study.leftOut,
  pairwise: study.pairs.map((pair) => pairDocument(pair, study.comparisons)),
  selection: study.selection && {
    leader: study.selection.leader,
    selected_among: study.selection.among,
    seeds: study.selection.seeds,
    mean: study.selection.mean,
    optimism: study.selection.optimism,
    shrunk_mean: study.selection.shrunk,
  },
  tasks: study.tasks && tasksDocument(study.tasks),
  method: groupMethod,
});

const groupDocument = (group: TrialGroup): object => ({
  id: group.id,
  label: groupLabel(group),
  params: group.settings,
  n: group.values.length,
  mean: group.mean,
  sd: group.sd,
  interval: group.interval,
  failed: group.failed,
  copies: group.copies,
  members: group.members.map(({ id, name, seed, value }) => ({ id, name, seed, value })),
});

/** The smallest detectable effect stands first: what follows means nothing without it. */
const pairDocument = (pair: GroupPair, comparisons: number): object => ({
  a: pair.a,
  b: pair.b,
  n: pair.sizes,
  smallest_detectable_effect: pair.detectable?.deviations ?? null,
  smallest_detectable_difference: pair.detectable?.value ?? null,
  verdict: pair.verdict,
  difference: pair.difference,
  interval: pair.welch?.interval ?? null,
  p: pair.welch?.p ?? null,
  p_adjusted: pair.adjusted,
  df: pair.welch?.df ?? null,
  bootstrap_interval: pair.bootstrap,
  hedges_g: pair.hedgesG,
  probability_better: pair.better?.probability ?? null,
  probability_better_interval: pair.better?.interval ?? null,
  paired: pair.paired && {
    seeds: pair.paired.seeds,
    difference: pair.paired.difference,
    interval: pair.paired.interval,
    p: pair.paired.p,
  },
  seeds_needed: pair.seedsNeeded,
  in_noise_sd: pair.inNoise,
  text: `${detectableWords(pair)} ${pairWords(pair, comparisons)}`,
});

const tasksDocument = (tasks: TaskStudy): object => ({
  task_param: tasks.taskParam,
  tasks: tasks.tasks,
  scores: tasks.scores,
  incomplete: tasks.incomplete,
  methods: tasks.methods.map((method, i) => ({
    label: groupLabel(method),
    params: method.settings,
    runs: method.runs,
    iqm: method.iqm.value,
    iqm_interval: method.iqm.interval,
    optimality_gap: method.optimalityGap?.value ?? null,
    optimality_gap_interval: method.optimalityGap?.interval ?? null,
    ...(i === 0 ? {} : improvementDocument(tasks.improvement[i - 1] as Estimate)),
  })),
});

/** Chance that the first method's run is better than this one's on a task drawn at random. */
const improvementDocument = ({ value, interval }: Estimate): object => ({ first_is_better: value, first_is_better_interval: interval });
