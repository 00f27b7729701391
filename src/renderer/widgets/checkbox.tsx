// A checkbox with three states.

import { Checkbox as Base } from '@base-ui/react/checkbox';
import type { ReactNode } from 'react';
import styles from './checkbox.module.css';
import { Icon } from './icon';

interface Props {
  readonly checked: boolean;
  /** Some of many: drawn as a dash. */
  readonly mixed?: boolean;
  readonly onChange: (checked: boolean, event: { readonly shiftKey: boolean }) => void;
  /** Its name; drawn beside it unless `bare`. */
  readonly label: string;
  readonly bare?: boolean;
  readonly disabled?: boolean;
  readonly hint?: ReactNode;
}

export function Checkbox({ checked, mixed = false, onChange, label, bare = false, disabled = false, hint }: Props) {
  const box = (
    <Base.Root
      checked={checked}
      indeterminate={mixed}
      disabled={disabled}
      aria-label={bare ? label : undefined}
      className={styles.box}
      onCheckedChange={(next, details) => onChange(next, { shiftKey: (details.event as Partial<MouseEvent>).shiftKey === true })}
    >
      <Base.Indicator className={styles.mark}>
        <Icon name={mixed ? 'minus' : 'check'} size={12} />
      </Base.Indicator>
    </Base.Root>
  );
  if (bare) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control
    <label className={styles.label}>
      {box}
      <span>{label}</span>
      {hint}
    </label>
  );
}
