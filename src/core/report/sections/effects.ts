// Which params mattered, how sure that is, and what these runs cannot tell apart.

import type { ParamEffect, Tier } from '../../effects/effects';
import { counted, shortNumber } from '../../view/format';
import { none, text } from '../cells';
import type { Cell } from '../document';
import type { SectionBuilder } from '../section';

const most = 40;
const tierWords: Readonly<Record<Tier, string>> = {
  'likely-top': 'likely among the strongest',
  unclear: 'unclear',
  'no-sign': 'no sign of an effect',
  'not-varied': 'not varied',
};

export const section: SectionBuilder = {
  meta: { id: 'effects', title: 'Which params mattered', order: 44, standard: true },
  build({ analyses: { effects } }) {
    if (!effects) return [];
    const varied = effects.params.filter((param) => param.varied);
    const still = effects.params.length - varied.length;
    return [
      {
        kind: 'text',
        text: `By ${effects.metric} (${effects.direction === 'max' ? 'more' : 'less'} is better, ${effects.reading}), from ${counted(effects.n, 'distinct configuration')} of ${counted(effects.runs, 'run')}${
          effects.noiseSd === null ? '; none was repeated' : `; repeats differ by ${shortNumber(effects.noiseSd, 3)} (standard deviation)`
        }. Associations in these runs, not proof of what would happen in others.`,
      },
      {
        kind: 'table',
        id: 'effects',
        caption: 'Params by effect',
        head: ['Param', 'Sign', 'Share of variance (95 %)', 'In these runs', 'Note'].map((title) => text(title)),
        align: ['left', 'left', 'right', 'left', 'left'],
        rows: varied
          .slice(0, most)
          .map((param) => [
            text(param.name),
            text(tierWords[param.tier], param.tier === 'likely-top' ? { tone: 'strong' } : {}),
            share(param),
            text(param.directionText),
            remark(param),
          ]),
      },
      ...(varied.length > most ? [{ kind: 'text' as const, text: `${varied.length - most} further params are not listed.`, tone: 'muted' as const }] : []),
      ...(still > 0
        ? [
            {
              kind: 'text' as const,
              text: `${counted(still, 'param')} had one value in all runs: nothing can be said of ${still === 1 ? 'it' : 'them'}.`,
              tone: 'muted' as const,
            },
          ]
        : []),
      { kind: 'notes', items: effects.gates.filter(({ passed }) => !passed).map(({ message }) => ({ severity: 'info' as const, text: message })) },
      { kind: 'text', text: `Method: ${effects.method}.`, tone: 'muted' },
    ];
  },
};

const percent = (value: number): string => `${Math.round(value * 100)} %`;
const share = ({ importance, interval }: ParamEffect): Cell =>
  importance === null || !interval ? none : text(`${percent(importance)} (${percent(interval[0])} to ${percent(interval[1])})`, { exact: String(importance) });
const remark = ({ condition, note }: ParamEffect): Cell => {
  const words = [condition, note].filter((part) => part !== null).join('; ');
  return words === '' ? none : text(words);
};
