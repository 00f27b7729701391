// A quiet line above the list: runs that are likely one training recorded by two trackers. Nothing is merged.

import { displayName, type Run } from '../../../core/model/run';
import { counted } from '../../../core/view/format';
import { pairWords } from '../../../core/view/pair-words';
import { usePairs } from '../../queries/use-pairs';
import { useApp, useLibrary } from '../../state/app';
import { comparePair, linkPair, refusePair } from '../../state/pairs';
import { TrackerWord } from '../../widgets/badges';
import { Button } from '../../widgets/button';
import { Icon } from '../../widgets/icon';
import { Popover } from '../../widgets/popover';
import styles from './pair-offers.module.css';

/** What is listed at once; answering one makes room for the next. */
const most = 20;

export function PairOffers() {
  const app = useApp();
  const pairs = usePairs();
  const runs = useLibrary((state) => state.runs);
  if (pairs.length === 0) return null;
  const trigger = (
    <button type="button" className={styles.offer}>
      <Icon name="copy" size={14} />
      {counted(pairs.length, 'training')} recorded twice?
    </button>
  );
  return (
    <Popover label="Recorded twice?" trigger={trigger} className={styles.popup}>
      <p className={styles.about}>These look like one training in two trackers. They stay two runs; linked ones are shown under each other.</p>
      <ul className={styles.pairs}>
        {pairs.slice(0, most).map((pair) => {
          const self = runs.get(pair.runs[0]);
          const words = self && pairWords(pair, self.id, (id) => runs.get(id));
          if (!words) return null;
          // The fuller record stays on top.
          const [first, second] = fullness(words.other) > fullness(self) ? [words.other, self] : [self, words.other];
          return (
            <li key={pair.runs.join(' ')}>
              <Name run={first} />
              <Name run={second} />
              <p className={styles.reasons}>{sentence(words.reasons)}</p>
              <div className={styles.actions}>
                <Button size="s" onClick={() => comparePair(app, [first.id, second.id])}>
                  Compare the two
                </Button>
                <Button size="s" onClick={() => linkPair(app, first.id, second.id)}>
                  Link
                </Button>
                <Button size="s" kind="ghost" onClick={() => refusePair(app, first.id, second.id)}>
                  Not the same
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
      {pairs.length > most && <p className={styles.about}>And {pairs.length - most} more.</p>}
    </Popover>
  );
}

const Name = ({ run }: { readonly run: Run }) => (
  <a className={styles.name} href={`#/run/${run.id}`} title={displayName(run)}>
    <span>{displayName(run)}</span> <TrackerWord run={run} />
  </a>
);

const fullness = (run: Run): number => Object.keys(run.params).length + run.facts.length;

const sentence = (reasons: readonly string[]): string => {
  const text = reasons.join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};
