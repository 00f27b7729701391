// The score of each run: what is proven, what is undecided, what it could be at most.

import { displayName } from '../../../core/model/run';
import type { Checklist } from '../../../core/reproducibility/checklist';
import { sectionTitles } from '../../../core/reproducibility/item';
import { percentText, scoreText } from '../../../core/view/checklist-matrix';
import { useApp, useRunStyle } from '../../state/app';
import { cx } from '../../widgets/class-names';
import { RunMark } from '../../widgets/run-mark';
import styles from './reproducibility.module.css';

/** Beyond so many runs, cards say only the grade and what is proven; the rest is in their hint. */
const wordyCards = 3;

export function Scores({ checklists }: { readonly checklists: readonly Checklist[] }) {
  const brief = checklists.length > wordyCards;
  return (
    <ul className={cx(styles.scores, brief && styles.brief)} aria-label="Scores">
      {checklists.map((checklist) => (
        <ScoreCard key={checklist.run.id} checklist={checklist} brief={brief} />
      ))}
    </ul>
  );
}

function ScoreCard({ checklist, brief }: { readonly checklist: Checklist; readonly brief: boolean }) {
  const app = useApp();
  const { run, score } = checklist;
  const style = useRunStyle(run.id);
  const proven = score.proven ?? 0;
  return (
    <li className={styles.card} title={brief ? scoreText(checklist) : undefined}>
      <button type="button" className={styles.cardName} onClick={() => app.navigation.toRun(run.id)}>
        <RunMark style={style} /> <span>{displayName(run)}</span>
      </button>
      <div className={styles.cardScore}>
        <span className={styles.grade} title={score.caps.length > 0 ? `Lowered: ${score.caps.join('; ')}.` : undefined}>
          {score.grade ?? '–'}
        </span>
        <span>
          <strong>{percentText(score.proven)}</strong> proven
          {score.attested && brief ? (
            <span className={styles.said} title="Part of it rests on a person’s word">
              {' '}
              ✎
            </span>
          ) : null}
        </span>
      </div>
      <svg className={styles.meter} viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={scoreText(checklist)}>
        <rect width="100" height="6" className={styles.meterRest} />
        <rect width={100 * score.bestCase} height="6" className={styles.meterOpen} />
        <rect width={100 * proven} height="6" className={styles.meterProven} />
      </svg>
      {!brief && (
        <p className={styles.muted}>
          {score.attested ? `✎ ${percentText(score.attested)} of it on a person’s word; ` : ''}undecided {percentText(1 - score.coverage)}, at most{' '}
          {percentText(score.bestCase)}
          {score.weakest && `; weakest: ${sectionTitles[score.weakest.section].toLowerCase()} ${percentText(score.weakest.proven)}`}
        </p>
      )}
    </li>
  );
}
