// A review of training code as Markdown, as a pull request shows it: counts, coverage, then each finding with its fix.

import type { Severity } from '../base/issues';
import { coverageAxes, type SetupFinding, type SetupReview } from '../setup/finding';
import { mergedReviews } from '../setup/merge';
import { toUnifiedDiff } from '../setup/patch';
import { placeText } from '../setup/places';
import type { Project } from '../setup/project/project';
import { toldOf } from '../setup/told';
import { axisTitles, stateWords } from '../view/coverage-words';
import { escapeMarkdown } from './escape';

/** Code hosts refuse comments beyond 65,536 characters. */
const mostText = 60_000;
/** Characters of the table and of what was not answered, before findings are told in full. */
const mostTable = 25_000;
const mostUnknown = 8000;
const mostCode = 2000;
const words: Readonly<Record<Severity, string>> = { critical: 'high', warn: 'medium', note: 'low', info: 'info' };

/** The summary of reviews; nothing that the code holds starts markup, mentions anybody or ends a code block. */
export function setupMarkdown(reviews: readonly { readonly review: SetupReview; readonly project: Project }[]): string {
  const findings = reviews.flatMap(({ review, project }) => review.findings.map((finding) => ({ finding, project })));
  const unknown = reviews.flatMap(({ review }) => review.unknown);
  const head = [
    '## Review of training code',
    headline(reviews.map(({ review }) => review)),
    ...coverageTable(mergedReviews(reviews.map(({ review }) => review))),
    ...(findings.length > 0 ? [findingTable(findings.map(({ finding }) => finding))] : []),
  ].join('\n\n');
  const open = fitting(
    unknown.map(({ rule, reason }) => `${rule} (${escaped(reason, 200)})`),
    mostUnknown,
  );
  const withdrawn = reviews.flatMap(({ review }) => review.withdrawn).map(({ rule, byRuns }) => `${rule} (${escaped(byRuns?.reason ?? '', 200)})`);
  const aside = reviews
    .flatMap(({ review }) => review.suppressed)
    .map(
      ({ rule, places, suppressed: { by, reason } }) =>
        `${rule} ${escaped(placeText(places[0]), 120)} (${escaped(reason ?? (by === 'comment' ? 'by a comment' : ''), 200)})`,
    );
  const setAside = aside.length > 0 ? [`**Set aside** by a person: ${fitting(aside, mostUnknown).join('; ')}.`] : [];
  const refuted = withdrawn.length > 0 ? [`**Withdrawn**, because runs show otherwise: ${fitting(withdrawn, mostUnknown).join('; ')}.`] : [];
  const tail = unknown.length > 0 ? [`**Not answered:** ${open.join('; ')}${open.length < unknown.length ? '; …' : ''}. That is not a pass.`] : [];
  const details = fitting(
    findings.map(
      ({ finding, project }) =>
        () =>
          findingDetails(finding, project),
    ),
    mostText - head.length - [...setAside, ...refuted, ...tail].join('').length,
  );
  const rest = findings.length - details.length;
  const more = rest > 0 ? [`${rest} more ${rest === 1 ? 'finding is' : 'findings are'} not told in full here: \`diptych setup\` prints them all.`] : [];
  return `${[head, ...details, ...more, ...setAside, ...refuted, ...tail].join('\n\n')}\n`;
}

/** The first of some texts that are together no longer than `most`; one that is costly to make is a function. */
function fitting(texts: readonly (string | (() => string))[], most: number): readonly string[] {
  const kept: string[] = [];
  let length = 0;
  for (const one of texts) {
    const text = typeof one === 'string' ? one : one();
    length += text.length + 2;
    if (length > most) break;
    kept.push(text);
  }
  return kept;
}

function headline(reviews: readonly SetupReview[]): string {
  const findings = reviews.flatMap(({ findings }) => findings);
  const counts = Object.entries(words).map(([severity, word]) => ({ word, count: findings.filter((one) => one.severity === severity).length }));
  const told = counts.filter(({ count }) => count > 0).map(({ word, count }) => `**${count} ${word}**`);
  return `${told.length === 0 ? 'Nothing was found' : `Findings: ${told.join(', ')}`} (code is read and never run). ${escaped(toldOf(reviews), 1000)}`;
}

const shownPlaces = 2;

/** An axis a row, with the first lines that show it; nothing where nothing trains. */
function coverageTable(review: SetupReview | null): readonly string[] {
  if (!review || review.trainings.length === 0) return [];
  const rows = coverageAxes.map((axis) => {
    const { state, places } = review.coverage[axis];
    const rest = places.length - shownPlaces;
    const where = places.slice(0, shownPlaces).map((place) => escaped(placeText(place), 120));
    return `| ${axisTitles[axis]} | ${stateWords[state]} | ${where.join(', ')}${rest > 0 ? ` and ${rest} more` : ''} |`;
  });
  return [['| Coverage | | Lines |', '|---|---|---|', ...rows].join('\n')];
}

function findingTable(findings: readonly SetupFinding[]): string {
  const rows = fitting(
    findings.map(
      ({ severity, rule, places, summary }) => `| ${words[severity]} | ${rule} | ${escaped(placeText(places[0]), 120)} | ${escaped(summary, 200)} |`,
    ),
    mostTable,
  );
  const rest = findings.length - rows.length;
  return ['| Severity | Rule | Place | Finding |', '|---|---|---|---|', ...rows, ...(rest > 0 ? [`| | | | and ${rest} more |`] : [])].join('\n');
}

function findingDetails({ rule, severity, confidence, places, summary, why, fix, byRuns }: SetupFinding, project: Project): string {
  const patch = fix && fix.edits.length > 0 ? toUnifiedDiff(fix.edits, project) : '';
  const code =
    patch.length > 0 && patch.length <= mostCode
      ? block(patch, 'diff')
      : fix?.code
        ? block(fix.code, /^(pip|conda|uv|git|dvc|docker) /.test(fix.code) ? 'sh' : 'python')
        : '';
  return [
    `<details><summary>${words[severity]} · ${rule} · ${escaped(placeText(places[0]), 120)}</summary>`,
    `${escaped(summary, 500)} (confidence ${confidence.toFixed(2)})`,
    escaped(why, 500),
    ...(byRuns ? [`Confirmed by runs: ${escaped(byRuns.reason, 300)}`] : []),
    ...(places.length > 1
      ? [
          `Also: ${places
            .slice(1, 9)
            .map((place) => escaped(placeText(place), 120))
            .join(', ')}`,
        ]
      : []),
    ...(fix ? [`**Fix:** ${escaped(fix.text, 500)}`] : []),
    ...(code ? [code] : []),
    '</details>',
  ].join('\n\n');
}

/** A fence longer than any run of backticks within. */
function block(text: string, language: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  const cut = text.length > mostCode ? `${text.slice(0, mostCode)}\n…` : text;
  return `${fence}${language}\n${cut.replace(/\n+$/, '')}\n${fence}`;
}

/** An `@` is kept from calling somebody by a character of no width. */
const escaped = (text: string, longest: number): string =>
  escapeMarkdown(text.length > longest ? `${text.slice(0, longest - 1)}…` : text).replaceAll('@', '@\u200b');
