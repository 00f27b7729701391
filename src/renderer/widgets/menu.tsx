// Menus from data: under a button, or at the pointer. One shape of item for both.

import { ContextMenu as BaseContext } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './class-names';
import { Icon, type IconName } from './icon';
import { Keys } from './keys';
import styles from './menu.module.css';

export type MenuItem =
  | {
      readonly kind?: 'action';
      readonly label: string;
      readonly icon?: IconName;
      readonly keys?: string;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      readonly onPick: () => void;
    }
  | { readonly kind: 'check'; readonly label: string; readonly checked: boolean; readonly onChange: (checked: boolean) => void }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly value: string;
      readonly options: readonly { value: string; label: string }[];
      readonly onPick: (value: string) => void;
    }
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'line' };

/** A function is asked when the menu opens. */
type Items = readonly MenuItem[] | (() => readonly MenuItem[]);

interface MenuProps {
  readonly items: Items;
  /** The button that opens it. */
  readonly children: ReactElement;
  readonly align?: 'start' | 'end';
}

export function Menu({ items, children, align = 'start' }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            <ItemList items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface ContextMenuProps {
  /** Asked when it opens. */
  readonly items: () => readonly MenuItem[];
  readonly children: ReactNode;
  readonly className?: string;
  readonly onOpen?: (open: boolean) => void;
}

/** A menu at the pointer, over everything inside. */
export function ContextMenu({ items, children, className, onOpen }: ContextMenuProps) {
  return (
    <BaseContext.Root onOpenChange={(open) => onOpen?.(open)}>
      <BaseContext.Trigger className={className}>{children}</BaseContext.Trigger>
      <BaseContext.Portal>
        <BaseContext.Positioner className={styles.positioner}>
          <BaseContext.Popup className={styles.popup}>
            <ItemList items={items} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  );
}

const ItemList = ({ items }: { readonly items: Items }) => (typeof items === 'function' ? items() : items).map((item, at) => drawItem(item, at));

// Items have no identity of their own: their place is their key.
function drawItem(item: MenuItem, key: number): ReactNode {
  switch (item.kind) {
    case 'line':
      return <Base.Separator key={key} className={styles.line} />;
    case 'heading':
      return (
        <div key={key} className={styles.heading}>
          {item.label}
        </div>
      );
    case 'check':
      return (
        <Base.CheckboxItem key={key} checked={item.checked} onCheckedChange={item.onChange} className={styles.item}>
          <span className={styles.slot}>
            <Base.CheckboxItemIndicator>
              <Icon name="check" size={14} />
            </Base.CheckboxItemIndicator>
          </span>
          <span className={styles.label}>{item.label}</span>
        </Base.CheckboxItem>
      );
    case 'choice':
      return (
        <Base.RadioGroup key={key} value={item.value} onValueChange={(value: string) => item.onPick(value)} aria-label={item.label}>
          <div className={styles.heading}>{item.label}</div>
          {item.options.map((option) => (
            <Base.RadioItem key={option.value} value={option.value} className={styles.item} closeOnClick>
              <span className={styles.slot}>
                <Base.RadioItemIndicator>
                  <Icon name="check" size={14} />
                </Base.RadioItemIndicator>
              </span>
              <span className={styles.label}>{option.label}</span>
            </Base.RadioItem>
          ))}
        </Base.RadioGroup>
      );
    default:
      return (
        <Base.Item key={key} disabled={item.disabled} onClick={item.onPick} className={cx(styles.item, item.danger && styles.danger)}>
          <span className={styles.slot}>{item.icon && <Icon name={item.icon} size={14} />}</span>
          <span className={styles.label}>{item.label}</span>
          {item.keys && <Keys keys={item.keys} />}
        </Base.Item>
      );
  }
}
