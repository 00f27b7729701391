// A line of text to type into, with an icon before it and a way to empty it.

import type { ComponentProps, Ref } from 'react';
import { cx } from './class-names';
import { Icon, type IconName } from './icon';
import styles from './text-field.module.css';

interface Props extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'ref'> {
  readonly label: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly icon?: IconName;
  readonly mono?: boolean;
  readonly wrong?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function TextField({ label, value, onText, icon, mono, wrong, inputRef, className, ...rest }: Props) {
  return (
    <span className={cx(styles.field, wrong && styles.wrong, className)}>
      {icon && <Icon name={icon} size={14} />}
      <input
        ref={inputRef}
        type="text"
        aria-label={label}
        aria-invalid={wrong || undefined}
        spellCheck={false}
        autoComplete="off"
        placeholder={label}
        {...rest}
        value={value}
        onChange={(event) => onText(event.target.value)}
        className={cx(styles.input, mono && styles.mono)}
      />
      {value !== '' && (
        <button type="button" className={styles.clear} aria-label={`Clear: ${label}`} onClick={() => onText('')}>
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  );
}
