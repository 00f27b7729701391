// The labelled code of test/diagnostics/setup/cases, and how findings are scored against its labels: pairs of case and rule.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Severity } from '../../src/core/base/issues';
import type { SetupFinding } from '../../src/core/setup/finding';
import { type Files, filesIn } from './setup-pairs';

interface Range {
  readonly file: string | null;
  readonly line_from: number | null;
  readonly line_to: number | null;
  readonly cell?: number;
}

interface Label extends Range {
  readonly rule: string;
  readonly severity: 'H' | 'M' | 'L' | 'I';
  /** Lines that are as good. */
  readonly also?: readonly Range[];
  /** Rules whose finding says this one too. */
  readonly covered_by?: readonly string[];
}

export interface SetupCase {
  readonly id: string;
  readonly files: Files;
  readonly lines: number;
  readonly labels: readonly Label[];
  /** What is left out does not apply: reporting it is false. */
  readonly rules: Readonly<Record<string, 'fires' | 'no' | 'unsure' | 'implied'>>;
  /** Of a mutant: the clean case that its faults were put into. */
  readonly twin: string | null;
}

const folder = 'test/diagnostics/setup/cases';

export const setupCases = (): readonly SetupCase[] =>
  readdirSync(folder)
    .sort()
    .map((id) => {
      const { code_lines, findings, rules, twin_of } = JSON.parse(readFileSync(join(folder, id, 'label.json'), 'utf8'));
      return { id, files: filesIn(join(folder, id, 'code')), lines: code_lines, labels: findings, rules, twin: twin_of ?? null };
    });

/** Lines around a label that still point at it. */
const near = 3;
/** Rules that the labels know. */
const labelled = /^E-([0-2]\d|3[0-6])$/;

export interface SetupScore {
  readonly right: Readonly<Record<Severity, number>>;
  readonly wrong: Readonly<Record<Severity, number>>;
  readonly falseAlarms: readonly string[];
  readonly found: number;
  readonly missed: readonly string[];
  /** Findings whose place can be held against the label's. */
  readonly placed: number;
  readonly misplaced: readonly string[];
  /** On cases without any fault. */
  readonly cleanLines: number;
  readonly cleanAlarms: number;
  /** Mutants whose every fault is found, and not in their twin. */
  readonly told: number;
  readonly mutants: number;
}

export function scoreSetup(answers: readonly { readonly of: SetupCase; readonly findings: readonly SetupFinding[] }[]): SetupScore {
  const right = { critical: 0, warn: 0, note: 0, info: 0 };
  const wrong = { critical: 0, warn: 0, note: 0, info: 0 };
  const falseAlarms: string[] = [];
  const missed: string[] = [];
  const misplaced: string[] = [];
  let [found, placed, cleanLines, cleanAlarms] = [0, 0, 0, 0];
  const firedIn = new Map(answers.map(({ of, findings }) => [of.id, new Set(findings.map(({ rule }) => rule))]));
  for (const { of, findings } of answers) {
    const clean = of.labels.length === 0;
    if (clean) cleanLines += of.lines;
    const fired = firedIn.get(of.id) as ReadonlySet<string>;
    for (const rule of fired) {
      const status = of.rules[rule] ?? 'no';
      const worst = (findings.find((one) => one.rule === rule) as SetupFinding).severity;
      if (!labelled.test(rule) || status === 'unsure' || status === 'implied') continue;
      (status === 'fires' ? right : wrong)[worst] += 1;
      if (status === 'fires') continue;
      falseAlarms.push(`${of.id} ${rule}`);
      if (clean) cleanAlarms += 1;
    }
    for (const [rule, status] of Object.entries(of.rules)) {
      if (status !== 'fires') continue;
      const labels = of.labels.filter((one) => one.rule === rule);
      if (!fired.has(rule)) {
        if (!labels.some(({ covered_by }) => covered_by?.some((one) => fired.has(one)))) missed.push(`${of.id} ${rule}`);
        continue;
      }
      found += 1;
      const hits = findings.filter((one) => one.rule === rule).map((one) => isNear(one, labels));
      if (hits.every((hit) => hit === null)) continue;
      placed += 1;
      if (!hits.includes(true)) misplaced.push(`${of.id} ${rule}`);
    }
  }
  const mutants = answers.filter(({ of }) => of.twin !== null && firedIn.has(of.twin));
  const told = mutants.filter(({ of }) => of.labels.every(({ rule }) => firedIn.get(of.id)?.has(rule) && !firedIn.get(of.twin as string)?.has(rule)));
  return { right, wrong, falseAlarms, found, missed, placed, misplaced, cleanLines, cleanAlarms, told: told.length, mutants: mutants.length };
}

/** Null where one of both has no place. */
function isNear({ places: [place] }: SetupFinding, labels: readonly Label[]): boolean | null {
  const ranges = labels.flatMap((label) => [label, ...(label.also ?? [])]).filter(({ file, line_from }) => file !== null && line_from !== null);
  if (!place || ranges.length === 0) return null;
  return ranges.some(
    ({ file, line_from, line_to, cell }) =>
      file === place.file && (cell ?? null) === place.cell && (line_from as number) - near <= place.line && place.line <= (line_to as number) + near,
  );
}
