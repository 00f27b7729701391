// An on/off switch with its words beside it.

import { Switch as Base } from '@base-ui/react/switch';
import styles from './switch.module.css';

interface Props {
  readonly label: string;
  /** Its name for assistive technology, where the words beside it only say how it stands. */
  readonly name?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function Switch({ label, name, checked, onChange, disabled = false }: Props) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control
    <label className={styles.label}>
      <Base.Root aria-label={name} checked={checked} onCheckedChange={onChange} disabled={disabled} className={styles.track}>
        <Base.Thumb className={styles.thumb} />
      </Base.Root>
      <span>{label}</span>
    </label>
  );
}
