// Params by tier: what may be said of each, its share with an interval where there are runs enough, and what cannot be told apart.

import type { Effects, ParamEffect, Tier } from '../../../core/effects/effects';
import { shortNumber } from '../../../core/view/chart-numbers';
import { counted } from '../../../core/view/format';
import { cx } from '../../widgets/class-names';
import { Icon } from '../../widgets/icon';
import shared from './effects.module.css';
import styles from './tier-list.module.css';

interface Props {
  readonly effects: Effects;
  readonly picked: string | null;
  readonly onPick: (param: string) => void;
}

const tiers: readonly Tier[] = ['likely-top', 'unclear', 'no-sign', 'not-varied'];
const titles: Readonly<Record<Tier, string>> = {
  'likely-top': 'Likely among the strongest',
  unclear: 'Unclear',
  'no-sign': 'No sign of an effect',
  'not-varied': 'Not varied',
};
/** Params with one value say nothing: a few, and how many more. */
const mostOfTier = 60;

export function TierList({ effects, picked, onPick }: Props) {
  const { n, runs, failed, noiseSd, params, gates, interactions, paired, setAside, method } = effects;
  return (
    <section className={styles.tiers} aria-label="Params by effect">
      <p className={styles.tierLead} role="status" aria-label="Summary">
        <strong>{counted(n, 'configuration')}</strong> of {counted(runs, 'run')}
        {failed > 0 && `, ${failed} without an outcome`}
        {' · '}
        {noiseSd === null ? 'none was repeated' : `noise between repeats ${shortNumber(noiseSd, 3)} SD`}
      </p>
      {tiers.map((tier) => {
        const some = params.filter((param) => param.tier === tier);
        if (some.length === 0) return null;
        const list = some.slice(0, mostOfTier).map((param) => <ParamRow key={param.name} param={param} picked={param.name === picked} onPick={onPick} />);
        const title = `${titles[tier]} (${some.length})`;
        return tier === 'not-varied' ? (
          <details key={tier} className={shared.more}>
            <summary>{title}: nothing can be said of them</summary>
            <ul>{list}</ul>
            {some.length > mostOfTier && <p className={shared.muted}>and {some.length - mostOfTier} more</p>}
          </details>
        ) : (
          <section key={tier} aria-label={titles[tier]}>
            <h2 className={styles.tierTitle}>{title}</h2>
            <ul>{list}</ul>
          </section>
        );
      })}
      {interactions.length > 0 && (
        <section aria-label="Interactions">
          <h2 className={styles.tierTitle}>Interactions</h2>
          <ul className={styles.plainList}>
            {interactions.map(({ params: pair, share, interval95 }) => (
              <li key={pair.join(' × ')}>
                {pair.join(' × ')}: {percent(share)} ({percent(interval95[0])} to {percent(interval95[1])})
              </li>
            ))}
          </ul>
        </section>
      )}
      {n < 10 && paired.length > 0 && (
        <section aria-label="Runs that differ in one param only">
          <h2 className={styles.tierTitle}>Runs that differ in one param only</h2>
          <ul className={styles.plainList}>
            {paired.slice(0, 12).map((pair) => (
              <li key={`${pair.param} ${pair.from} ${pair.to} ${pair.rows.join(' ')}`}>
                <code>{pair.param}</code> {pair.from} → {pair.to}: {pair.difference > 0 ? '+' : ''}
                {shortNumber(pair.difference, 3)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label="What these runs allow">
        <h2 className={styles.tierTitle}>What these runs allow</h2>
        <ul className={shared.gates}>
          {gates.map(({ code, passed, message }) => (
            <li key={code} className={cx(!passed && shared.closedGate)}>
              <Icon name={passed ? 'check' : 'minus'} size={14} label={passed ? 'Holds' : 'Does not hold'} /> <span>{message}</span>
            </li>
          ))}
        </ul>
      </section>
      {setAside.length > 0 && (
        <details className={shared.more}>
          <summary>{counted(setAside.length, 'column')} set aside</summary>
          <ul className={styles.plainList}>
            {setAside.slice(0, mostOfTier).map(({ name, message }) => (
              <li key={name}>
                <code>{name}</code>: {message}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className={shared.method}>Method: {method}.</p>
    </section>
  );
}

function ParamRow({ param, picked, onPick }: { readonly param: ParamEffect; readonly picked: boolean; readonly onPick: (name: string) => void }) {
  const { name, scale, importance, interval, rankedFirst, directionText, note, condition, varied, levels } = param;
  return (
    <li>
      <button type="button" className={cx(styles.param, picked && styles.pickedParam)} aria-pressed={picked} disabled={!varied} onClick={() => onPick(name)}>
        <span className={styles.paramHead}>
          <code className={styles.paramName} title={name}>
            {name}
          </code>
          <span className={styles.paramLevels}>{varied ? `${counted(levels.length, 'value')}${scale === 'log' ? ', log' : ''}` : (levels[0]?.text ?? '')}</span>
          <span className={styles.share}>
            {importance !== null && interval ? `${percent(importance)} (${Math.round(interval[0] * 100)} to ${percent(interval[1])})` : ''}
          </span>
        </span>
        {importance !== null && interval && <ShareBar share={importance} interval={interval} />}
        {varied && <span className={styles.paramText}>{directionText}</span>}
        {varied && importance === null && rankedFirst !== null && rankedFirst >= 0.05 && (
          <span className={styles.paramText}>ranked first in {percent(rankedFirst)} of draws</span>
        )}
        {condition && <span className={styles.paramText}>{condition}</span>}
        {note && (
          <span className={shared.paramNote}>
            <Icon name="warning" size={12} /> {note}
          </span>
        )}
      </button>
    </li>
  );
}

function ShareBar({ share, interval: [low, high] }: { readonly share: number; readonly interval: readonly [number, number] }) {
  return (
    <span className={styles.shareBar} aria-hidden="true">
      <span className={styles.shareFill} style={{ width: `${share * 100}%` }} />
      <span className={styles.shareWhisker} style={{ left: `${low * 100}%`, width: `${Math.max(0.5, (high - low) * 100)}%` }} />
    </span>
  );
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
