// Suggestions as JSON: a list of params, numbers as the command line writes them.

import { jsonText } from '../../base/json-write';
import type { SuggestionFormat } from '../format';

export const format: SuggestionFormat = {
  meta: { id: 'json', title: 'JSON' },
  text: (suggestions) => (suggestions.length === 0 ? '' : `[\n${suggestions.map(({ params }) => `  ${jsonText(params)}`).join(',\n')}\n]\n`),
};
