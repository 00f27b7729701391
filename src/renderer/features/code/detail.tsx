// One finding: what was found, why it matters, what to write instead, and how to silence it.

import { type CodeItem, placeText } from '../../../core/view/code-list';
import { counted } from '../../../core/view/format';
import { CopyButton } from '../../widgets/copy-button';
import styles from './code.module.css';
import { LevelIcon } from './level';

export function FindingDetail({ item, title }: { readonly item: CodeItem; readonly title: string }) {
  const { finding, patch } = item;
  const { fix, places, rule } = finding;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={styles.detail} aria-label={`Finding ${rule}`} tabIndex={0}>
      <header className={styles.detailHead}>
        <LevelIcon level={finding.severity} word />
        <span className={styles.headNote}>
          {rule} · {placeText(places[0])}
          {places.length > 1 && ` and ${counted(places.length - 1, 'more place')}`} · {Math.round(finding.confidence * 100)} % sure
        </span>
        <span className={styles.space} />
        {patch && <CopyButton text={patch} label="Copy patch" />}
      </header>
      <h2 className={styles.detailTitle}>{finding.summary}</h2>
      <p title={title}>{finding.why}</p>
      {fix && (
        <>
          <p>
            <strong>Fix:</strong> {fix.text}
          </p>
          {fix.code && (
            <div className={styles.fix}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
              <pre className={styles.code} tabIndex={0}>
                {fix.code}
              </pre>
              <CopyButton text={fix.code} label="Copy code" />
            </div>
          )}
        </>
      )}
      {places.length > 0 && (
        <p className={styles.muted}>
          Meant as it is? End the line with <code># exp-review: ignore {rule}</code>.
        </p>
      )}
    </section>
  );
}
