// Claims put together: one cause is one item with all its evidence, ranked by severity × confidence.

import type { Severity } from '../base/issues';
import type { RunId } from '../base/units';
import { causeOf, organizational } from './causes';
import type { Said } from './claim';
import type { ReviewEvidence, ReviewFix, ReviewItem, ReviewPart } from './result';
import { placeText } from './words';

/** What a severity counts: a doubtful critical issue stands beside a sure warning. */
export const severityWeights: Readonly<Record<Severity, number>> = { critical: 8, warn: 4, note: 2, info: 1 };
/** Below it a critical claim is a recommendation to look, not a critical issue. */
const leastCritical = 0.5;
const mostEvidence = 40;
/** No number of agreeing engines makes a reading of curves and code certain. */
const mostSure = 0.99;

/** Items of the claims by part, each ranked. The order of the claims does not matter. */
export function itemsOfClaims(said: readonly Said[], names: ReadonlyMap<RunId, string>): Readonly<Record<ReviewPart, readonly ReviewItem[]>> {
  const gathered = new Map<string, Said[]>();
  for (const one of said) {
    const key = causeOf(one.rule)?.id ?? one.rule;
    const members = gathered.get(key);
    if (members) members.push(one);
    else gathered.set(key, [one]);
  }
  const parts: Record<ReviewPart, ReviewItem[]> = { critical: [], recommendations: [], organization: [] };
  for (const [id, members] of gathered) {
    const sorted = members.sort(loudestFirst);
    const item = itemOf(id, sorted, names);
    parts[partOf(item, sorted)].push(item);
  }
  for (const part of Object.values(parts)) part.sort((a, b) => b.weight - a.weight || b.runs.length - a.runs.length || text(a.id, b.id));
  return parts;
}

function partOf(item: ReviewItem, members: readonly Said[]): ReviewPart {
  if (item.severity === 'critical' && item.confidence >= leastCritical) return 'critical';
  return organizational.has(item.id) || members.every(({ engine }) => engine === 'practices') ? 'organization' : 'recommendations';
}

function itemOf(id: string, members: readonly Said[], names: ReadonlyMap<RunId, string>): ReviewItem {
  const [lead] = members as [Said];
  const { severity } = lead;
  const same = members.filter((one) => one.rule === lead.rule);
  const runs = [...new Set(members.flatMap((one) => one.runs))].sort();
  const confidence = sureness(members.filter((one) => one.severity === severity));
  return {
    id,
    rule: lead.rule,
    rules: [...new Set(members.map(({ rule }) => rule))],
    title: causeOf(lead.rule)?.title ?? lead.title,
    severity,
    confidence,
    weight: severityWeights[severity] * confidence,
    summary: summaryOf(lead, same, names),
    why: lead.why,
    caveat: lead.caveat,
    runs,
    evidence: members.slice(0, mostEvidence).map(evidenceOf),
    more: Math.max(0, members.length - mostEvidence),
    fix: fixOf(members),
  };
}

/** Two witnesses, runs and code, strengthen each other; engines that read the same one do not. */
function sureness(members: readonly Said[]): number {
  const best = (code: boolean): number => members.reduce((most, one) => ((one.engine === 'setup') === code ? Math.max(most, one.confidence) : most), 0);
  const [runs, code] = [best(false), best(true)];
  return runs === 0 || code === 0 ? Math.max(runs, code) : Math.min(mostSure, 1 - (1 - runs) * (1 - code));
}

/** The loudest claim, with how many runs or places say the same. */
function summaryOf(lead: Said, same: readonly Said[], names: ReadonlyMap<RunId, string>): string {
  const [run] = lead.runs;
  if (lead.engine === 'health' && lead.runs.length === 1 && run !== undefined && names.size > 1) {
    const runs = new Set(same.flatMap((one) => one.runs)).size;
    return `In ${runs} of ${names.size} runs (${runs > 1 ? 'such as ' : ''}${names.get(run) ?? run}): ${lead.summary}`;
  }
  if (same.length === 1) return lead.summary;
  const [place] = lead.places;
  return place ? `${same.length} times, first at ${placeText(place)}: ${lead.summary}` : `${lead.summary} And ${same.length - 1} more like it.`;
}

/** Code for the project's own lines first, then the loudest claim's, then any that has code. */
function fixOf(members: readonly Said[]): ReviewFix | null {
  const fixes = members.flatMap(({ engine, fix }) => (fix ? [{ engine, fix }] : []));
  const withCode = fixes.filter(({ fix }) => fix.code !== null);
  return (withCode.find(({ engine }) => engine === 'setup') ?? withCode[0] ?? fixes[0])?.fix ?? null;
}

const evidenceOf = ({ engine, rule, summary, numbers, runs, series, step, places, link }: Said): ReviewEvidence => ({
  engine,
  rule,
  summary,
  numbers,
  runs,
  series,
  step,
  places,
  link,
});

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By severity, then confidence; code before runs, since it has the line to mend; then by rule, runs and words, so that any order gives one. */
const loudestFirst = (a: Said, b: Said): number =>
  severityWeights[b.severity] - severityWeights[a.severity] ||
  Number(b.engine === 'setup') - Number(a.engine === 'setup') ||
  b.confidence - a.confidence ||
  text(a.rule, b.rule) ||
  text(a.runs.join(), b.runs.join()) ||
  text(a.places[0] ? placeText(a.places[0]) : '', b.places[0] ? placeText(b.places[0]) : '') ||
  text(a.summary, b.summary);
