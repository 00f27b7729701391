// One next step: an experiment, something to measure, or a question to a person.

import type { NextStep } from '../../../core/review/result';
import { shortNumber } from '../../../core/view/format';
import { RunLinks } from '../../pieces/run-links';
import { PlaceLink } from './evidence-links';
import { Fix } from './item-card';
import styles from './review.module.css';

const words = { experiment: 'Run', measure: 'Measure', confirm: 'Confirm' } as const;

export function StepCard({ step }: { readonly step: NextStep }) {
  const { predicted_mean: mean, predicted_interval: interval, metric } = step.evidence;
  return (
    <article className={styles.card} aria-label={step.title} tabIndex={-1} data-review-item={step.id}>
      <header className={styles.cardHead}>
        <span className={styles.kind}>{words[step.kind]}</span>
        <h3>{step.title}</h3>
        <span className={styles.muted}>{step.rule}</span>
      </header>
      <p>{step.text}</p>
      {typeof mean === 'number' && Array.isArray(interval) && (
        <p>
          Expected {String(metric)}: <strong>{shortNumber(mean, 4)}</strong>, 80 % of such runs between{' '}
          {interval.map((bound) => shortNumber(Number(bound), 4)).join(' and ')}
        </p>
      )}
      {step.kind === 'experiment' && step.runs.length > 0 && (
        <div className={styles.nearest}>
          <span className={styles.muted}>Most like</span> <RunLinks runs={step.runs} />
        </div>
      )}
      <Fix fix={step.fix} />
      {step.link && <PlaceLink link={step.link} />}
    </article>
  );
}
