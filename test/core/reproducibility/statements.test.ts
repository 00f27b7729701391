// What people say: shown apart from evidence, worth half at most, lifts no cap; waivers end.
import { describe, expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import { type Attestation, emptyProject, type Waiver } from '../../../src/core/project/project';
import { attestationOf, endedWaiverOf, type Statements, waiverOf } from '../../../src/core/project/statements';
import { checkRun } from '../../../src/core/reproducibility/checklist';
import { type ExamplePatch, exampleContext } from '../../../src/core/reproducibility/example';
import { items } from '../../../src/core/reproducibility/index';

const run = String(runId('example'));
const word = (item: string, more: Partial<Attestation> = {}): Attestation => ({ item, run: null, by: 'Kim', note: 'I know', atMs: 1, ...more });
const aside = (rule: string, more: Partial<Waiver> = {}): Waiver => ({ rule, run: null, reason: 'why', untilMs: null, ...more });
const said = (attestations: readonly Attestation[], waivers: readonly Waiver[] = [], nowMs = 100): Statements => ({
  project: { ...emptyProject, attestations, waivers },
  nowMs,
});
const judged = (patch: ExamplePatch, statements?: Statements) => checkRun(exampleContext(patch), items, statements);
const itemOf = (checklist: ReturnType<typeof judged>, id: string) => checklist.items.find(({ meta }) => meta.id === id);

describe('attestations', () => {
  test('leave verdict and evidence as they are, and stand beside them', () => {
    const before = itemOf(judged({}), 'R06');
    const after = itemOf(judged({}, said([word('R06')])), 'R06');
    expect(after).toMatchObject({ verdict: before?.verdict, reason: before?.reason, evidence: before?.evidence, attested: { by: 'Kim' } });
  });

  test.each(items.map(({ meta }) => meta.id))('%s attested is worth half its weight at most, and a pass gains nothing', (id) => {
    for (const patch of [{}, ...(items.find(({ meta }) => meta.id === id)?.examples.map((example) => example.run) ?? [])]) {
      const before = judged(patch);
      const after = judged(patch, said([word(id)]));
      const verdict = itemOf(before, id)?.verdict;
      const gained = (after.score.proven ?? 0) - (before.score.proven ?? 0);
      if (verdict === 'unknown' || verdict === 'fail') expect(gained).toBeGreaterThan(0);
      else expect(gained).toBe(0);
      expect(after.score.attested ?? 0).toBeCloseTo(gained, 12);
      expect(after.score.coverage).toBe(before.score.coverage);
      expect(after.score.bestCase).toBeGreaterThanOrEqual(after.score.proven ?? 0);
    }
  });

  test('all items attested prove half, decide nothing, and lift no cap', () => {
    const { score } = judged({}, said(items.map(({ meta }) => word(meta.id))));
    expect(score).toMatchObject({ proven: 0.5, attested: 0.5, coverage: 0, bestCase: 1 });
    expect(score.caps).toEqual(judged({}).score.caps);
    const failed: ExamplePatch = { params: { seed: null } };
    expect(judged(failed, said(items.map(({ meta }) => word(meta.id)))).score.grade).toBe('D');
  });

  test('one on the run goes before one on the project, a later one before an earlier', () => {
    const statements = said([word('R06', { atMs: 9 }), word('R06', { run, note: 'first', atMs: 1 }), word('R06', { run, note: 'second', atMs: 2 })]);
    expect(attestationOf(statements, 'R06', run)?.note).toBe('second');
    expect(attestationOf(statements, 'R06', 'another')?.note).toBe('I know');
    expect(attestationOf(statements, 'R07', run)).toBeNull();
  });
});

describe('waivers', () => {
  test('change no score', () => {
    const with_ = judged({}, said([], [aside('R06'), aside('R01')]));
    expect(with_.score).toEqual(judged({}).score);
    expect(itemOf(with_, 'R06')?.waived).toMatchObject({ reason: 'why' });
  });

  test('hold until their end and not a moment longer', () => {
    const waivers = [aside('R06', { untilMs: 100 })];
    expect(waiverOf(said([], waivers, 99), 'R06', run)).not.toBeNull();
    expect(waiverOf(said([], waivers, 100), 'R06', run)).toBeNull();
    expect(endedWaiverOf(said([], waivers, 100), 'R06', run)).toEqual(waivers[0]);
    expect(endedWaiverOf(said([], waivers, 99), 'R06', run)).toBeNull();
    expect(itemOf(judged({}, said([], waivers, 100)), 'R06')?.waived).toBeNull();
  });

  test('of several the one that holds longest counts', () => {
    const statements = said([], [aside('R06', { untilMs: 150 }), aside('R06', { reason: 'long' }), aside('R06', { untilMs: 10 })]);
    expect(waiverOf(statements, 'R06', run)?.reason).toBe('long');
  });
});
