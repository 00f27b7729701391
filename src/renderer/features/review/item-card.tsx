// One item: what is so, how sure, since when and where, what to do, and what would make it wrong.

import type { ReviewEvidence, ReviewFix, ReviewItem } from '../../../core/review/result';
import { exactNumber, shortNumber, valueText } from '../../../core/view/format';
import { engineTitles } from '../../../core/view/review-words';
import { CopyButton } from '../../widgets/copy-button';
import { PlaceLink, RunLinks } from './evidence-links';
import styles from './review.module.css';
import { SeverityWord } from './severity-word';

export function ItemCard({ item }: { readonly item: ReviewItem }) {
  const [only] = item.evidence;
  return (
    <article className={styles.card} aria-label={item.title} tabIndex={-1} data-review-item={item.id}>
      <header className={styles.cardHead}>
        <SeverityWord severity={item.severity} />
        <h3>{item.title}</h3>
        <span className={styles.muted}>
          {item.rules.join(', ')} · {Math.round(100 * item.confidence)} % sure
        </span>
      </header>
      <p>{item.summary}</p>
      {item.why && <p className={styles.muted}>{item.why}</p>}
      <RunLinks runs={item.runs} />
      <Fix fix={item.fix} />
      {item.caveat && (
        <p className={styles.muted}>
          <strong>What would make it wrong:</strong> {item.caveat}
        </p>
      )}
      <details className={styles.evidence}>
        <summary>{item.evidence.length + item.more === 1 ? 'Evidence' : `Evidence: ${item.evidence.length + item.more} pieces`}</summary>
        <ul>
          {item.evidence.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name of their own and never move
            <Piece key={at} evidence={one} />
          ))}
          {item.more > 0 && <li className={styles.muted}>and {item.more} more</li>}
        </ul>
      </details>
      {item.evidence.length === 1 && only?.link && <PlaceLink link={only.link} />}
    </article>
  );
}

function Piece({ evidence }: { readonly evidence: ReviewEvidence }) {
  const numbers = Object.entries(evidence.numbers);
  return (
    <li>
      <p>
        <strong>
          {engineTitles.get(evidence.engine) ?? evidence.engine} {evidence.rule}
        </strong>{' '}
        {evidence.summary}
      </p>
      {numbers.length > 0 && (
        <p className={styles.numbers}>
          {numbers.slice(0, 12).map(([name, value]) => (
            <span key={name} title={typeof value === 'number' ? exactNumber(value) : valueText(value)}>
              {name.replaceAll('_', ' ')} {typeof value === 'number' ? shortNumber(value, 4) : valueText(value).slice(0, 80)}
            </span>
          ))}
        </p>
      )}
      {evidence.places.length > 0 && (
        <p className={styles.numbers}>
          {evidence.places.slice(0, 8).map(({ file, line, cell }) => (
            <code key={`${file} ${cell} ${line}`}>
              {file}
              {cell === null ? '' : ` cell ${cell}`}:{line}
            </code>
          ))}
        </p>
      )}
      {evidence.link && <PlaceLink link={evidence.link} />}
    </li>
  );
}

export function Fix({ fix }: { readonly fix: ReviewFix | null }) {
  if (!fix) return null;
  return (
    <section className={styles.fix} aria-label="What to do">
      <p>
        <strong>What to do:</strong> {fix.text}
      </p>
      {fix.code && (
        <div className={styles.code}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it */}
          <pre tabIndex={0}>{fix.code}</pre>
          <CopyButton text={fix.code} label="Copy code" />
        </div>
      )}
    </section>
  );
}
