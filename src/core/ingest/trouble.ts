// Trouble with a source, in words; and which of it says nothing of the bytes.

import { type Issue, type IssueCode, issue } from '../base/issues';
import { HttpError } from '../source/http';
import type { SourceError } from '../source/source';

/** Trouble that is not of the bytes themselves: the same files may be read well another time. */
const passing: ReadonlySet<IssueCode> = new Set([
  'locked',
  'unauthorised',
  'forbidden',
  'rate-limited',
  'server-error',
  'unreachable',
  'timed-out',
  'cut-off',
  'bad-answer',
  'redirected',
  'certificate',
]);
export const mayPass = ({ code }: { readonly code: IssueCode }): boolean => passing.has(code);

/** What a source says of itself, as an issue. */
export function failureIssue(error: SourceError): Issue {
  const tip = error instanceof HttpError ? error.tip : undefined;
  return issue(error.code, error.message, { file: error.file, ...(tip === undefined ? {} : { tip }) });
}
