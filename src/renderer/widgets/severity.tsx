// How bad a finding is, as a sign with a colour and always a word.

import type { FindingSeverity } from '../../core/health/finding';
import { severityTitles } from '../../core/view/health-list';
import { cx } from './class-names';
import { Icon } from './icon';
import styles from './severity.module.css';

const icons = { critical: 'error', warn: 'warning', note: 'info' } as const;

/** @param bare shows the sign alone; its word is for assistive technology */
export function Severity({ severity, bare, size = 14 }: { readonly severity: FindingSeverity; readonly bare?: boolean; readonly size?: number }) {
  return (
    <span className={cx(styles.severity, styles[severity])}>
      <Icon name={icons[severity]} size={size} {...(bare ? { label: severityTitles[severity] } : {})} />
      {!bare && severityTitles[severity]}
    </span>
  );
}
