// Code to be taken over: scrolls sideways, is copied by a button.

import styles from './code-block.module.css';
import { CopyButton } from './copy-button';

export function CodeBlock({ code, copy = 'Copy code' }: { readonly code: string; readonly copy?: string }) {
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre className={styles.code} tabIndex={0}>
        {code}
      </pre>
      <CopyButton text={code} label={copy} />
    </div>
  );
}
