// What people said of one item of one run, and the forms to say it: apart from the evidence, signed and dated, taken back with one press.

import { useState } from 'react';
import type { Run } from '../../../core/model/run';
import { endText, momentText } from '../../../core/project/dates';
import type { JudgedItem } from '../../../core/reproducibility/checklist';
import { useProject, withdrawAttestation, withdrawWaiver } from '../../state/project';
import { Button } from '../../widgets/button';
import styles from './reproducibility.module.css';
import { AttestForm, WaiveForm } from './statement-forms';

interface Props {
  readonly run: Run;
  readonly item: JudgedItem;
}

export function StatementPart({ run, item }: Props) {
  const [form, setForm] = useState<'attest' | 'waive' | null>(null);
  const gap = item.verdict !== 'pass' && item.verdict !== 'n.a.';
  if (!gap && !item.attested && !item.waived) return null;
  const close = () => setForm(null);
  return (
    <section className={styles.statements} aria-label="Statements">
      <h3>Said by people</h3>
      <Said item={item} />
      {form === 'attest' && <AttestForm run={run.id} item={item.meta.id} onDone={close} />}
      {form === 'waive' && <WaiveForm run={run.id} item={item.meta.id} onDone={close} />}
      {form === null && gap && (
        <div className={styles.actions}>
          <Button size="s" onClick={() => setForm('attest')}>
            {item.attested ? 'Attest again…' : 'Attest…'}
          </Button>
          <Button size="s" onClick={() => setForm('waive')}>
            {item.waived ? 'Change waiver…' : 'Waive…'}
          </Button>
        </div>
      )}
    </section>
  );
}

function Said({ item: { meta, attested, waived } }: { readonly item: JudgedItem }) {
  const [, change] = useProject();
  if (!attested && !waived)
    return (
      <p className={styles.muted}>Nothing yet. Attest what you know and the run does not show; it counts half at most. Waive what does not matter here.</p>
    );
  return (
    <>
      {attested && (
        <blockquote className={styles.statement}>
          <p>{attested.note}</p>
          <footer>
            Attested by {attested.by} on {momentText(attested.atMs).slice(0, 10)}, for {attested.run === null ? 'all runs' : 'this run'}.
            <Button size="s" kind="ghost" onClick={() => change(`take back: ${meta.id} attested`, withdrawAttestation(attested))}>
              Take back
            </Button>
          </footer>
        </blockquote>
      )}
      {waived && (
        <blockquote className={styles.statement}>
          <p>{waived.reason}</p>
          <footer>
            Waived {waived.untilMs === null ? 'for good' : `until ${endText(waived.untilMs)}`}, for {waived.run === null ? 'all runs' : 'this run'}.
            <Button size="s" kind="ghost" onClick={() => change(`take back: ${meta.id} waived`, withdrawWaiver(waived))}>
              Take back
            </Button>
          </footer>
        </blockquote>
      )}
    </>
  );
}
