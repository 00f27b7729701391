// Below a run's title: the same training in another tracker, offered or linked by a person.

import { displayName, type Run } from '../../../core/model/run';
import { pairWords } from '../../../core/view/pair-words';
import { trackerName } from '../../../core/view/tracker-words';
import { usePairs } from '../../queries/use-pairs';
import { useApp, useLibrary, useWorkspace } from '../../state/app';
import { comparePair, linkPair, pairsIn, refusePair, unlinkPair } from '../../state/pairs';
import { Button } from '../../widgets/button';
import { Icon } from '../../widgets/icon';
import styles from './also-recorded.module.css';

export function AlsoRecorded({ run }: { readonly run: Run }) {
  const app = useApp();
  const runs = useLibrary((state) => state.runs);
  const pairs = usePairs().filter((pair) => pair.runs.includes(run.id));
  const { links } = useWorkspace(pairsIn);
  const linked = links.filter((ids) => ids.includes(run.id)).flatMap((ids) => runs.get(ids[0] === run.id ? ids[1] : ids[0]) ?? []);
  if (pairs.length === 0 && linked.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Recorded elsewhere">
      {linked.map((other) => (
        <li key={other.id} className={styles.item}>
          <Icon name="check" size={14} />
          <span className={styles.text}>
            Linked with <RunLink run={other} /> of {trackerName(other.format)}
          </span>
          <Button size="s" onClick={() => comparePair(app, [run.id, other.id])}>
            Compare the two
          </Button>
          <Button size="s" kind="ghost" onClick={() => unlinkPair(app, run.id, other.id)}>
            Unlink
          </Button>
        </li>
      ))}
      {pairs.map((pair) => {
        const words = pairWords(pair, run.id, (id) => runs.get(id));
        if (!words) return null;
        const { other, title, reasons } = words;
        return (
          <li key={other.id} className={styles.item}>
            <Icon name="copy" size={14} />
            <span className={styles.text}>
              {title} as <RunLink run={other} />: {reasons.join(', ')}.
            </span>
            <Button size="s" onClick={() => comparePair(app, [run.id, other.id])}>
              Compare the two
            </Button>
            <Button size="s" onClick={() => linkPair(app, run.id, other.id)}>
              Link
            </Button>
            <Button size="s" kind="ghost" onClick={() => refusePair(app, run.id, other.id)}>
              Not the same
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

const RunLink = ({ run }: { readonly run: Run }) => (
  <a className={styles.link} href={`#/run/${run.id}`}>
    {displayName(run)}
  </a>
);
