// A checkbox with three states: the browser's own, drawn in our colours. Lists have thousands, so it must be light.

import { type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './checkbox.module.css';

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
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (box.current) box.current.indeterminate = mixed;
  }, [mixed]);
  const input = (
    <input
      ref={box}
      type="checkbox"
      className={styles.box}
      checked={checked}
      disabled={disabled}
      aria-label={bare ? label : undefined}
      onChange={(event) => onChange(event.target.checked, { shiftKey: (event.nativeEvent as Partial<MouseEvent>).shiftKey === true })}
    />
  );
  if (bare) return input;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control
    <label className={styles.label}>
      {input}
      <span>{label}</span>
      {hint}
    </label>
  );
}
