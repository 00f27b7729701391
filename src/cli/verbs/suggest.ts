// `diptych suggest`: which experiments to run next, and why.

import { type FormatContext, formats } from '../../core/suggest/format';
import { mostSuggestions, suggestNext } from '../../core/suggest/suggest';
import type { Gate, Suggestion, Suggestions } from '../../core/suggest/suggestion';
import { shortNumber, valueText } from '../../core/view/format';
import { suggestionsDocument } from '../answers/suggest';
import { numberOption } from '../arguments';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { loadTrials, trialOptions } from '../load-trials';
import { nearestTo } from '../spelling';
import { shown } from '../tables';
import type { Verb, VerbArgs } from '../verb';

const formatIds = formats.map(({ meta }) => meta.id);

export const verb: Verb = {
  meta: {
    id: 'suggest',
    summary: 'Propose the next experiments, each with its reason and what would speak against it.',
    usage: `PATH...|TABLE.csv --metric NAME [--direction min|max] [--at last|best|mean-tail] [--count 5] [--seed 1] [--json | --format ${formatIds.join('|')}]`,
    options: {
      ...trialOptions,
      count: { type: 'string', help: `How many, at most ${mostSuggestions} (5).` },
      seed: { type: 'string', help: 'Another number gives other suggestions of the same worth (1).' },
      format: { type: 'string', help: `Print the suggestions for another program: ${formatIds.join(', ')}.` },
    },
  },
  async run(args, context) {
    const format = formatOf(args);
    const count = numberOption(args, 'count') ?? 5;
    if (count < 1 || count > mostSuggestions) throw new UsageError(`--count wants a number from 1 to ${mostSuggestions}, not '${args.text('count')}'`);
    const { table, issues, exitCode } = await loadTrials(args, context);
    if (!table) {
      if (args.flag('json')) await context.write(documentText({ command: 'suggest', suggestions: [], gates: [], issues: issues.map(issueDocument) }));
      else context.tell('diptych: no runs were found.\n');
      return exitCodes.nothing;
    }
    const answer = suggestNext(table, { count, seed: numberOption(args, 'seed') ?? 1, directionStated: args.text('direction') !== undefined });
    if (args.flag('json')) {
      await context.write(documentText({ command: 'suggest', ...suggestionsDocument(answer, table), issues: issues.map(issueDocument) }));
    } else if (format) {
      await context.write(format.text(answer.suggestions, table));
      for (const { passed, message } of answer.gates) if (!passed) context.tell(shown(message, 300));
    } else await context.write(text(answer, table));
    return exitCode;
  },
};

function formatOf(args: VerbArgs) {
  const id = args.text('format');
  if (id === undefined) return null;
  if (args.flag('json')) throw new UsageError('--json and --format cannot both be printed');
  const found = formats.find(({ meta }) => meta.id === id);
  if (!found) throw new UsageError(`there is no format '${id}'`, nearestTo(id, formatIds));
  return found;
}

function text({ suggestions, gates, method }: Suggestions, { metric, direction }: FormatContext): string {
  const failed = gates.filter(({ passed }) => !passed);
  const notes = gates.filter(({ passed }) => passed);
  const gateLine = ({ passed, message }: Gate): string => `  ${passed ? 'ok  ' : 'NOT '} ${shown(message, 300)}\n`;
  return [
    `${shown(metric)} should be ${direction === 'min' ? 'low' : 'high'}. ${method}.\n`,
    ...failed.map(gateLine),
    ...notes.map(gateLine),
    ...(suggestions.length === 0 ? ['\nNothing to propose: see above for what is missing.\n'] : []),
    ...suggestions.map((suggestion, i) => suggestionText(suggestion, i + 1)),
  ].join('');
}

function suggestionText({ params, kind, predicted, why, nearest, expectedMs, changesMind }: Suggestion, number: number): string {
  const settings = Object.entries(params).map(([name, value]) => `${shown(name, 40)} = ${shown(valueText(value), 40)}`);
  return [
    `\n${number}. ${kind}: ${settings.join(', ')}\n`,
    ...(predicted
      ? [`   predicted  ${shortNumber(predicted.mean)} (80 %: ${shortNumber(predicted.interval[0])} to ${shortNumber(predicted.interval[1])})\n`]
      : []),
    `   why        ${shown(why, 600)}\n`,
    `   unless     ${shown(changesMind, 300)}\n`,
    ...(nearest.length > 0 ? [`   nearest    ${nearest.map((id) => shown(id, 40)).join(', ')}\n`] : []),
    ...(expectedMs === null ? [] : [`   takes      about ${duration(expectedMs)}\n`]),
  ].join('');
}

const duration = (ms: number): string =>
  ms < 120_000 ? `${Math.round(ms / 1000)} s` : ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
