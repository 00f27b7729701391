// Forms of a statement: who says it and why; a waiver has a reason and a last day.

import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { RunId } from '../../../core/base/units';
import { endOf } from '../../../core/project/dates';
import { setting as personSetting } from '../../settings/items/person';
import { useApp, useSetting } from '../../state/app';
import { attest, useProject, waive } from '../../state/project';
import { choose } from '../../state/settings';
import { Button } from '../../widgets/button';
import { Checkbox } from '../../widgets/checkbox';
import { TextField } from '../../widgets/text-field';
import styles from './reproducibility.module.css';

interface Props {
  readonly run: RunId;
  readonly item: string;
  readonly onDone: () => void;
}

/** Longest note; more belongs into a document of its own. */
const longest = 2000;

export function AttestForm({ run, item, onDone }: Props) {
  const app = useApp();
  const [, change] = useProject();
  const person = useSetting(personSetting);
  const [by, setBy] = useState(person);
  const [note, setNote] = useState('');
  const [all, setAll] = useState(false);
  const save = (): void => {
    app.settings.setState(choose(personSetting, by.trim()));
    change(`attest ${item}`, attest({ item, run: all ? null : run, by: by.trim(), note: note.trim(), atMs: Date.now() }));
    onDone();
  };
  return (
    <Form title={`Attest ${item}`} ready={by.trim() !== '' && note.trim() !== ''} onSave={save} onDone={onDone} all={all} onAll={setAll}>
      <TextField label="Your name" value={by} onText={setBy} maxLength={200} />
      <Note label="What you know, and how" value={note} onText={setNote} />
    </Form>
  );
}

export function WaiveForm({ run, item, onDone }: Props) {
  const [, change] = useProject();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [all, setAll] = useState(false);
  const id = useId();
  const save = (): void => {
    change(`waive ${item}`, waive({ rule: item, run: all ? null : run, reason: reason.trim(), untilMs: until === '' ? null : endOf(until) }));
    onDone();
  };
  return (
    <Form title={`Waive ${item}`} ready={reason.trim() !== ''} onSave={save} onDone={onDone} all={all} onAll={setAll}>
      <Note label="Why it may be left aside" value={reason} onText={setReason} />
      <label className={styles.until} htmlFor={id}>
        Until
        <input id={id} type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
        <span className={styles.muted}>{until === '' ? 'for good' : 'the last day on which it holds'}</span>
      </label>
    </Form>
  );
}

interface FormProps {
  readonly title: string;
  readonly ready: boolean;
  readonly onSave: () => void;
  readonly onDone: () => void;
  readonly all: boolean;
  readonly onAll: (all: boolean) => void;
  readonly children: ReactNode;
}

function Form({ title, ready, onSave, onDone, all, onAll, children }: FormProps) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) onSave();
  };
  return (
    <form className={styles.form} aria-label={title} onSubmit={submit}>
      {children}
      <Checkbox label="For all runs of the project" checked={all} onChange={onAll} />
      <div className={styles.actions}>
        <Button type="submit" kind="primary" size="s" disabled={!ready}>
          {title}
        </Button>
        <Button size="s" kind="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

const Note = ({ label, value, onText }: { readonly label: string; readonly value: string; readonly onText: (text: string) => void }) => (
  <textarea
    className={styles.note}
    aria-label={label}
    placeholder={label}
    rows={3}
    maxLength={longest}
    value={value}
    onChange={(event) => onText(event.target.value)}
  />
);
