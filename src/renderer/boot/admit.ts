// Shows runs that were stored: at once while there are few, in portions when each showing costs as much as many runs do.

import type { Run } from '../../core/model/run';
import type { Written } from '../workers/importer';

interface AdmitDeps {
  /** Runs that are on the screen. */
  readonly shown: () => number;
  readonly show: (written: readonly Written[]) => void;
  /** Registers that something is still to be shown. */
  readonly begin: (label: string) => () => void;
  readonly later: (work: () => void, ms: number) => void;
}

const few = 500;
const portionMs = 1000;

export function createAdmit({ shown, show, begin, later }: AdmitDeps): (written: readonly Written[]) => void {
  let waiting: Written[] = [];
  let end: (() => void) | null = null;
  const flush = (): void => {
    const portion = waiting;
    waiting = [];
    show(portion);
    end?.();
    end = null;
  };
  return (written) => {
    if (shown() < few) {
      show(written);
      return;
    }
    waiting.push(...written);
    if (end) return;
    end = begin('show runs');
    later(flush, portionMs);
  };
}

/** Runs whose row has to be drawn anew. */
export const changedRuns = (written: readonly Written[]): readonly Run[] => written.filter(({ outcome }) => outcome !== 'unchanged').map(({ run }) => run);
