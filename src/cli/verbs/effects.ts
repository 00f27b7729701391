// `diptych effects`: which params mattered in these runs, and how sure that is.

import { type Effects, effectsOf, type ParamEffect } from '../../core/effects/effects';
import { effectsDocument, outward } from '../answers/effects';
import { documentText, issueDocument } from '../document';
import { exitCodes } from '../exit';
import { loadTrials, trialOptions } from '../load-trials';
import { columns, shown } from '../tables';
import type { Verb } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'effects',
    summary: 'Rank what mattered among the params, with intervals and with what cannot be told apart.',
    usage: 'PATH...|TABLE.csv --metric NAME [--direction min|max] [--at last|best|mean-tail] [--json]',
    options: trialOptions,
  },
  async run(args, context) {
    const { table, issues, exitCode } = await loadTrials(args, context);
    if (!table) {
      if (args.flag('json')) await context.write(documentText({ command: 'effects', n: 0, params: [], issues: issues.map(issueDocument) }));
      else context.tell('diptych: no runs were found.\n');
      return exitCodes.nothing;
    }
    const effects = effectsOf(table);
    await context.write(
      args.flag('json') ? documentText({ command: 'effects', ...effectsDocument(effects), issues: issues.map(issueDocument) }) : text(effects),
    );
    return exitCode;
  },
};

function text(effects: Effects): string {
  const { metric, direction, n, runs, failed, noiseSd } = effects;
  const lines = [
    `${shown(metric)}: ${direction === 'max' ? 'more' : 'less'} is better. ${runs} runs, ${n} distinct configurations${failed > 0 ? `, ${failed} failed` : ''}.`,
    noiseSd === null ? 'No configuration was repeated.' : `Repeated runs differ by ${Number(noiseSd.toPrecision(3))} (standard deviation).`,
  ];
  const rows = effects.params.map((param) => [
    shown(param.name, 32),
    param.tier,
    percent(param),
    param.varied ? shown(param.directionText, 48) : onlyValue(param),
    remark(param),
  ]);
  const table = rows.length === 0 ? 'No params.\n' : columns(['PARAM', 'SIGN', 'SHARE (95 %)', 'IN THESE RUNS', 'NOTE'], rows);
  const pairs = effects.interactions.map(
    ({ params, interval95, share }) => `  ${params.map((name) => shown(name, 32)).join(' × ')}: ${range(share, interval95)}\n`,
  );
  const differences =
    n < 10
      ? effects.paired.slice(0, 12).map((pair) => `  ${shown(pair.param, 32)} ${shown(pair.from, 24)} → ${shown(pair.to, 24)}: ${signed(pair.difference)}\n`)
      : [];
  const gates = effects.gates.map(({ passed, message }) => `  ${passed ? '✓' : '·'} ${shown(message, 240)}\n`);
  const aside = effects.setAside.map(({ name, message }) => `  ${shown(name, 32)}: ${message}\n`);
  const section = (title: string, body: readonly string[]): string => (body.length === 0 ? '' : `\n${title}\n${body.join('')}`);
  return `${lines.join('\n')}\n\n${table}${section('Interactions', pairs)}${section('Runs that differ in one param only', differences)}${section('Set aside', aside)}${section('What these runs allow', gates)}\nMethod: ${effects.method}.\n`;
}

const percent = ({ importance, interval }: ParamEffect): string => (importance === null || !interval ? '–' : range(importance, interval));
const range = (share: number, interval: readonly [number, number]): string => {
  const [low, high] = outward(interval);
  return `${Math.round(share * 100)} % (${Math.round(low * 100)}–${Math.round(high * 100)})`;
};
const signed = (difference: number): string => `${difference > 0 ? '+' : ''}${Number(difference.toPrecision(3))}`;
const onlyValue = ({ levels }: ParamEffect): string => shown(levels[0]?.text ?? '', 48);
const remark = ({ condition, note }: ParamEffect): string => shown([condition, note].filter(Boolean).join('; '), 120);
