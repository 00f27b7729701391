// A review as SARIF 2.1.0, the format in which code hosts and editors take findings.

import type { Severity } from '../base/issues';
import type { CodePlace, SetupFinding, SetupReview, SuppressedFinding, TextEdit } from './finding';
import { fingerprintsOf } from './fingerprint';
import { lineAt, placeText, rangeOf } from './places';
import type { Project } from './project/project';
import type { SetupRule } from './rule';
import { setupRules } from './rules';

export interface ReviewedFolder {
  readonly review: SetupReview;
  readonly project: Project;
  /** Where the folder lies from the root of its repository, with `/`; empty for the root itself. */
  readonly base: string;
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { critical: 'error', warn: 'warning', note: 'note', info: 'note' };
/** How sure, in the words that code hosts filter by. */
const precisionOf = (confidence: number): string => (confidence >= 0.9 ? 'very-high' : confidence >= 0.75 ? 'high' : confidence >= 0.5 ? 'medium' : 'low');
const root = '%SRCROOT%';

/** One SARIF log with a run for each folder. @param version of Diptych */
export const sarifOf = (folders: readonly ReviewedFolder[], version: string): object => ({
  $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
  version: '2.1.0',
  runs: folders.map((folder) => sarifRun(folder, version)),
});

function sarifRun(folder: ReviewedFolder, version: string): object {
  const { review, project, base } = folder;
  // What runs refute or a person set aside is told as suppressed: it closes an alert instead of leaving a hole.
  const findings = [...review.findings, ...review.withdrawn, ...review.suppressed];
  const fingerprints = fingerprintsOf(findings, project);
  return {
    tool: { driver: { name: 'Diptych', version, semanticVersion: version, rules: setupRules.map(sarifRule) } },
    automationDetails: { id: `diptych-setup/${uriOf(base, '')}` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [root]: { description: { text: 'The root of the repository.' } } },
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(folder) }],
    results: findings.map((finding, i) => sarifResult(finding, fingerprints[i] as string, folder)),
  };
}

const sarifRule = ({ meta }: SetupRule): object => ({
  id: meta.id,
  shortDescription: { text: plain(meta.title) },
  fullDescription: { text: plain(meta.why) },
  help: { text: plain(`${meta.why} Source: ${meta.source}`) },
  defaultConfiguration: { level: levels[meta.severity] },
  properties: { tags: ['machine-learning', 'experiment-tracking', 'reproducibility'], 'problem.severity': problemWords[meta.severity] },
});

const problemWords: Readonly<Record<Severity, string>> = { critical: 'error', warn: 'warning', note: 'recommendation', info: 'recommendation' };

function sarifResult(finding: SetupFinding, fingerprint: string, folder: ReviewedFolder): object {
  const { rule, severity, confidence, places, summary, fix } = finding;
  const [first, ...others] = places;
  const index = setupRules.findIndex(({ meta }) => meta.id === rule);
  const scope = first ? '' : 'For the project as a whole: ';
  const inCell = first && first.cell !== null ? ` (${placeText(first)})` : '';
  const changes = fix ? changesOf(fix.edits, folder) : [];
  return {
    ruleId: rule,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level: levels[severity],
    rank: Math.round(confidence * 1000) / 10,
    message: { text: plain(`${scope}${summary}${inCell}${fix ? ` ${fix.text}` : ''}`) },
    locations: located(first, folder),
    ...(others.length === 0 ? {} : { relatedLocations: others.map((place, i) => ({ id: i + 1, ...locationOf(place, folder) })) }),
    // The name by which the largest code host matches alerts, and one of our own beside it.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'diptychFinding/v1': fingerprint },
    ...(changes.length === 0 || !fix ? {} : { fixes: [{ description: { text: plain(fix.text) }, artifactChanges: changes }] }),
    suppressions: suppressionsOf(finding),
    properties: { confidence, precision: precisionOf(confidence), ...(first ? {} : { scope: 'project' }), ...(fix?.code ? { code: fix.code } : {}) },
  };
}

function suppressionsOf(finding: SetupFinding | SuppressedFinding): readonly object[] {
  if ('suppressed' in finding) {
    const { by, reason } = finding.suppressed;
    return [{ kind: by === 'comment' ? 'inSource' : 'external', ...(reason === null ? {} : { justification: plain(reason) }) }];
  }
  return finding.byRuns?.verdict === 'withdrawn' ? [{ kind: 'external', justification: finding.byRuns.reason }] : [];
}

/** Code hosts show only what has a place: a finding about the whole project stands at the top of its first file. */
function located(place: CodePlace | undefined, folder: ReviewedFolder): readonly object[] {
  if (place) return [locationOf(place, folder)];
  const [file] = folder.review.files;
  return file === undefined ? [] : [{ physicalLocation: { artifactLocation: artifactOf(file, folder), region: { startLine: 1 } } }];
}

/** The text of a notebook lies in JSON, where its cells have no lines: there the cell is a logical place. */
function locationOf(place: CodePlace, folder: ReviewedFolder): object {
  const { file, line, endLine, cell } = place;
  const artifactLocation = artifactOf(file, folder);
  if (cell !== null) {
    const name = `cell ${cell}`;
    return {
      physicalLocation: { artifactLocation, region: { startLine: 1 } },
      logicalLocations: [{ name, fullyQualifiedName: `${file}#${name}, line ${line}`, kind: 'module' }],
    };
  }
  const text = lineAt(folder.project, place);
  return {
    physicalLocation: { artifactLocation, region: { startLine: line, endLine: Math.max(line, endLine), ...(text ? { snippet: { text } } : {}) } },
  };
}

function changesOf(edits: readonly TextEdit[], folder: ReviewedFolder): readonly object[] {
  const ranges = edits.map((edit) => ({ edit, range: rangeOf(folder.project, edit) }));
  // A fix is whole or none.
  if (ranges.some(({ range }) => range === null)) return [];
  return [...new Set(edits.map(({ file }) => file))].sort().map((file) => ({
    artifactLocation: artifactOf(file, folder),
    replacements: ranges.flatMap(({ edit, range }) =>
      edit.file !== file || !range
        ? []
        : [
            {
              deletedRegion: { startLine: range.start.line, startColumn: range.start.column, endLine: range.end.line, endColumn: range.end.column },
              insertedContent: { text: edit.text },
            },
          ],
    ),
  }));
}

/** What was not answered is told beside the findings, so that silence is not taken for consent. */
const notifications = ({ review, project, base }: ReviewedFolder): readonly object[] => [
  ...review.unknown.map(({ rule, reason }) => ({
    level: 'note',
    message: { text: plain(`${rule} could not be answered: ${reason}`) },
    associatedRule: { id: rule },
  })),
  ...project.files.skipped.map(({ path, reason }) => ({
    level: 'warning',
    message: { text: plain(`${path} was not reviewed: ${reason}`) },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(base, path), uriBaseId: root } } }],
  })),
];

const artifactOf = (file: string, { base }: ReviewedFolder): object => ({ uri: uriOf(base, file), uriBaseId: root });

const uriOf = (base: string, file: string): string => (base === '' ? file : `${base}/${file}`).split('/').map(encodeURIComponent).join('/');

/** Brackets before a parenthesis would be a link, and what is quoted from code was written by others. */
const plain = (text: string): string => text.replace(/\[([^[\]]*)\]\(/g, '\\[$1\\](');
