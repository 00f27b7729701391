// Logged text as it is.

import { useMemo } from 'react';
import { textPreview } from '../../core/view/preview';
import { CopyButton } from '../widgets/copy-button';
import styles from './media.module.css';

/** Characters that are drawn; a copy has all. */
const longest = 50_000;

export function TextView({ bytes, note }: { readonly bytes: Uint8Array<ArrayBuffer>; readonly note?: string }) {
  const { text, more } = useMemo(() => {
    const preview = textPreview(bytes);
    const joined = preview.lines.join('\n');
    return { text: joined.slice(0, longest), more: preview.more > 0 || joined.length > longest };
  }, [bytes]);
  return (
    <div className={styles.textItem}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard */}
      <pre className={styles.text} tabIndex={0}>
        {text === '' ? ' ' : text}
      </pre>
      <div className={styles.foot}>
        <span className={styles.muted}>{[...(note ? [note] : []), ...(more ? ['Its beginning is shown.'] : [])].join(' ')}</span>
        <CopyButton text={text} />
      </div>
    </div>
  );
}
