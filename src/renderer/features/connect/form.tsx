// The first step: which tracker, where, and as whom.

import { useEffect, useId, useRef } from 'react';
import type { Refused, TrackerForm } from '../../../wire/trackers';
import type { KnownConnection } from '../../state/settings';
import { Button, IconButton } from '../../widgets/button';
import { Checkbox } from '../../widgets/checkbox';
import { Icon } from '../../widgets/icon';
import { Select } from '../../widgets/select';
import { TextField } from '../../widgets/text-field';
import { withCode } from '../../widgets/with-code';
import { Certificate } from './certificate';
import styles from './connect.module.css';
import { anyTracker, type Entered } from './form-state';
import { KeyPage } from './key-page';
import type { KnownSecrets } from './known-secrets';

interface Props {
  readonly forms: readonly TrackerForm[];
  readonly form: TrackerForm | null;
  readonly entered: Entered;
  readonly onEnter: (change: Partial<Entered>) => void;
  readonly known: readonly KnownConnection[];
  readonly onKnown: (connection: KnownConnection) => void;
  readonly onForget: (connection: KnownConnection) => void;
  readonly secrets: KnownSecrets;
  readonly refused: Refused | null;
  readonly onTrust: (pem: string) => void;
}

const addressOnly: TrackerForm['fields'] = [
  { id: 'address', label: 'Address', kind: 'address', required: true, placeholder: 'http://localhost:5000', help: '', page: '', value: '' },
];

export function ConnectForm({ forms, form, entered, onEnter, known, onKnown, onForget, secrets, refused, onTrust }: Props) {
  const fields = form?.fields ?? addressOnly;
  const set = (id: string, value: string): void => onEnter({ values: { ...entered.values, [id]: value }, certificate: null });
  const refusal = useRef<HTMLDivElement>(null);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!refused) return;
    // What is to be entered next has the focus; a long form ends below the edge of a small window.
    const wrong = refused.field ?? (refused.code === 'unauthorised' ? fields.find(({ kind }) => kind === 'secret')?.id : undefined);
    if (wrong !== undefined) root.current?.querySelector<HTMLInputElement>(`input[data-field="${wrong}"]`)?.focus({ preventScroll: true });
    refusal.current?.scrollIntoView?.({ block: 'nearest' });
  }, [refused, fields]);
  const hasSecret = fields.some(({ kind }) => kind === 'secret');
  const options = [{ value: anyTracker, label: 'Find out by the address' }, ...forms.map(({ id, title }) => ({ value: id, label: title }))];
  const titleOf = (id: string): string => forms.find((one) => one.id === id)?.title ?? id;
  return (
    <div className={styles.form} ref={root}>
      {known.length > 0 && (
        <div className={styles.row}>
          <span className={styles.name}>Before</span>
          <ul className={styles.known} aria-label="Connected to before">
            {known.map((one) => (
              <li key={JSON.stringify(one)} className={styles.one}>
                <Button size="s" title={titleOf(one.tracker)} onClick={() => onKnown(one)}>
                  {one.values.place ?? one.values.address ?? titleOf(one.tracker)}
                </Button>
                <IconButton
                  icon="close"
                  size="s"
                  label={`Forget ${one.values.place ?? one.values.address ?? titleOf(one.tracker)}`}
                  onClick={() => onForget(one)}
                />
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className={styles.row}>
        <span className={styles.name}>Tracker</span>
        <Select label="Tracker" wide value={entered.tracker} options={options} onPick={(tracker) => onEnter({ tracker })} />
        <span className={styles.help}>
          {form?.hasEnded
            ? ''
            : form
              ? withCode(`Reads ${form.accepts}.`)
              : 'An address is enough: which tracker answers there is found out, without credentials.'}
        </span>
      </div>
      {form?.hasEnded ? (
        <p className={styles.ended}>{form.fields[0]?.help}</p>
      ) : (
        fields.map((field) => (
          <Field
            key={field.id}
            field={field}
            value={entered.values[field.id] ?? ''}
            wrong={refused?.field === field.id}
            secrets={secrets}
            onText={(text) => set(field.id, text)}
          />
        ))
      )}
      {hasSecret && secrets.protection && (
        <div className={styles.row}>
          <span className={styles.name} />
          <Checkbox
            label={secrets.protection.kind === 'memory' ? 'Keep it until Diptych ends' : 'Remember it on this machine'}
            checked={secrets.protection.kind === 'memory' || entered.remember}
            disabled={secrets.protection.kind === 'memory'}
            onChange={(remember) => onEnter({ remember })}
          />
          <span className={styles.help}>{secrets.protection.words}</span>
        </div>
      )}
      {refused && !form?.hasEnded && (
        <div className={styles.refused} role="alert" ref={refusal}>
          <Icon name="error" />
          <div>
            <p>{withCode(refused.message)}</p>
            {refused.tip !== '' && <p className={styles.help}>{refused.tip}</p>}
          </div>
        </div>
      )}
      {refused?.certificate && <Certificate certificate={refused.certificate} onTrust={onTrust} />}
      {!form?.hasEnded && (
        <p className={styles.help}>
          Diptych only ever reads from a tracker. {hasSecret && 'What is secret goes to the address above and nowhere else. '}
          {!form && (
            <>
              A folder on another machine: run <code>diptych serve FOLDER</code> there, which says the ssh command that leads to it.
            </>
          )}
        </p>
      )}
    </div>
  );
}

interface FieldProps {
  readonly field: TrackerForm['fields'][number];
  readonly value: string;
  readonly wrong: boolean;
  readonly secrets: KnownSecrets;
  readonly onText: (text: string) => void;
}

function Field({ field: { id, label, kind, required, placeholder, help, page, value: known }, value, wrong, secrets, onText }: FieldProps) {
  const helpId = useId();
  const isKept = secrets.kept.has(id);
  const hint = isKept ? 'kept: leave empty to use it' : kind === 'secret' ? '' : placeholder || known;
  return (
    <div className={styles.row}>
      <span className={styles.name}>
        {label}
        {required && <span aria-hidden="true"> *</span>}
      </span>
      <TextField
        label={label}
        type={kind === 'secret' ? 'password' : 'text'}
        inputMode={kind === 'address' ? 'url' : 'text'}
        value={value}
        placeholder={hint}
        required={required}
        wrong={wrong}
        mono={kind !== 'text'}
        data-field={id}
        aria-describedby={helpId}
        autoComplete="off"
        autoFocus={kind === 'address'}
        onText={onText}
      />
      <span className={styles.help} id={helpId}>
        {withCode(help)} {page !== '' && <KeyPage address={page} />}
        {isKept && (
          <Button size="s" kind="ghost" onClick={() => secrets.forget(id)}>
            Forget what is kept
          </Button>
        )}
      </span>
    </div>
  );
}
