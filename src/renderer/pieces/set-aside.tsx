// Setting a finding aside with a reason and an end: it is still found, and listed as set aside.

import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { RunId } from '../../core/base/units';
import { endOf, endText } from '../../core/project/dates';
import type { Waiver } from '../../core/project/project';
import { useProject, waive, withdrawWaiver } from '../state/project';
import { Button } from '../widgets/button';
import { Checkbox } from '../widgets/checkbox';
import { TextField } from '../widgets/text-field';
import styles from './pieces.module.css';

interface Props {
  readonly rule: string;
  /** Null where it is about no single run. */
  readonly run: RunId | null;
  readonly waiver: Waiver | null;
}

export function SetAside({ rule, run, waiver }: Props) {
  const [, change] = useProject();
  const [open, setOpen] = useState(false);
  if (waiver)
    return (
      <div className={styles.waived}>
        <p>
          Set aside by a person{waiver.run === null ? ' for all runs' : ''}, {waiver.untilMs === null ? 'for good' : `until ${endText(waiver.untilMs)}`}:{' '}
          {waiver.reason}
        </p>
        <Button size="s" onClick={() => change(`take back a waiver of ${rule}`, withdrawWaiver(waiver))}>
          Take back
        </Button>
      </div>
    );
  if (!open)
    return (
      <Button size="s" className={styles.setAside} onClick={() => setOpen(true)}>
        Set aside…
      </Button>
    );
  return <Form rule={rule} run={run} onDone={() => setOpen(false)} />;
}

function Form({ rule, run, onDone }: { readonly rule: string; readonly run: RunId | null; readonly onDone: () => void }) {
  const [, change] = useProject();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [all, setAll] = useState(run === null);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  // Where the form opens there may be no room: it comes into sight, ready to be written in.
  useEffect(() => {
    form.current?.querySelector('input')?.focus();
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const ready = reason.trim() !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    change(`set ${rule} aside`, waive({ rule, run: all ? null : run, reason: reason.trim().slice(0, 2000), untilMs: until === '' ? null : endOf(until) }));
    onDone();
  };
  return (
    <form ref={form} className={styles.waived} aria-label={`Set ${rule} aside`} onSubmit={submit}>
      <TextField label="Why it may be left aside" value={reason} onText={setReason} maxLength={2000} />
      <label className={styles.until} htmlFor={id}>
        Until <input id={id} type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
        <span className={styles.muted}>{until === '' ? 'for good' : 'the last day on which it holds'}</span>
      </label>
      {run !== null && <Checkbox label="For all runs" checked={all} onChange={setAll} />}
      <div className={styles.formActions}>
        <Button type="submit" kind="primary" size="s" disabled={!ready}>
          Set aside
        </Button>
        <Button size="s" kind="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
