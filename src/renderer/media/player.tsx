// A sound or a film with the browser's own controls.

import { useState } from 'react';
import styles from './media.module.css';
import { useObjectUrl } from './use-object-url';

interface Props {
  readonly kind: 'audio' | 'video';
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly title: string;
}

export function Player({ kind, bytes, type, title }: Props) {
  const url = useObjectUrl(bytes, type);
  const [broken, setBroken] = useState<string | null>(null);
  if (url === null) return <div className={styles.waiting} />;
  if (broken === url) return <p className={styles.absent}>This cannot be played here ({type}).</p>;
  const common = { src: url, controls: true, preload: 'metadata', 'aria-label': title, onError: () => setBroken(url) } as const;
  return kind === 'audio' ? <audio {...common} className={styles.audio} /> : <video {...common} className={styles.video} />;
}
