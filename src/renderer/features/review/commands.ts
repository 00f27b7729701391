// Walking the items of the review and copying it.

import type { Command } from '../../registry/commands';
import type { App } from '../../state/app';
import { shownReview } from './current';

const isOpen = ({ navigation }: App): boolean => {
  const route = navigation.store.getState();
  return route.kind === 'tab' && route.tab === 'review' && shownReview() !== null;
};

export const commands: readonly Command[] = [
  { id: 'review.next', title: 'Next item of the review', group: 'Review', keys: ['n'], enabled: isOpen, run: () => shownReview()?.walk(1) },
  { id: 'review.previous', title: 'Previous item of the review', group: 'Review', keys: ['p'], enabled: isOpen, run: () => shownReview()?.walk(-1) },
  {
    id: 'review.copy',
    title: 'Copy the review as Markdown',
    group: 'Review',
    keys: ['m'],
    words: 'clipboard export',
    enabled: isOpen,
    run: () => shownReview()?.copy(),
  },
];
