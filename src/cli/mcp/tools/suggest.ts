// Which experiments to run next, and why.

import { z } from 'zod';
import { mostSuggestions, suggestNext } from '../../../core/suggest/suggest';
import { counted } from '../../../core/view/format';
import { suggestionsDocument } from '../../answers/suggest';
import { issueDocument } from '../../document';
import { trials } from '../inputs';
import { defineTool } from '../tool';
import { tableFor } from '../trials';

export const tool = defineTool({
  meta: {
    id: 'suggest',
    title: 'Propose the next experiments',
    description:
      'Proposes the next configurations to try (exploit, explore, boundary, replicate, disambiguate), each with the reason, an 80 % interval of the prediction where a model is trusted, and what would change its mind. Gates say when nothing can be proposed, and why.',
    list: null,
    narrow: 'Ask for a lower count.',
  },
  input: z.strictObject({
    ...trials,
    count: z.number().int().min(1).max(mostSuggestions).optional().describe('How many (5).'),
    seed: z.number().int().min(0).optional().describe('Another number gives other suggestions of the same worth (1).'),
  }),
  async answer({ count, seed, ...rest }, call) {
    const { table, issues } = await tableFor(rest, call);
    const answer = suggestNext(table, { count: count ?? 5, seed: seed ?? 1, directionStated: rest.direction !== undefined });
    return {
      document: { ...suggestionsDocument(answer, table), issues: issues.map(issueDocument) },
      text: [
        `${counted(answer.suggestions.length, 'suggestion')} from ${counted(table.trials.length, 'run')}.`,
        ...answer.suggestions.slice(0, 5).map(({ kind, why, changesMind }, i) => `${i + 1}. ${kind}: ${why} Unless: ${changesMind}`),
        ...answer.gates.filter(({ passed }) => !passed).map(({ message }) => message),
      ].join('\n'),
    };
  },
});
