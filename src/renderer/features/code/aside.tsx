// Findings that do not count, each with the word that set it aside: runs that refute it, the code itself, or a person.

import { endText } from '../../../core/project/dates';
import { codePlace } from '../../../core/review/words';
import { type AsideItem, type AsideWord, placeText } from '../../../core/view/code-list';
import type { ReviewedCode } from '../../../core/view/code-review';
import { RunLinks } from '../../pieces/run-links';
import { SetAside } from '../../pieces/set-aside';
import { useApp } from '../../state/app';
import { Empty } from '../../widgets/states';
import styles from './code.module.css';
import { LevelIcon } from './level';

export function Aside({ code, aside }: { readonly code: ReviewedCode; readonly aside: readonly AsideItem[] }) {
  if (aside.length === 0)
    return (
      <Empty icon="check" title="Nothing was set aside">
        A finding is set aside by runs that refute it, by <code># exp-review: ignore</code> in its line, or by a person who says why, here or in the project's{' '}
        <code>diptych.project.json</code>.
      </Empty>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={styles.pad} aria-label="Set aside" tabIndex={0}>
      <p className={styles.muted}>Still found, and no part of the findings, the patches or the five-part review.</p>
      <ul className={styles.asideList}>
        {aside.map(({ key, finding, word }) => (
          <li key={key} className={styles.asideItem}>
            <p className={styles.asideHead}>
              <LevelIcon level={finding.severity} word /> <strong>{code.titles[finding.rule] ?? finding.rule}</strong>
              <span className={styles.headNote}>{finding.rule}</span>
              <PlaceButton finding={finding} />
            </p>
            <p className={styles.muted}>{finding.summary}</p>
            <Word rule={finding.rule} word={word} code={code} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function PlaceButton({ finding: { places, rule } }: Pick<AsideItem, 'finding'>) {
  const app = useApp();
  const [place] = places;
  if (!place) return null;
  const [tab = '', ...at] = codePlace(place, rule);
  return (
    <button type="button" className={styles.link} onClick={() => app.navigation.toTab(tab, ...at)}>
      {placeText(place)}
    </button>
  );
}

function Word({ rule, word, code }: { readonly rule: string; readonly word: AsideWord; readonly code: ReviewedCode }) {
  switch (word.kind) {
    case 'runs':
      return (
        <div className={styles.byRuns}>
          <p>
            <strong>The runs refute it:</strong> {word.verdict.reason}
          </p>
          <RunLinks runs={code.speaking[rule] ?? []} />
        </div>
      );
    case 'code':
      return word.suppressed.by === 'comment' ? (
        <p>
          Silenced in the code by <code>{word.suppressed.comment}</code>
        </p>
      ) : (
        <p>
          Set aside by the project file beside the code, {word.suppressed.untilMs === null ? 'for good' : `until ${endText(word.suppressed.untilMs)}`}:{' '}
          {word.suppressed.reason}
        </p>
      );
    case 'waiver':
      return <SetAside rule={rule} run={null} waiver={word.waiver} />;
  }
}
