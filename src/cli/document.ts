// The JSON documents of the command line, field by field as docs/cli.md prints them.

import type { Advice } from '../core/advice/advice';
import type { Issue, Severity } from '../core/base/issues';
import { jsonText } from '../core/base/json-write';
import { findPairs } from '../core/compare/pairs';
import type { Conflict, Origins, Run, RunSource, Series } from '../core/model/run';

export const documentVersion = 1;

/** A whole document; runs stand on lines of their own, so that it can be looked at. */
export function documentText({ command, ...rest }: { readonly command: string } & Readonly<Record<string, unknown>>): string {
  const members = Object.entries({ version: documentVersion, command, ...rest }).filter(([, value]) => value !== undefined);
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${memberText(value)}`).join(',\n')}}\n`;
}

const memberText = (value: unknown): string =>
  Array.isArray(value) && value.some((one) => typeof one === 'object') ? `[\n${value.map(jsonText).join(',\n')}\n]` : jsonText(value);

const severityWords: Readonly<Record<Severity, string>> = { critical: 'error', warn: 'warning', note: 'note', info: 'info' };

export const issueDocument = (issue: Omit<Issue, 'code'> & { readonly code: string }): object => ({
  code: issue.code,
  severity: severityWords[issue.severity],
  message: issue.message,
  tip: issue.tip,
  file: issue.file,
  where: issue.where,
});

/** An advice as one text: the sentence, then the code. */
export const adviceText = ({ text, code }: Advice): string => [text, ...(code ? [code] : [])].join('\n\n');

export const seriesDocument = (series: Series): object => ({
  name: series.name,
  context: series.context,
  role: series.role,
  split: series.split,
  direction: series.direction,
  confidence: series.confidence,
  x_axis: series.xAxis,
  system: series.system,
  count: series.count,
  finite: series.finite,
  first: series.first,
  last: series.last,
  min: series.min,
  max: series.max,
  mean: series.mean,
  first_step: series.firstStep,
  last_step: series.lastStep,
  exact_steps: series.exactSteps,
  steps_logged: series.stepsDigest !== null,
  times_logged: series.timesDigest !== null,
  values_sha256: series.valuesDigest,
  steps_sha256: series.stepsDigest,
  times_sha256: series.timesDigest,
});

export const runDocument = (run: Run): object => ({
  id: run.id,
  native_id: run.nativeId,
  path: run.path,
  format: run.format,
  format_version: run.formatVersion,
  source: run.source,
  sources: run.sources.map(sourceDocument),
  name: run.name,
  experiment: run.experiment,
  parent: run.parent,
  parent_id: run.parentId,
  group: run.group,
  job_type: run.jobType,
  deleted: run.deleted,
  native_status: run.nativeStatus,
  status: run.status,
  started_ms: run.startedMs,
  ended_ms: run.endedMs,
  user: run.user,
  params: run.params,
  tags: run.tags,
  notes: run.notes,
  summary: run.summary,
  media: run.media.map(({ items: _items, ...media }) => media),
  series: run.series.map(seriesDocument),
  artifacts: run.artifacts,
  facts: run.facts,
  issues: run.issues.map(issueDocument),
  origins: run.origins && originsDocument(run.origins),
  conflicts: run.conflicts?.map(conflictDocument),
});

const sourceDocument = ({ runId, nativeId, ...source }: RunSource): object => ({ ...source, native_id: nativeId, run_id: runId });

/** Fields of the run as this document calls them: `startedMs` is `started_ms`. */
const fieldName = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const originsDocument = ({ header, ...origins }: Origins): object => ({
  header: Object.fromEntries(Object.entries(header).map(([name, origin]) => [fieldName(name), origin])),
  ...origins,
});

const conflictDocument = ({ what, name, kind, values }: Conflict): object => ({ what, name: what === 'header' ? fieldName(name) : name, kind, values });

/** Runs that are likely one training recorded by two trackers; never merged. */
export const pairsDocument = (runs: readonly Run[]): readonly object[] => findPairs(runs);
