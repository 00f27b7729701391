// What verbs print for people: plain aligned text, without anything that a terminal could take for a command.

import type { Issue } from '../core/base/issues';
import { findPairs } from '../core/compare/pairs';
import { contextText, displayName, type Run } from '../core/model/run';
import { pairWords } from '../core/view/pair-words';

/** Points of all series of a run. */
export const pointsOf = (run: Run): number => run.series.reduce((sum, { count }) => sum + count, 0);

/** Text from run data made safe for a terminal: control characters are shown as ·, long texts are cut. */
export function shown(text: string, longest = 60): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '·');
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}

/** Rows as aligned columns; numbers (columns named in `right`) to the right. */
export function columns(header: readonly string[], rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const all = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) => row.map((cell, i) => (right.includes(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ');
  return `${all.map((row) => line(row).trimEnd()).join('\n')}\n`;
}

/** Pairs that are likely one training, a line each. */
export function pairLines(runs: readonly Run[]): string {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const called = (run: Run): string => `${shown(displayName(run), 32)} (${run.format})`;
  const lines = findPairs(runs).flatMap((pair) => {
    const self = byId.get(pair.runs[0]);
    const words = self && pairWords(pair, self.id, (id) => byId.get(id));
    return words ? [`likely one training: ${called(self)} and ${called(words.other)}: ${shown(words.reasons.join(', '), 200)}\n`] : [];
  });
  return lines.join('');
}

export function listTable(runs: readonly Run[]): string {
  if (runs.length === 0) return 'No runs.\n';
  const rows = runs.map((run) => [
    run.id,
    shown(displayName(run), 32),
    shown(run.experiment ?? '–', 24),
    run.status,
    run.format,
    String(run.series.length),
    String(pointsOf(run)),
    shown(run.path, 48),
  ]);
  return columns(['ID', 'NAME', 'EXPERIMENT', 'STATUS', 'FORMAT', 'SERIES', 'POINTS', 'PATH'], rows, [5, 6]);
}

export function inspectTable(runs: readonly Run[], issues: readonly Issue[]): string {
  return runs.length === 0 ? `No runs.\n${issueLines(issues)}` : runs.map(runText).join('\n') + issueLines(issues);
}

function runText(run: Run): string {
  const started = run.startedMs === null ? 'unknown start' : new Date(run.startedMs).toISOString();
  const head = [
    `${shown(displayName(run))}  ${run.id}`,
    `  ${run.format} · ${shown(run.path)} · ${run.status} · ${started}${run.experiment === null ? '' : ` · ${shown(run.experiment)}`}`,
  ];
  const params = Object.entries(run.params).map(([name, value]) => [`  ${shown(name, 40)}`, shown(valueText(value))]);
  const series = run.series.map((one) => [
    `  ${shown(one.name, 40)}${Object.keys(one.context).length > 0 ? ` [${shown(contextText(one.context), 24)}]` : ''}`,
    String(one.count),
    numberText(one.last),
    numberText(one.min),
    numberText(one.max),
    numberText(one.mean),
  ]);
  return [
    head.join('\n'),
    params.length > 0 ? columns(['  PARAM', 'VALUE'], params).trimEnd() : null,
    series.length > 0 ? columns(['  SERIES', 'POINTS', 'LAST', 'MIN', 'MAX', 'MEAN'], series, [1, 2, 3, 4, 5]).trimEnd() : null,
    ...run.issues.map((issue) => `  ${issueText(issue)}`),
    '',
  ]
    .filter((part) => part !== null)
    .join('\n');
}

export const issueLines = (issues: readonly Issue[]): string => issues.map((issue) => `${issueText(issue)}\n`).join('');

function issueText({ severity, code, message, tip, file, where }: Issue): string {
  const place = [file, where].filter((part) => part !== undefined).join(', ');
  return `${severity} ${code}: ${shown(message, 200)}${place ? ` (${shown(place, 120)})` : ''} ${shown(tip, 200)}`;
}

const valueText = (value: unknown): string => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value));
/** Six digits are enough to look at; `--json` prints all. */
const numberText = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(6))));
