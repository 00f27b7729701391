// How much a finding in code matters, as a sign with a word.

import type { Severity as Level } from '../../../core/base/issues';
import { severityWords } from '../../../core/view/review-words';
import { Icon } from '../../widgets/icon';
import styles from './code.module.css';

const icons = { critical: 'error', warn: 'warning', note: 'info', info: 'info' } as const;

/** The sign alone, or with the word that the command line and the review use too: high, medium, low, info. */
export function LevelIcon({ level, word = false }: { readonly level: Level; readonly word?: boolean }) {
  return (
    <span className={styles.level} data-level={level}>
      <Icon name={icons[level]} size={14} {...(word ? {} : { label: severityWords[level] })} />
      {word && severityWords[level]}
    </span>
  );
}
