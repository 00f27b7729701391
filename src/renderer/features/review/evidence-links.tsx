// Where a claim leads: the finding on its curve, the item of the checklist, the line of code.

import type { ReviewLink } from '../../../core/review/result';
import { tabs } from '../../registry/tabs';
import { useApp } from '../../state/app';
import styles from './review.module.css';

/** A link into another tab; plain text where this page has no such tab. */
export function PlaceLink({ link }: { readonly link: ReviewLink }) {
  const app = useApp();
  const [tab = '', ...place] = link.place;
  if (!tabs.some(({ meta }) => meta.id === tab)) return <span className={styles.muted}>{link.label}</span>;
  return (
    <button type="button" className={styles.link} onClick={() => app.navigation.toTab(tab, ...place)}>
      {link.label}
    </button>
  );
}
