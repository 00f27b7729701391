// The mapping file as text, for what the form does not offer.

import styles from './mapping.module.css';

export function MappingJson({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  return (
    <textarea
      className={styles.json}
      aria-label="The mapping file"
      spellCheck={false}
      value={text}
      rows={24}
      onChange={(event) => onText(event.target.value)}
    />
  );
}
