// A verdict as a sign with a word: never colour alone.

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
