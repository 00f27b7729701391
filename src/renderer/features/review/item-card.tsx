// One item: what is so, how sure, since when and where, what to do, and what would make it wrong.

import type { ReviewEvidence, ReviewFix, ReviewItem } from '../../../core/review/result';
import { codePlace, placeText } from '../../../core/review/words';
import { exactNumber, shortNumber, valueText } from '../../../core/view/format';
import { engineTitles } from '../../../core/view/review-words';
import { RunLinks } from '../../pieces/run-links';
import { CodeBlock } from '../../widgets/code-block';
import { PlaceLink } from './evidence-links';
import styles from './review.module.css';
import { SeverityWord } from './severity-word';

export function ItemCard({ item }: { readonly item: ReviewItem }) {
  // The line of code, wherever it stands among the evidence; else what the only evidence leads to.
  const direct = item.evidence.find(({ places }) => places.length > 0) ?? (item.evidence.length === 1 ? item.evidence[0] : undefined);
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
      {direct?.link && <PlaceLink link={direct.link} />}
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
          {evidence.places.slice(0, 8).map((place) => (
            <PlaceLink key={placeText(place)} link={{ label: placeText(place), place: codePlace(place, evidence.rule) }} />
          ))}
        </p>
      )}
      {evidence.link && evidence.places.length === 0 && <PlaceLink link={evidence.link} />}
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
      {fix.code && <CodeBlock code={fix.code} />}
    </section>
  );
}
