// Pairwise differences: the smallest that these seeds could have shown stands first, then what was seen, and the verdict in words.

import type { RunId } from '../../../core/base/units';
import type { TrialGroup } from '../../../core/groups/group';
import type { GroupPair, PairVerdict } from '../../../core/groups/pair';
import type { GroupStudy } from '../../../core/groups/study';
import { shortNumber } from '../../../core/view/chart-numbers';
import { comparisonsWords, detectableWords, groupLabel, intervalWords, pairWords, pWords, verdictWords } from '../../../core/view/group-words';
import { useApp, useChange } from '../../state/app';
import { checkOnly } from '../../state/workspace';
import { Button } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { Icon, type IconName } from '../../widgets/icon';
import shared from './effects.module.css';
import styles from './pair-list.module.css';
import { Why } from './why';

const mostShown = 40;
const icons: Readonly<Record<PairVerdict, IconName>> = { different: 'check', 'not-told-apart': 'minus', 'too-few-seeds': 'info', 'no-spread': 'info' };

export function PairList({ study }: { readonly study: GroupStudy }) {
  const groups = new Map(study.groups.map((group) => [group.id, group]));
  const tested = study.pairs.filter(({ welch }) => welch !== null);
  const untested = study.pairs.filter(({ welch }) => welch === null);
  return (
    <section className={shared.section} aria-label="Differences between groups">
      <h2>Which groups really differ</h2>
      <p className={shared.muted}>{comparisonsWords(study)}</p>
      <ul className={styles.pairs}>
        {tested.slice(0, mostShown).map((pair) => (
          <PairRow key={`${pair.a} ${pair.b}`} pair={pair} groups={groups} comparisons={study.comparisons} />
        ))}
      </ul>
      {tested.length > mostShown && <p className={shared.muted}>{tested.length - mostShown} more tests stand in the JSON of the command line.</p>}
      {untested.length > 0 && (
        <details className={shared.more} open={tested.length === 0 && untested.length <= 3}>
          <summary>
            {untested.length} {untested.length === 1 ? 'pair has' : 'pairs have'} too few seeds, or no spread, to be tested
          </summary>
          <ul className={styles.pairs}>
            {untested.slice(0, mostShown).map((pair) => (
              <PairRow key={`${pair.a} ${pair.b}`} pair={pair} groups={groups} comparisons={study.comparisons} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface RowProps {
  readonly pair: GroupPair;
  readonly groups: ReadonlyMap<string, TrialGroup>;
  readonly comparisons: number;
}

function PairRow({ pair, groups, comparisons }: RowProps) {
  const app = useApp();
  const change = useChange();
  const [a, b] = [groups.get(pair.a), groups.get(pair.b)];
  if (!a || !b) return null;
  const compare = (): void => {
    const ids = [...a.members, ...b.members].map(({ id }) => id as RunId);
    change('compare two groups', checkOnly(ids));
    app.navigation.toTab('differences');
  };
  return (
    <li className={styles.pair}>
      <p className={styles.pairHead}>
        <span className={cx(styles.verdict, styles[pair.verdict])}>
          <Icon name={icons[pair.verdict]} size={12} /> {verdictWords[pair.verdict]}
        </span>
        <span className={styles.pairNames}>
          <strong title={groupLabel(a)}>{groupLabel(a)}</strong> <span className={shared.muted}>and</span>{' '}
          <strong title={groupLabel(b)}>{groupLabel(b)}</strong>
        </span>
        <Button size="s" kind="ghost" onClick={compare}>
          Compare
        </Button>
      </p>
      <p className={styles.detectable}>{detectableWords(pair)}</p>
      <p>{pairWords(pair, comparisons)}</p>
      {pair.welch && <Numbers pair={pair} />}
      <Why better={a} other={b} title={pair.verdict === 'different' ? 'Why is the first better?' : 'What differs between them?'} />
    </li>
  );
}

function Numbers({ pair }: { readonly pair: GroupPair }) {
  const { welch, bootstrap, hedgesG, better, paired, adjusted, difference } = pair;
  const rows: readonly (readonly [string, string, string])[] = [
    ['Difference of means', shortNumber(difference), 'the first less the second'],
    ...(welch ? [['95 % interval, Welch', intervalWords(welch.interval, 4), `${welch.df.toFixed(1)} degrees of freedom`] as const] : []),
    ...(bootstrap ? [['95 % interval, bootstrap', intervalWords(bootstrap, 4), 'studentised, 2,000 resamples'] as const] : []),
    ['Welch’s test', pWords(welch?.p ?? null), `${pWords(adjusted)} after Holm’s adjustment`],
    ...(hedgesG === null ? [] : [['Hedges g', shortNumber(hedgesG, 3), 'difference in standard deviations'] as const]),
    ...(better ? [['Chance that a run of the first is better', `${Math.round(better.probability * 100)} %`, intervalPercent(better.interval)] as const] : []),
    ...(paired
      ? [[`Paired by ${paired.seeds} shared seeds`, shortNumber(paired.difference, 4), `${intervalWords(paired.interval, 4)}, ${pWords(paired.p)}`] as const]
      : []),
  ];
  return (
    <details className={shared.more}>
      <summary>Numbers</summary>
      <table className={shared.numbers}>
        <tbody>
          {rows.map(([name, value, more]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={shared.number}>{value}</td>
              <td className={shared.muted}>{more}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const intervalPercent = ([low, high]: readonly [number, number]): string => `${Math.round(low * 100)} to ${Math.round(high * 100)} %`;
