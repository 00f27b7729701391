// Buttons: with words, or an icon alone (which then needs a label and gets a tooltip).

import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { cx } from './class-names';
import { Icon, type IconName } from './icon';
import { Tooltip } from './tooltip';

type Native = Omit<ComponentProps<'button'>, 'children'>;

export interface ButtonProps extends Native {
  readonly kind?: 'primary' | 'plain' | 'ghost' | 'danger';
  readonly size?: 'm' | 's';
  readonly icon?: IconName;
  /** Shown as on: a switch drawn as a button. */
  readonly pressed?: boolean;
  readonly children: ReactNode;
}

export function Button({ kind = 'plain', size = 'm', icon, pressed, children, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      {...rest}
      className={cx(styles.button, styles[kind], size === 's' && styles.small, pressed && styles.pressed, className)}
    >
      {icon && <Icon name={icon} size={size === 's' ? 14 : 16} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Native {
  readonly icon: IconName;
  /** Says what it does; also the tooltip. */
  readonly label: string;
  readonly keys?: string;
  readonly size?: 'm' | 's';
  readonly pressed?: boolean;
}

export function IconButton({ icon, label, keys, size = 'm', pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys === undefined ? {} : { keys })}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
        className={cx(styles.button, styles.ghost, styles.iconOnly, size === 's' && styles.small, pressed && styles.pressed, className)}
      >
        <Icon name={icon} size={size === 's' ? 14 : 16} />
      </button>
    </Tooltip>
  );
}
