// The five-part review as a report document, so that the same renderers make Markdown, HTML and PDF of it.

import type { Severity } from '../base/issues';
import { type RunId, runId } from '../base/units';
import type { NextStep, Review, ReviewEvidence, ReviewFix, ReviewItem } from '../review/result';
import { placeText } from '../setup/places';
import { shortNumber } from '../view/format';
import { engineTitles, partTitles, partWords, severityWords } from '../view/review-words';
import { runStyle } from '../view/run-style';
import { text } from './cells';
import { type Block, type ReportDocument, type ReportSection, reportVersion, type TableBlock } from './document';
import { standardPage } from './page-setup';

export interface ReviewDocumentOptions {
  readonly title?: string;
  /** Milliseconds since the epoch; can be fixed, so that the same input gives the same bytes. */
  readonly createdMs: number;
  readonly generator: string;
  /** The edits of a fix as a unified diff, where the code is at hand; empty where there are none. */
  readonly patchOf?: (fix: ReviewFix) => string;
}

/** What one item shows of its evidence; all of it stands in the JSON. */
const mostEvidence = 5;
const mostNames = 6;
const mostUnassessed = 40;
const mostPlaces = 4;
/** A longer patch is one to apply, not to read: then the lines that it comes to are shown. */
const mostPatch = 2_500;

export function reviewDocument(review: Review, { title, createdMs, generator, patchOf = () => '' }: ReviewDocumentOptions): ReportDocument {
  const names = new Map<string, string>(review.runs.map(({ id, name }) => [id, name]));
  return {
    kind: 'diptych-report',
    version: reportVersion,
    title: title ?? titleOf(review),
    authors: [],
    subject: '',
    page: standardPage,
    createdMs,
    generator,
    baseline: review.runs[0]?.id ?? runId(''),
    runs: review.runs.map(({ id, name }, slot) => ({ id, name, style: runStyle(slot) })),
    sections: [
      section(
        'assessment',
        review.assessment.map(({ text: words }): Block => ({ kind: 'text', text: words })),
      ),
      ...(['critical', 'recommendations', 'organization'] as const).map((part) =>
        section(part, review[part].length > 0 ? review[part].flatMap((item) => itemBlocks(item, names, patchOf)) : [muted(partWords(part, review))]),
      ),
      section(
        'next_steps',
        review.nextSteps.length > 0 ? review.nextSteps.flatMap((step) => stepBlocks(step, names)) : [muted(partWords('next_steps', review))],
      ),
      ...statedSection(review, names),
      ...unassessedSection(review, names),
    ],
  };
}

function titleOf({ runs, code }: Review): string {
  if (runs.length === 0 && code) return `Review of training code, ${code.files} ${code.files === 1 ? 'file' : 'files'}`;
  return `Review of ${runs.length === 1 ? (runs[0]?.name ?? 'a run') : `${runs.length} runs`}${code ? (runs.length === 1 ? ' and its code' : ' and their code') : ''}`;
}

const section = (id: keyof typeof partTitles, blocks: readonly Block[]): ReportSection => ({ id, title: partTitles[id], blocks });
const muted = (words: string): Block => ({ kind: 'text', text: words, tone: 'muted' });

function itemBlocks(item: ReviewItem, names: ReadonlyMap<string, string>, patchOf: (fix: ReviewFix) => string): readonly Block[] {
  // The only evidence says what the item says: then its lines are enough.
  const [only] = item.evidence;
  const isSaid = item.evidence.length === 1 && item.more === 0 && only?.summary === item.summary;
  const where = isSaid && only ? placesText(only.places) : '';
  const shown = item.evidence.slice(0, mostEvidence);
  const rest = item.evidence.length + item.more - shown.length;
  return [
    heading(
      item.title,
      item.severity,
      `${severityWords[item.severity]} · ${item.rules.join(', ')}${where && ` · ${where}`} · ${Math.round(100 * item.confidence)} % sure${runsWords(item.runs, names)}`,
    ),
    { kind: 'text', text: item.summary },
    ...(item.why ? [{ kind: 'text', text: item.why } as const] : []),
    ...(!isSaid && (shown.length > 1 || item.evidence.some(({ places }) => places.length > 0))
      ? [{ kind: 'list', items: [...shown.map((one) => evidenceText(one, names)), ...(rest > 0 ? [`and ${rest} more`] : [])] } as const]
      : []),
    ...fixBlocks(item.fix, patchOf),
    ...(item.caveat ? [muted(`What would make it wrong: ${item.caveat}`)] : []),
  ];
}

