// G-01: one style of metric names in a project.

import type { Run, Series } from '../../model/run';
import { meaningOf, type NameStyle, renamed, styleOf } from '../naming';
import { claims, type PracticeClaim, type PracticeRule } from '../rule';
import { gather, idsOf, listed, mostShown, scopesOf, sharedFramework, times } from '../scopes';

/** What frameworks and trackers name by themselves is not the project's style. */
const ownNames = new Set(['throughput', 'time', 'system', 'counter', 'gpu-util', 'gpu-memory', 'learning-rate', 'grad-norm', 'param-norm', 'loss-scale']);
/** A value logged once is a summary such as `best/val_loss`, not a curve beside curves. */
const isChosen = ({ system, role, count }: Series): boolean => !system && count > 1 && !(role !== null && ownNames.has(role));

export const rule: PracticeRule = {
  meta: {
    id: 'G-01',
    title: 'One style of metric names',
    check:
      'Names that tell their split join it to the metric in one way throughout an experiment (`val/loss`, not `val/loss` here and `val_acc` there), and no name holds a step. A map of renames is suggested.',
    severity: 'warn',
    optIn: false,
  },
  check: ({ runs }) => claims(scopesOf(runs).flatMap((scope) => [...mixed(scope), ...counted(scope)])),
  examples: [
    { given: { runs: [{ logs: { 'train/loss': 9, 'val/loss': 9, val_acc: 9 } }] }, claims: 1 },
    { given: { runs: [{ logs: { 'val/loss': 9 } }, { logs: { valLoss: 9 } }] }, claims: 1 },
    { given: { runs: [{ logs: { loss_epoch_1: 1, loss_epoch_2: 1, loss_epoch_3: 1 } }] }, claims: 1 },
    { given: { runs: [{ logs: { 'train/loss': 9, 'val/loss': 9, 'val/top1': 9, lr: 9, epoch: 9, train_runtime: 1 } }] }, claims: 0 },
    { given: { runs: [{ logs: { loss: 9, val_loss: 9, accuracy: 9, val_accuracy: 9 } }] }, claims: 0 },
    {
      given: {
        runs: [
          { experiment: 'a', logs: { 'val/loss': 9 } },
          { experiment: 'b', logs: { val_loss: 9 } },
        ],
      },
      claims: 0,
    },
  ],
};

function mixed(scope: readonly Run[]): readonly PracticeClaim[] {
  const byStyle = new Map<NameStyle, Map<string, Run[]>>();
  for (const run of scope) {
    for (const series of run.series) {
      const style = isChosen(series) ? styleOf(series.name) : null;
      if (style === null) continue;
      const names = byStyle.get(style) ?? new Map<string, Run[]>();
      gather(names, series.name, run);
      byStyle.set(style, names);
    }
  }
  if (byStyle.size < 2) return [];
  const ordered = [...byStyle].sort(([a, namesA], [b, namesB]) => namesB.size - namesA.size || (a < b ? -1 : 1));
  const target: NameStyle = byStyle.has('/') ? '/' : (ordered[0] as (typeof ordered)[number])[0];
  const odd = ordered.filter(([style]) => style !== target).flatMap(([, names]) => [...names]);
  const renames = odd.map(([name]) => [name, renamed(name, target)] as const).sort();
  const oneMeaning = sameMeaning(ordered.flatMap(([, names]) => [...names.keys()]));
  const [[from, to]] = renames as [readonly [string, string]];
  return [
    {
      runs: idsOf([...new Set(odd.flatMap(([, named]) => named))]),
      summary: `${byStyle.size} styles of metric names are mixed: ${ordered.map(([, names]) => [...names.keys()].sort()[0]).join(', ')}${
        oneMeaning.length > 0 ? `; ${listed(oneMeaning)} name the same metric and do not line up in charts` : ''
      }.`,
      evidence: {
        styles: Object.fromEntries(ordered.map(([style, names]) => [style, names.size])),
        renames: Object.fromEntries(renames.slice(0, mostShown)),
        renames_in_all: renames.length,
      },
      caveat: 'Names that a library fixes cannot be renamed where they are logged; map them when comparing.',
      advice: {
        text: `Name metrics split${target === 'aB' ? 'Metric' : `${target}metric`} throughout; here ${times(renames.length, 'name')} would change, such as ${from} to ${to}.`,
        code: sharedFramework(scope) === 'lightning' ? `self.log("${to}", value)` : `"${from}" -> "${to}"`,
      },
    },
  ];
}

/** Pairs of names that differ in spelling only. */
function sameMeaning(names: readonly string[]): readonly string[] {
  const spelled = new Map<string, string>();
  const pairs: string[] = [];
  for (const name of [...names].sort()) {
    const meaning = meaningOf(name);
    const other = spelled.get(meaning);
    if (other === undefined) spelled.set(meaning, name);
    else if (other !== name) pairs.push(`${other} and ${name}`);
  }
  return pairs;
}

const stepInName = /^(.*?(?:^|[/._ -])(?:epoch|step|iter|iteration)[_ -]?)(\d+)(.*)$/i;
const fewest = 3;

/** A step in the name makes a metric of each point. */
function counted(scope: readonly Run[]): readonly PracticeClaim[] {
  const templates = new Map<string, { readonly names: Set<string>; readonly runs: Set<Run> }>();
  for (const run of scope) {
    for (const { name, system } of run.series) {
      const [, before, number, after] = system ? [] : (stepInName.exec(name) ?? []);
      if (number === undefined) continue;
      const template = `${before}N${after}`;
      const found = templates.get(template) ?? { names: new Set(), runs: new Set() };
      found.names.add(name);
      found.runs.add(run);
      templates.set(template, found);
    }
  }
  return [...templates]
    .filter(([, { names }]) => names.size >= fewest)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([template, { names, runs }]) => ({
      runs: idsOf([...runs]),
      summary: `${names.size} metrics ${template} carry a step in their name: each is a metric of its own instead of a point on a curve.`,
      evidence: { template, names: names.size, examples: [...names].sort().slice(0, 3) },
      caveat: 'A number that is part of what is measured, such as a horizon, belongs into the name.',
      advice: {
        text: 'Log one metric and give the step as the step.',
        code: sharedFramework([...runs]) === 'lightning' ? 'self.log("loss", value)' : 'log({"loss": value}, step=step)',
      },
    }));
}
