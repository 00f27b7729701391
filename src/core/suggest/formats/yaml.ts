// Suggestions as YAML: one document each, params nested as in a configuration file, the reason above as a comment.

import { commentLines } from '../comment';
import type { SuggestionFormat } from '../format';
import { mapped, nested } from '../nested';
import { yamlText } from '../yaml-text';

export const format: SuggestionFormat = {
  meta: { id: 'yaml', title: 'YAML' },
  text: (suggestions) =>
    suggestions
      .map(({ params, kind, why }) => {
        const settings = mapped(
          nested(params),
          (value) => value,
          (members) => members,
        );
        return `${commentLines(`${kind}: ${why}`)}${yamlText(settings)}`;
      })
      .join('---\n'),
};
