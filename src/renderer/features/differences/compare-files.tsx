// Two versions of a file line by line: removed from the baseline, added in the other run.

import { useMemo, useState } from 'react';
import type { RunId } from '../../../core/base/units';
import { diffTexts } from '../../../core/compare/text-diff';
import { decodeUtf8 } from '../../../core/formats/text';
import { displayName } from '../../../core/model/run';
import { changedLines } from '../../../core/view/diff-lines';
import { useContent } from '../../queries/use-content';
import { useRun } from '../../queries/use-runs';
import { cx } from '../../widgets/class-names';
import { Dialog } from '../../widgets/dialog';
import { Failed, Loading } from '../../widgets/states';
import { Switch } from '../../widgets/switch';
import styles from './differences.module.css';

export interface FileRef {
  readonly run: RunId;
  readonly path: string;
}

export interface FilePair {
  readonly left: FileRef;
  readonly right: FileRef;
}

export function CompareFiles({ pair, onClose }: { readonly pair: FilePair; readonly onClose: () => void }) {
  const left = useRun(pair.left.run);
  const right = useRun(pair.right.run);
  return (
    <Dialog open onClose={onClose} width="l" title={`${pair.right.path}: ${left ? displayName(left) : '?'} → ${right ? displayName(right) : '?'}`}>
      <Body pair={pair} />
    </Dialog>
  );
}

function Body({ pair }: { readonly pair: FilePair }) {
  const left = useContent(pair.left.run, pair.left.path);
  const right = useContent(pair.right.run, pair.right.path);
  const [all, setAll] = useState(false);
  const lines = useMemo(
    () => (left.kind === 'ready' && right.kind === 'ready' ? diffTexts(decodeUtf8(left.bytes).text, decodeUtf8(right.bytes).text) : null),
    [left, right],
  );
  if (left.kind === 'loading' || right.kind === 'loading') return <Loading text="Opening both files…" />;
  if (left.kind !== 'ready' || right.kind !== 'ready') {
    return <Failed title="The files cannot be compared" message="The bytes of at least one of them were not kept at import: only small texts are." />;
  }
  if (!lines) return <Failed title="The files cannot be compared" message="They are too long or too different to be compared line by line." />;
  if (lines.every(({ kind }) => kind === 'same')) return <p>Both files are the same.</p>;
  return (
    <>
      <Switch label="Show all lines" checked={all} onChange={setAll} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard */}
      <div className={styles.diff} tabIndex={0}>
        {changedLines(lines, all ? Number.POSITIVE_INFINITY : 3).map((line) =>
          line.kind === 'gap' ? (
            <p key={`gap ${line.at}`} className={styles.gap}>
              {line.lines} equal lines
            </p>
          ) : (
            <p key={`${line.left} ${line.right}`} className={cx(styles.line, line.kind === 'added' && styles.added, line.kind === 'removed' && styles.removed)}>
              <span>{line.left ?? ''}</span>
              <span>{line.right ?? ''}</span>
              <span>{line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : ' '}</span>
              <code>{line.text}</code>
            </p>
          ),
        )}
      </div>
    </>
  );
}
