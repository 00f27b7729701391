// Does something a short while after it was last wished for; registered as work until it is done.

import type { Idle } from './idle';

const restMs = 400;

export interface Later {
  soon(): void;
  /** Gives the wish up. True where there was one. */
  cancel(): boolean;
}

export function later(idle: Pick<Idle, 'begin'>, work: () => Promise<void>): Later {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let end: (() => void) | null = null;
  const settle = (): void => {
    if (timer !== null) return;
    end?.();
    end = null;
  };
  return {
    soon: () => {
      if (timer !== null) clearTimeout(timer);
      end ??= idle.begin('save');
      timer = setTimeout(() => {
        timer = null;
        work().then(settle, settle);
      }, restMs);
    },
    cancel: () => {
      if (timer === null) return false;
      clearTimeout(timer);
      timer = null;
      settle();
      return true;
    },
  };
}
