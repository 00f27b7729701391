// What the tab shows now, for the commands: null while it shows no review.

interface Current {
  readonly copy: () => void;
  /** Moves the focus to the next (1) or the last (−1) item. */
  readonly walk: (by: 1 | -1) => void;
}

let current: Current | null = null;

/** @returns how to take it back */
export function showReview(shown: Current): () => void {
  current = shown;
  return () => {
    if (current === shown) current = null;
  };
}

export const shownReview = (): Current | null => current;
