// A verdict as a sign with a word, never colour alone; what a person said of it stands beside it, never in its place.

import type { JudgedItem } from '../../../core/reproducibility/checklist';
import type { Verdict } from '../../../core/reproducibility/item';
import { cx } from '../../widgets/class-names';
import styles from './reproducibility.module.css';

const signs: Readonly<Record<Verdict, { readonly sign: string; readonly style: string | undefined }>> = {
  pass: { sign: '✓', style: styles.pass },
  partial: { sign: '◐', style: styles.partial },
  fail: { sign: '✕', style: styles.fail },
  unknown: { sign: '?', style: styles.unknown },
  'n.a.': { sign: '–', style: styles.unknown },
};

export function VerdictSign({ verdict, words }: { readonly verdict: Verdict; readonly words?: boolean }) {
  const { sign, style } = signs[verdict];
  return (
    <span className={cx(styles.verdict, style)}>
      <span aria-hidden="true">{sign}</span>
      <span className={words ? undefined : 'visually-hidden'}>{verdict}</span>
    </span>
  );
}

type Said = Pick<JudgedItem, 'attested' | 'waived'>;

/** Words for what people said of an item: `attested by Kim`, `waived`. */
export const saidOf = ({ attested, waived }: Said): readonly string[] => [...(attested ? [`attested by ${attested.by}`] : []), ...(waived ? ['waived'] : [])];

/** Marks of what people said: a quill-like sign for a word given, a bar for what is set aside. */
export function SaidMarks({ item, words }: { readonly item: Said; readonly words: boolean }) {
  const said = saidOf(item);
  if (said.length === 0) return null;
  return (
    <span className={styles.said} title={said.join(', ')}>
      {[item.attested && (words ? '✎ attested' : '✎'), item.waived && (words ? '⊘ waived' : '⊘')].filter((sign) => sign).join(' ')}
    </span>
  );
}
