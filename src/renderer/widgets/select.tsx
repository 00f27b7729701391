// A drop-down of named values.

import { Select as Base } from '@base-ui/react/select';
import { cx } from './class-names';
import { Icon, type IconName } from './icon';
import styles from './select.module.css';

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
  /** A quiet note at the right, such as a count. */
  readonly note?: string;
}

interface Props<V extends string> {
  /** Its name, for assistive technology. */
  readonly label: string;
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly onPick: (value: V) => void;
  readonly icon?: IconName;
  /** Fills the width that is there. */
  readonly wide?: boolean;
  readonly disabled?: boolean;
}

export function Select<V extends string>({ label, value, options, onPick, icon, wide, disabled }: Props<V>) {
  return (
    <Base.Root
      value={value}
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      modal={false}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onPick(next as V);
      }}
    >
      <Base.Trigger aria-label={label} className={cx(styles.trigger, wide && styles.wide)}>
        {icon && <Icon name={icon} size={14} />}
        <Base.Value className={styles.value} />
        <Icon name="chevron-down" size={12} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={styles.item}>
                  <span className={styles.slot}>
                    <Base.ItemIndicator>
                      <Icon name="check" size={14} />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText className={styles.text}>{option.label}</Base.ItemText>
                  {option.note && <span className={styles.note}>{option.note}</span>}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
