// What people said of the findings: set aside with a reason, attested with a note. Listed, and no part of the items.

import type { RunId } from '../base/units';
import { endText } from '../project/dates';
import type { Attestation, Waiver } from '../project/project';
import { waiverOf } from '../project/statements';
import type { Judged } from './input';
import type { Stated } from './result';

/** By rule; the same words for several runs are one. */
export function statedOf({ health, across, checklists, practices, setup, statements }: Judged): readonly Stated[] {
  const found = new Map<string, Stated>();
  const add = (kind: Stated['kind'], rule: string, runs: readonly RunId[], summary: string, words: string): void => {
    const key = `${kind} ${rule} ${words}`;
    const known = found.get(key);
    found.set(key, { kind, rule, summary: known?.summary ?? summary, words, runs: [...new Set([...(known?.runs ?? []), ...runs])].sort() });
  };
  for (const { run, findings } of health) {
    for (const { rule, summary } of findings) {
      const waiver = waiverOf(statements, rule, run);
      if (waiver) add('waived', rule, [run], summary, waivedWords(waiver));
    }
  }
  for (const { rule, runs, summary } of across.findings) {
    const waivers = runs.map((run) => waiverOf(statements, rule, run));
    const [first] = waivers;
    if (first && waivers.every((waiver) => waiver !== null)) add('waived', rule, runs, summary, waivedWords(first));
  }
  for (const { rule, runs, summary, waived, waivers } of practices.findings)
    if (waived)
      for (const waiver of waivers) add('waived', rule, waiver.run === null ? runs : runs.filter((run) => run === waiver.run), summary, waivedWords(waiver));
  for (const { rule, summary, suppressed } of setup?.suppressed ?? [])
    add('waived', rule, [], summary, suppressed.by === 'project' ? waivedWords(suppressed) : inComment(suppressed));
  for (const { run, items } of checklists) {
    for (const { meta, verdict, attested, waived } of items) {
      if (verdict === 'pass' || verdict === 'n.a.') continue;
      if (waived) add('waived', meta.id, [run.id], meta.question, waivedWords(waived));
      if (attested) add('attested', meta.id, [run.id], meta.question, attestedWords(attested));
    }
  }
  return [...found.values()].sort((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.words < b.words ? -1 : 1));
}

const inComment = ({ reason }: { readonly reason: string | null }): string => `Set aside by a comment in the code${reason === null ? '.' : `: ${reason}`}`;

const waivedWords = ({ reason, untilMs }: Pick<Waiver, 'reason' | 'untilMs'>): string =>
  `Set aside${untilMs === null ? '' : ` until ${endText(untilMs)}`}: ${reason}`;

const attestedWords = ({ by, note, atMs }: Attestation): string => `Attested by ${by} on ${new Date(atMs).toISOString().slice(0, 10)}: ${note}`;
