// Groups of repeated runs: mean and interval of each, and which of them really differ.

import type { GroupPair } from '../../groups/pair';
import type { GroupStudy } from '../../groups/study';
import type { Estimate } from '../../groups/tasks';
import { shortNumber } from '../../view/format';
import { comparisonsWords, detectableWords, groupLabel, groupMethod, intervalWords, pairWords, selectionWords, verdictWords } from '../../view/group-words';
import { none, numberCell, text } from '../cells';
import type { Block, Cell } from '../document';
import type { SectionBuilder } from '../section';

/** More rows than this are read by nobody; the rest is counted. */
const most = 40;

export const section: SectionBuilder = {
  meta: { id: 'groups', title: 'Groups of repeated runs', order: 42, standard: true },
  build({ analyses: { groups: study } }) {
    if (!study) return [];
    const selection = selectionWords(study);
    const tested = study.pairs.filter(({ welch }) => welch !== null);
    return [
      {
        kind: 'text',
        text: `By ${study.table.metric} (${study.table.direction === 'max' ? 'more' : 'less'} is better, ${study.table.reading}). ${
          study.noise ? `Repeated runs differ by ${shortNumber(study.noise.sd, 3)} (standard deviation, ${study.noise.df} degrees of freedom).` : ''
        }`,
      },
      {
        kind: 'table',
        id: 'groups',
        caption: 'Groups, equal in everything but seeds and names',
        head: ['Group', 'n', 'Mean', '95 % interval', 'SD'].map((title) => text(title)),
        align: ['left', 'right', 'right', 'right', 'right'],
        rows: study.groups
          .slice(0, most)
          .map((group) => [
            text(groupLabel(group), group.id === study.selection?.leader ? { tone: 'strong' } : {}),
            text(String(group.values.length)),
            numberCell(group.mean),
            intervalCell(group.interval),
            numberCell(group.sd),
          ]),
      },
      ...(study.groups.length > most ? [muted(`${study.groups.length - most} further groups are not listed.`)] : []),
      muted(comparisonsWords(study)),
      ...(tested.length > 0 ? [pairTable(tested, study)] : []),
      ...(selection ? [{ kind: 'notes' as const, items: [{ severity: 'note' as const, text: selection }] }] : []),
      ...taskBlocks(study),
      muted(groupMethod),
    ];
  },
};

const muted = (words: string): Block => ({ kind: 'text', text: words, tone: 'muted' });
const intervalCell = (interval: readonly [number, number] | null): Cell =>
  interval ? text(intervalWords(interval, 4), { exact: interval.join(' to ') }) : none;

function pairTable(pairs: readonly GroupPair[], study: GroupStudy): Block {
  const labels = new Map(study.groups.map((group) => [group.id, groupLabel(group)]));
  return {
    kind: 'table',
    id: 'group-differences',
    caption: 'Differences between groups',
    head: ['Groups', 'What could be seen', 'Verdict', 'What was seen'].map((title) => text(title)),
    align: ['left', 'left', 'left', 'left'],
    rows: pairs
      .slice(0, most)
      .map((pair) => [
        text(`${labels.get(pair.a)} and ${labels.get(pair.b)}`),
        text(detectableWords(pair)),
        text(verdictWords[pair.verdict], pair.verdict === 'different' ? { tone: 'good' } : {}),
        text(pairWords(pair, study.comparisons)),
      ]),
  };
}

function taskBlocks({ tasks }: GroupStudy): readonly Block[] {
  if (!tasks) return [];
  const cell = (estimate: Estimate | null | undefined): Cell =>
    estimate
      ? text(`${shortNumber(estimate.value, 3)}${estimate.interval ? ` (${intervalWords(estimate.interval)})` : ''}`, { exact: String(estimate.value) })
      : none;
  return [
    {
      kind: 'table',
      id: 'groups-over-tasks',
      caption: `Over ${tasks.tasks.length} tasks (${tasks.taskParam}), ${tasks.scores === 'raw' ? 'values as logged' : 'values scaled to the range of each task'}`,
      head: ['Method', 'Runs', 'Interquartile mean', 'Optimality gap', 'Chance that the first is better'].map((title) => text(title)),
      align: ['left', 'right', 'right', 'right', 'right'],
      rows: tasks.methods.map((method, i) => [
        text(groupLabel(method)),
        text(String(method.runs)),
        cell(method.iqm),
        cell(method.optimalityGap),
        cell(tasks.improvement[i - 1]),
      ]),
    },
  ];
}
