// The first step: which tracker, where, and as whom.

import { useId } from 'react';
import type { Refused, TrackerForm } from '../../../wire/trackers';
import { Button } from '../../widgets/button';
import { Checkbox } from '../../widgets/checkbox';
import { Icon } from '../../widgets/icon';
import { Select } from '../../widgets/select';
import { TextField } from '../../widgets/text-field';
import { Certificate } from './certificate';
import styles from './connect.module.css';
import { anyTracker, type Entered } from './form-state';
import type { KnownSecrets } from './known-secrets';

interface Props {
  readonly forms: readonly TrackerForm[];
  readonly form: TrackerForm | null;
  readonly entered: Entered;
  readonly onEnter: (change: Partial<Entered>) => void;
  readonly secrets: KnownSecrets;
  readonly refused: Refused | null;
  readonly onTrust: (pem: string) => void;
}

const addressOnly: TrackerForm['fields'] = [
  { id: 'address', label: 'Address', kind: 'address', required: true, placeholder: 'http://localhost:5000', help: '', value: '' },
];

export function ConnectForm({ forms, form, entered, onEnter, secrets, refused, onTrust }: Props) {
  const fields = form?.fields ?? addressOnly;
  const set = (id: string, value: string): void => onEnter({ values: { ...entered.values, [id]: value }, certificate: null });
  const hasSecret = fields.some(({ kind }) => kind === 'secret');
  const options = [{ value: anyTracker, label: 'Find out by the address' }, ...forms.map(({ id, title }) => ({ value: id, label: title }))];
  return (
    <div className={styles.form}>
      <div className={styles.row}>
        <span className={styles.name}>Tracker</span>
        <Select label="Tracker" wide value={entered.tracker} options={options} onPick={(tracker) => onEnter({ tracker })} />
        <span className={styles.help}>{form ? `Reads ${form.accepts}.` : `Diptych reads ${forms.map(({ title }) => title).join(', ')}.`}</span>
      </div>
      {fields.map((field) => (
        <Field
          key={field.id}
          field={field}
          value={entered.values[field.id] ?? ''}
          wrong={refused?.field === field.id}
          secrets={secrets}
          onText={(text) => set(field.id, text)}
        />
      ))}
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
      {refused && (
        <div className={styles.refused} role="alert">
          <Icon name="error" />
          <div>
            <p>{refused.message}</p>
            {refused.tip !== '' && <p className={styles.help}>{refused.tip}</p>}
          </div>
        </div>
      )}
      {refused?.certificate && <Certificate certificate={refused.certificate} onTrust={onTrust} />}
      <p className={styles.help}>Diptych only ever reads from a tracker. A token goes to the address above and nowhere else.</p>
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

function Field({ field: { id, label, kind, required, placeholder, help, value: known }, value, wrong, secrets, onText }: FieldProps) {
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
        aria-describedby={helpId}
        autoComplete="off"
        autoFocus={kind === 'address'}
        onText={onText}
      />
      <span className={styles.help} id={helpId}>
        {help} {isKept && <Button size="s" kind="ghost" onClick={() => secrets.forget(id)}>{`Forget the ${label.toLowerCase()}`}</Button>}
      </span>
    </div>
  );
}
