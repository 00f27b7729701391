// A hint on hover and focus. The trigger keeps its own accessible name: a tooltip is never the only place of a fact.

import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Keys } from './keys';
import styles from './tooltip.module.css';

interface Props {
  readonly text: ReactNode;
  /** The shortcut, as in registry/commands.ts. */
  readonly keys?: string;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  /** The one element that it belongs to. */
  readonly children: ReactElement;
}

export function Tooltip({ text, keys, side = 'bottom', children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            {text}
            {keys && <Keys keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Around the app: neighbouring tooltips open at once after the first. */
export const TooltipProvider = ({ children }: { readonly children: ReactNode }) => <Base.Provider delay={450}>{children}</Base.Provider>;
