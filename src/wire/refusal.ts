// Why a message is refused, in words that never quote what was in it: it may hold a secret, or a text of megabytes.
import * as v from 'valibot';

const mostTold = 3;
const longestPath = 200;

/** @param issues of a schema; the first few are told, as places and what is wanted there */
export function refusal(issues: readonly v.BaseIssue<unknown>[]): string {
  const told = issues.slice(0, mostTold).map((issue) => {
    const path = (v.getDotPath(issue) ?? '').slice(0, longestPath);
    const place = path === '' ? 'the message' : `\`${path}\``;
    return issue.expected === 'never' ? `${place} is not known` : `${place} wants ${wanted(issue)}`;
  });
  return `${told.join('; ')}${issues.length > mostTold ? `; and ${issues.length - mostTold} more` : ''}.`;
}

function wanted({ type, expected }: v.BaseIssue<unknown>): string {
  if (type === 'max_length' || type === 'min_length') return `a length ${expected}`;
  return expected ?? `another ${type.replaceAll('_', ' ')}`;
}
