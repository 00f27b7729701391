// Which params mattered, and how sure that is.

import { z } from 'zod';
import { effectsOf, type ParamEffect } from '../../../core/effects/effects';
import { counted } from '../../../core/view/format';
import { effectsDocument, outward } from '../../answers/effects';
import { issueDocument } from '../../document';
import { offset, trials } from '../inputs';
import { defineTool } from '../tool';
import { tableFor } from '../trials';

export const tool = defineTool({
  meta: {
    id: 'effects',
    title: 'Rank what mattered',
    description:
      'Which params mattered for a metric over many runs: tier, share of variance with 95 % interval, direction, interactions, and what cannot be told apart because params changed only together. Gates say what so few runs allow: below 10 configurations observations only, below 30 tiers without numbers.',
    list: 'params',
    narrow: 'Pass path for one sweep, or offset for further params.',
  },
  input: z.strictObject({ ...trials, offset }),
  async answer(input, call) {
    const { table, issues } = await tableFor(input, call);
    const effects = effectsOf(table);
    const told = effects.params
      .filter(({ varied }) => varied)
      .slice(0, 6)
      .map(effectWords);
    return {
      document: { ...effectsDocument(effects), issues: issues.map(issueDocument) },
      text: [
        `${counted(effects.n, 'distinct configuration')} in ${counted(effects.runs, 'run')}, ${effects.metric} (${effects.direction} is better).`,
        ...told,
        ...effects.gates.filter(({ passed }) => !passed).map(({ message }) => message),
      ].join('\n'),
    };
  },
});

function effectWords({ name, tier, importance, interval, directionText, confounders }: ParamEffect): string {
  const share = importance === null || !interval ? '' : `, ${importance.toFixed(2)} of the variance (95 % interval ${outward(interval).join(' to ')})`;
  const mixed = confounders.length > 0 ? `; cannot be told apart from ${confounders.map((one) => one.name).join(', ')}` : '';
  return `${name}: ${tier}${share}${directionText ? `; ${directionText}` : ''}${mixed}`;
}
