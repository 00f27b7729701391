// Filters by severity, the way to each part, and copying.

import { type Severity, severityWords } from '../../../core/base/issues';
import { itemsOf, type Review } from '../../../core/review/result';
import { counted } from '../../../core/view/format';
import { type PartId, partTitles } from '../../../core/view/review-words';
import { Button } from '../../widgets/button';
import { CopyButton } from '../../widgets/copy-button';
import styles from './review.module.css';
import { SeverityWord } from './severity-word';
import { severities } from './slice';

interface Props {
  readonly review: Review;
  readonly chosen: readonly Severity[];
  readonly onToggle: (severity: Severity) => void;
  readonly onPart: (part: PartId) => void;
  readonly markdown: string;
}

export function Toolbar({ review, chosen, onToggle, onPart, markdown }: Props) {
  const items = itemsOf(review);
  const count = (severity: Severity): number => items.filter((item) => item.severity === severity).length;
  return (
    <div className={styles.bar} role="toolbar" aria-label="Review">
      <nav className={styles.parts} aria-label="Parts of the review">
        {(Object.keys(partTitles) as PartId[]).map((part) => (
          <Button key={part} kind="ghost" size="s" aria-label={partTitles[part]} title={partTitles[part]} onClick={() => onPart(part)}>
            {partTitles[part].split(' ')[0]}
          </Button>
        ))}
      </nav>
      <span className={styles.filters}>
        {severities.map((severity) => (
          <Button
            key={severity}
            kind="ghost"
            size="s"
            pressed={chosen.includes(severity)}
            aria-label={`${severityWords[severity]}, ${counted(count(severity), 'item')}`}
            onClick={() => onToggle(severity)}
          >
            <SeverityWord severity={severity} /> {count(severity)}
          </Button>
        ))}
      </span>
      <CopyButton text={markdown} label="Copy as Markdown" />
    </div>
  );
}
