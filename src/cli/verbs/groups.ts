// `diptych groups`: repeated runs as groups, and which groups really differ.

import type { GroupPair } from '../../core/groups/pair';
import { type GroupStudy, studyGroups } from '../../core/groups/study';
import type { TaskStudy } from '../../core/groups/tasks';
import { shortNumber } from '../../core/view/format';
import { comparisonsWords, detectableWords, groupLabel, intervalWords, pairWords, selectionWords } from '../../core/view/group-words';
import { seedOption } from '../arguments';
import { documentText, issueDocument } from '../document';
import { studyDocument } from '../groups-document';
import { loadTrials, trialOptions } from '../load-trials';
import { columns, issueLines, shown } from '../tables';
import type { Verb } from '../verb';

/** The text is for looking at; `--json` has all. */
const most = 20;

export const verb: Verb = {
  meta: {
    id: 'groups',
    summary: 'Group repeated runs and say which groups really differ.',
    usage: 'PATH...|TABLE.csv --metric NAME [--direction min|max] [--at last|best|mean-tail] [--json]',
    options: {
      ...trialOptions,
      task: { type: 'string', help: 'The param that names the task, for an aggregate over tasks; "none" for no aggregate.' },
      seed: { type: 'string', help: 'Seed of the resampling (1).' },
    },
  },
  async run(args, context) {
    const { table, issues, exitCode } = await loadTrials(args, context);
    const task = args.text('task');
    const study = table && studyGroups(table, { seed: seedOption(args) ?? 1, ...(task === undefined ? {} : { task: task === 'none' ? null : task }) });
    if (args.flag('json')) {
      await context.write(
        documentText({ command: 'groups', ...(study ? studyDocument(study) : { groups: [], pairwise: [] }), issues: issues.map(issueDocument) }),
      );
    } else if (study) await context.write(studyText(study) + issueLines(issues));
    else context.tell('diptych: no runs were found.\n');
    return exitCode;
  },
};

function studyText(study: GroupStudy): string {
  const { metric, direction, reading, seedParam } = study.table;
  const noise = study.noise ? `noise ${shortNumber(study.noise.sd, 3)} SD (${study.noise.df} df)` : 'noise not known';
  const names = new Map(study.groups.map((group, i) => [group.id, `${i + 1}`]));
  const selection = selectionWords(study);
  const tested = study.pairs.filter(({ welch }) => welch !== null);
  const untested = study.pairs.length - tested.length;
  return [
    `${shown(metric)} (${direction} is better, ${reading}), ${seedParam === null ? 'no seed param' : `seeds by ${shown(seedParam)}`}, ${noise}\n\n`,
    columns(
      ['#', 'N', 'MEAN', '95 % INTERVAL', 'SD', 'GROUP'],
      study.groups
        .slice(0, most)
        .map((group) => [
          names.get(group.id) ?? '',
          String(group.values.length),
          group.mean === null ? '–' : shortNumber(group.mean),
          group.interval ? intervalWords(group.interval, 4) : '–',
          group.sd === null ? '–' : shortNumber(group.sd, 3),
          shown(`${groupLabel(group)}${group.failed > 0 ? ` (${group.failed} without a value)` : ''}`, 80),
        ]),
      [0, 1],
    ),
    moreLine(study.groups.length, 'group'),
    `\n${comparisonsWords(study)}\n`,
    ...tested.slice(0, most).map((pair) => pairText(pair, study.comparisons, names)),
    moreLine(tested.length, 'comparison'),
    untested > 0 ? `\n${untested} pair${untested === 1 ? ' has' : 's have'} too few seeds or no spread to be tested.\n` : '',
    selection ? `\n${selection}\n` : '',
    study.tasks ? tasksText(study.tasks) : '',
  ].join('');
}

const moreLine = (count: number, what: string): string => (count > most ? `… and ${count - most} more ${what}s (--json has all)\n` : '');

const pairText = (pair: GroupPair, comparisons: number, names: ReadonlyMap<string, string>): string =>
  `\n#${names.get(pair.a)} and #${names.get(pair.b)}\n  ${detectableWords(pair)}\n  ${pairWords(pair, comparisons)}\n${
    pair.paired
      ? `  Paired by ${pair.paired.seeds} shared seeds: ${shortNumber(pair.paired.difference, 3)}, 95 % interval ${intervalWords(pair.paired.interval)}.\n`
      : ''
  }`;

function tasksText({ taskParam, tasks, methods, improvement, scores, incomplete }: TaskStudy): string {
  const estimate = (one: { readonly value: number; readonly interval: readonly [number, number] | null } | null | undefined): string =>
    one ? `${shortNumber(one.value, 3)}${one.interval ? ` (${intervalWords(one.interval)})` : ''}` : '–';
  return [
    `\nOver ${tasks.length} tasks (${shown(taskParam)}), ${scores === 'raw' ? 'values as logged' : 'values scaled to the range of each task'}:\n`,
    columns(
      ['IQM', 'OPTIMALITY GAP', 'FIRST IS BETTER', 'METHOD'],
      methods.map((method, i) => [estimate(method.iqm), estimate(method.optimalityGap), estimate(improvement[i - 1]), shown(groupLabel(method), 80)]),
    ),
    incomplete > 0 ? `${incomplete} method${incomplete === 1 ? ' lacks' : 's lack'} a task and ${incomplete === 1 ? 'is' : 'are'} left out.\n` : '',
  ].join('');
}
