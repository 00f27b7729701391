// One finding: what was found, why it matters, what to write instead, and how to silence it.

import { codePlace } from '../../../core/review/words';
import { type CodeItem, placeText } from '../../../core/view/code-list';
import type { ReviewedCode } from '../../../core/view/code-review';
import { counted } from '../../../core/view/format';
import { RunLinks } from '../../pieces/run-links';
import { SetAside } from '../../pieces/set-aside';
import { useApp } from '../../state/app';
import { CodeBlock } from '../../widgets/code-block';
import { CopyButton } from '../../widgets/copy-button';
import styles from './code.module.css';
import { LevelIcon } from './level';

const shownPlaces = 12;

export function FindingDetail({ item, code }: { readonly item: CodeItem; readonly code: ReviewedCode }) {
  const { finding, patch } = item;
  const { byRuns, fix, places, rule } = finding;
  const app = useApp();
  const first = placeText(places[0]);
  const others = [...new Map(places.map((place) => [placeText(place), place])).values()].filter((place) => placeText(place) !== first);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={styles.detail} aria-label={`Finding ${rule}`} tabIndex={0}>
      <header className={styles.detailHead}>
        <LevelIcon level={finding.severity} word />
        <span className={styles.detailNote}>
          {rule} · {first}
          {others.length > 0 && ` and ${counted(others.length, 'more place')}`} · {Math.round(finding.confidence * 100)} % sure
        </span>
        <span className={styles.space} />
        {patch && <CopyButton text={patch} label="Copy patch" />}
      </header>
      <h2 className={styles.detailTitle}>{finding.summary}</h2>
      {others.length > 0 && (
        <p className={styles.places}>
          <span className={styles.headNote}>Also at</span>
          {others.slice(0, shownPlaces).map((place) => (
            <button
              key={placeText(place)}
              type="button"
              className={styles.link}
              onClick={() => app.navigation.setPlace('code', ...codePlace(place, rule).slice(1))}
            >
              {placeText(place)}
            </button>
          ))}
          {others.length > shownPlaces && <span className={styles.headNote}>and {others.length - shownPlaces} more</span>}
        </p>
      )}
      {byRuns && (
        <div className={styles.byRuns}>
          <p>
            <strong>The runs confirm it:</strong> {byRuns.reason} Those that lack it:
          </p>
          <RunLinks runs={code.speaking[rule] ?? []} />
        </div>
      )}
      <p title={code.titles[rule] ?? rule}>{finding.why}</p>
      {fix && (
        <>
          <p>
            <strong>Fix:</strong> {fix.text}
          </p>
          {fix.code && <CodeBlock code={fix.code} />}
        </>
      )}
      <p className={styles.muted}>
        Meant as it is?{' '}
        {places.length > 0 && (
          <>
            End the line with <code># exp-review: ignore {rule}</code>, or set the rule aside for this project.
          </>
        )}
      </p>
      <SetAside rule={rule} run={null} waiver={null} />
    </section>
  );
}
