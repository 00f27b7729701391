// The labelled trainings of test/diagnostics/health, read as the product reads them, and how findings are scored against their labels.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Finding, severityOrder } from '../../src/core/health/finding';
import { ingest } from '../../src/core/ingest/ingest';
import type { ReadRun } from '../../src/core/model/run';
import { defaultLimits } from '../../src/core/source/reader';
import { nodeSha256 } from '../../src/host/sha256';
import { pathSource } from '../../src/host/sources/folder';
import { asset } from './read';

export interface HealthLabel {
  /** Null for a healthy run. */
  readonly fault: string | null;
  readonly must: readonly string[];
  /** At least one rule of each group. */
  readonly must_any: readonly (readonly string[])[];
  /** Neither right nor wrong. */
  readonly may: readonly string[];
  readonly onset_step: number | null;
  readonly run_length: number;
  /** Header → canonical role (`train.loss`, `val.acc`, `lr`, `gn`). */
  readonly columns: Readonly<Record<string, string>>;
}

export interface HealthCase {
  readonly id: string;
  readonly label: HealthLabel;
  /** Usually one; several with the same params and seed for rules across runs. */
  readonly runs: readonly ReadRun[];
}

const folder = 'test/diagnostics/health';

export async function healthCases(): Promise<readonly HealthCase[]> {
  const cases: HealthCase[] = [];
  for (const id of readdirSync(folder).sort()) {
    const label = JSON.parse(readFileSync(join(folder, id, 'label.json'), 'utf8')) as HealthLabel;
    const paths = readdirSync(join(folder, id), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [resolve(folder, id, entry.name)] : []));
    const runs: ReadRun[] = [];
    for (const path of paths.sort()) runs.push(await readOne(path));
    cases.push({ id, label, runs });
  }
  return cases;
}

async function readOne(path: string): Promise<ReadRun> {
  for await (const event of ingest([pathSource(path)], {
    signal: new AbortController().signal,
    limits: defaultLimits,
    keepContents: false,
    asset,
    sha256: nodeSha256,
  })) {
    if (event.kind === 'run') return event.read;
  }
  throw new Error(`no run in ${path}`);
}

/** Rules younger than the labels: neither right nor wrong. */
const unlabelled = new Set(['A-36', 'A-37']);
/** Rules whose place is no onset. */
const withoutOnset = new Set(['A-08', 'A-09', 'A-10', 'A-13', 'A-14', 'A-16', 'A-20', 'A-23', 'A-25', 'A-27', 'A-35']);

export interface HealthScore {
  /** Demanded rules that fired, demanded rules in all (a group counts once). */
  readonly caught: number;
  readonly demanded: number;
  readonly missed: readonly string[];
  /** By severity: findings that the label allows, and all. */
  readonly right: Readonly<Record<Finding['severity'], number>>;
  readonly said: Readonly<Record<Finding['severity'], number>>;
  /** Findings of warn or worse that a healthy run's label does not allow, and the healthy runs. */
  readonly falseAlarms: readonly string[];
  readonly healthy: number;
  /** Distance of onsets from the label, as shares of the run. */
  readonly onsetErrors: readonly number[];
}

/** As the scorer that comes with the labels counts. `judged` only: rules that are registered, so that what others write is not demanded. */
export function scoreOf(
  answers: readonly { readonly label: HealthLabel; readonly id: string; readonly findings: readonly Pick<Finding, 'rule' | 'severity' | 'onset'>[] }[],
  judged: ReadonlySet<string>,
): HealthScore {
  const right = { note: 0, warn: 0, critical: 0 };
  const said = { note: 0, warn: 0, critical: 0 };
  const falseAlarms: string[] = [];
  const missed: string[] = [];
  const onsetErrors: number[] = [];
  let caught = 0;
  let demanded = 0;
  for (const { id, label, findings } of answers) {
    const fired = new Map<string, Pick<Finding, 'rule' | 'severity' | 'onset'>>();
    for (const finding of findings) {
      const before = fired.get(finding.rule);
      if (!unlabelled.has(finding.rule) && (!before || severityOrder[finding.severity] > severityOrder[before.severity])) fired.set(finding.rule, finding);
    }
    const wanted = [...label.must.map((rule) => [rule]), ...label.must_any].filter((group) => group.some((rule) => judged.has(rule)));
    for (const group of wanted) {
      demanded += 1;
      if (group.some((rule) => fired.has(rule))) caught += 1;
      else missed.push(`${id} ${group.join('|')}`);
    }
    const asked = new Set([...label.must, ...label.must_any.flat()]);
    for (const [rule, { severity, onset }] of fired) {
      const allowed = asked.has(rule) || label.may.includes(rule);
      said[severity] += 1;
      if (allowed) right[severity] += 1;
      else if (label.fault === null && severity !== 'note') falseAlarms.push(`${id} ${rule}`);
      if (asked.has(rule) && label.onset_step !== null && onset && !withoutOnset.has(rule))
        onsetErrors.push(Math.abs(onset.step - label.onset_step) / Math.max(1, label.run_length));
    }
  }
  return { caught, demanded, missed, right, said, falseAlarms, healthy: answers.filter(({ label }) => label.fault === null).length, onsetErrors };
}