function stepBlocks(step: NextStep, names: ReadonlyMap<string, string>): readonly Block[] {
  const predicted = step.evidence.predicted_interval;
  const expected =
    Array.isArray(predicted) && typeof step.evidence.predicted_mean === 'number'
      ? ` Expected ${String(step.evidence.metric)}: ${shortNumber(step.evidence.predicted_mean, 4)}, 80 % of such runs between ${predicted.map((bound) => shortNumber(Number(bound), 4)).join(' and ')}.`
      : '';
  return [
    { kind: 'heading', text: step.title, note: `${step.kind} · ${step.rule}${runsWords(step.runs, names)}` },
    { kind: 'text', text: `${step.text}${expected}` },
    // A title that says what to do is not said again.
    ...fixBlocks(step.fix).slice(step.fix?.text.startsWith(step.title) ? 1 : 0),
  ];
}

const heading = (words: string, severity: Severity, note: string): Block => ({ kind: 'heading', text: words, severity, note });

function fixBlocks(fix: ReviewFix | null, patchOf: (fix: ReviewFix) => string = () => ''): readonly Block[] {
  if (!fix) return [];
  const patch = patchOf(fix).trimEnd();
  const isShown = patch !== '' && patch.length <= mostPatch;
  return [
    { kind: 'text', text: `What to do: ${fix.text}` },
    ...(isShown ? [{ kind: 'code', text: patch, language: 'diff' } as const] : fix.code === null ? [] : [codeBlock(fix.code)]),
  ];
}

/** Lines for a shell, for an ignore file or of settings are no Python. */
function codeBlock(text: string): Block {
  if (/^(pip|conda|uv|git|dvc|docker) /.test(text)) return { kind: 'code', text, language: 'sh' };
  return /^(\{|# \.gitignore)/.test(text) ? { kind: 'code', text } : { kind: 'code', text, language: 'python' };
}

/** Places of code, each once. */
function placesText(places: ReviewEvidence['places']): string {
  const texts = [...new Set(places.map(placeText))];
  return [...texts.slice(0, mostPlaces), ...(texts.length > mostPlaces ? [`${texts.length - mostPlaces} more places`] : [])].join(', ');
}

function evidenceText({ engine, rule, summary, runs, places, step }: ReviewEvidence, names: ReadonlyMap<string, string>): string {
  const where = [
    ...(places.length > 0 ? [placesText(places)] : []),
    ...(runs.length === 1 && runs[0] !== undefined ? [names.get(runs[0]) ?? runs[0]] : []),
    ...(step === null ? [] : [`step ${shortNumber(step)}`]),
  ];
  return `${engineTitles.get(engine) ?? engine} ${rule}${where.length > 0 ? ` (${where.join(', ')})` : ''}: ${summary}`;
}

function runsWords(runs: readonly RunId[], names: ReadonlyMap<string, string>): string {
  if (runs.length === 0) return '';
  if (runs.length === names.size && runs.length > 1) return ` · all ${runs.length} runs`;
  const shown = runs.slice(0, mostNames).map((id) => names.get(id) ?? id);
  return ` · ${shown.join(', ')}${runs.length > mostNames ? ` and ${runs.length - mostNames} more` : ''}`;
}

function statedSection({ stated }: Review, names: ReadonlyMap<string, string>): readonly ReportSection[] {
  if (stated.length === 0) return [];
  return [
    {
      id: 'stated',
      title: 'Stated by people',
      blocks: [
        table(
          'stated',
          'Set aside or attested; the evidence stays as it was',
          ['Rule', 'What', 'Words', 'Runs'],
          stated.map(({ rule, summary, words, runs }) => [rule, summary, words, runs.length === 0 ? 'all' : runsWords(runs, names).slice(3)]),
        ),
      ],
    },
  ];
}

function unassessedSection({ notAssessed, runs }: Review, names: ReadonlyMap<string, string>): readonly ReportSection[] {
  if (notAssessed.length === 0) return [];
  const shown = notAssessed.slice(0, mostUnassessed);
  return [
    {
      id: 'not-assessed',
      title: 'Not assessed',
      blocks: [
        muted('What was not assessed is unknown, not in order.'),
        table(
          'not-assessed',
          'What could not be answered, and why',
          ['Rule', 'Why', 'Runs'],
          shown.map((one) => [
            one.rule,
            one.reason,
            one.runs.length === 0 ? '–' : one.runs.length === runs.length ? 'all' : runsWords(one.runs, names).slice(3),
          ]),
        ),
        ...(notAssessed.length > shown.length ? [muted(`${notAssessed.length - shown.length} more are listed in the JSON.`)] : []),
      ],
    },
  ];
}

const table = (id: string, caption: string, head: readonly string[], rows: readonly (readonly string[])[]): TableBlock => ({
  kind: 'table',
  id,
  caption,
  head: head.map((words) => text(words)),
  align: head.map(() => 'left'),
  rows: rows.map((row) => row.map((words) => text(words))),
});
