// A dialog over the window: Esc and a click beside it close it, focus stays inside.

import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { cx } from './class-names';
import styles from './dialog.module.css';
import { Icon } from './icon';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Leaves the title to assistive technology only (the palette). */
  readonly bare?: boolean;
  readonly width?: 's' | 'm' | 'l' | 'xl';
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

export function Dialog({ open, onClose, title, bare, width = 'm', footer, children }: Props) {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={cx(styles.popup, styles[width], bare && styles.bare)}>
          <header className={bare ? 'visually-hidden' : styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close className={styles.close} aria-label="Close">
              <Icon name="close" />
            </Base.Close>
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
