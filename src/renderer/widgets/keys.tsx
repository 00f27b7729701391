// A shortcut drawn as keys, in the words of the person's keyboard.

import { keyParts } from './key-text';
import styles from './keys.module.css';

export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keys}>
      {keyParts(keys, isMac).map((part) => (
        <kbd key={part} className={styles.key}>
          {part}
        </kbd>
      ))}
    </span>
  );
}

// The keyboard's own words, nothing else, depend on this.
const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);
