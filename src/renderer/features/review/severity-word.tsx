// How bad an item is, as a sign with a colour and always a word.

import { type Severity, severityWords } from '../../../core/base/issues';
import { cx } from '../../widgets/class-names';
import { Icon } from '../../widgets/icon';
import styles from './review.module.css';

const icons = { critical: 'error', warn: 'warning', note: 'info', info: 'info' } as const;

export function SeverityWord({ severity }: { readonly severity: Severity }) {
  return (
    <span className={cx(styles.severity, styles[severity])}>
      <Icon name={icons[severity]} size={14} /> {severityWords[severity]}
    </span>
  );
}
