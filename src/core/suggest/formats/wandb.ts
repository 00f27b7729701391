// Suggestions as W&B sweeps: a sweep each, whose grid has one point, since a sweep cannot list configurations.

import { commentLines } from '../comment';
import type { FormatContext, SuggestionFormat } from '../format';
import { mapped, nested } from '../nested';
import type { Suggestion } from '../suggestion';
import { yamlText } from '../yaml-text';

const sweep = ({ params, kind, why }: Suggestion, { metric, direction }: FormatContext): string => {
  const parameters = mapped(
    nested(params),
    (value) => ({ value }),
    (members) => ({ parameters: members }),
  );
  const body = { name: `diptych ${kind}`, method: 'grid', metric: { name: metric, goal: direction === 'min' ? 'minimize' : 'maximize' }, parameters };
  return `${commentLines(why)}${yamlText(body)}`;
};

export const format: SuggestionFormat = {
  meta: { id: 'wandb', title: 'W&B sweep' },
  text: (suggestions, context) =>
    suggestions.length === 0
      ? ''
      : `${suggestions.length > 1 ? commentLines('One sweep for each document: save it as a file of its own, add your program, and run `wandb sweep FILE`.') : ''}${suggestions
          .map((suggestion) => sweep(suggestion, context))
          .join('---\n')}`,
};
