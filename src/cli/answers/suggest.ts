// The next experiments, field by field as `diptych suggest --json` prints them.

import type { Suggestion, Suggestions } from '../../core/suggest/suggestion';
import type { TrialTable } from '../../core/trials/trial';

export const suggestionsDocument = ({ suggestions, gates, method }: Suggestions, table: TrialTable): Readonly<Record<string, unknown>> => ({
  metric: table.metric,
  direction: table.direction,
  at: table.reading,
  runs: table.trials.length,
  seed_param: table.seedParam,
  suggestions: suggestions.map(suggestionDocument),
  gates,
  method,
});

const suggestionDocument = ({ params, kind, predicted, why, nearest, expectedMs, changesMind }: Suggestion): object => ({
  params,
  kind,
  predicted,
  why,
  nearest,
  ...(expectedMs === null ? {} : { expected_ms: expectedMs }),
  changes_mind: changesMind,
});
