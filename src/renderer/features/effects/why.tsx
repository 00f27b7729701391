// Why may the first group be better than the second? Asked for when it is unfolded.

import { useMemo, useState } from 'react';
import type { RunId } from '../../../core/base/units';
import type { TrialGroup } from '../../../core/groups/group';
import { shortNumber } from '../../../core/view/chart-numbers';
import { intervalWords, pWords } from '../../../core/view/group-words';
import { refsOf } from '../../queries/run-refs';
import { useJob } from '../../queries/use-job';
import { useLibrary } from '../../state/app';
import { Icon } from '../../widgets/icon';
import shared from './effects.module.css';
import type { job, Why as WhyAnswer, WhyMetric } from './jobs/effects-why';
import styles from './why.module.css';

const reasonsShown = 6;

export function Why({ better, other, title }: { readonly better: TrialGroup; readonly other: TrialGroup; readonly title: string }) {
  const [open, setOpen] = useState(false);
  const library = useLibrary((state) => state.runs);
  const request = useMemo(() => {
    if (!open) return null;
    const refs = ({ members }: TrialGroup) => refsOf(members.flatMap(({ id }) => library.get(id as RunId) ?? []));
    return { better: refs(better), other: refs(other) };
  }, [open, better, other, library]);
  const state = useJob<typeof job>('effects-why', request);
  return (
    <details className={shared.more} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {state.kind === 'done' && <Answer why={state.result} />}
      {state.kind === 'failed' && <p role="alert">This could not be compared: {state.message}</p>}
    </details>
  );
}

function Answer({ why }: { readonly why: WhyAnswer }) {
  return (
    <div className={styles.why}>
      {why.comparability.length > 0 && (
        <ul aria-label="Before comparing" className={shared.gates}>
          {why.comparability.map(({ code, severity, message }) => (
            <li key={code}>
              <Icon name={severity === 'critical' || severity === 'warn' ? 'warning' : 'info'} size={14} label={severity} /> <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.whyParts}>
        <section aria-label="Differences by likely relevance">
          <h3>Differences by likely relevance</h3>
          <ol className={styles.reasons}>
            {why.reasons.slice(0, reasonsShown).map((reason) => (
              <li key={reason.rank}>
                {reason.why} <span className={shared.muted}>(confidence {reason.confidence})</span>
              </li>
            ))}
          </ol>
          {why.reasons.length > reasonsShown && <p className={shared.muted}>{why.reasons.length - reasonsShown} less likely ones stand in Differences.</p>}
        </section>
        <section aria-label="Metrics of both">
          <h3>Metrics of both</h3>
          <table className={shared.numbers}>
            <thead>
              <tr>
                <th scope="col">Mean of</th>
                <th scope="col">first</th>
                <th scope="col">second</th>
                <th scope="col">difference</th>
              </tr>
            </thead>
            <tbody>
              {why.metrics.map((metric) => (
                <MetricRow key={metric.name} metric={metric} />
              ))}
            </tbody>
          </table>
        </section>
      </div>
      {why.unknowns.length > 0 && (
        <section aria-label="What this cannot know">
          <h3>What this cannot know</h3>
          <ul className={styles.reasons}>
            {why.unknowns.map((unknown) => (
              <li key={unknown} className={shared.muted}>
                {unknown}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function MetricRow({ metric: { name, values, test, isBetter } }: { readonly metric: WhyMetric }) {
  const number = (value: number | null): string => (value === null ? '–' : shortNumber(value, 4));
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={shared.number}>{number(values[0])}</td>
      <td className={shared.number}>{number(values[1])}</td>
      <td>
        {test ? shortNumber(test.difference, 3) : '–'}
        {isBetter && ', better'}
        {test?.interval && <span className={shared.muted}>{` (${intervalWords(test.interval)}; ${pWords(test.adjusted)} after Holm)`}</span>}
      </td>
    </tr>
  );
}
