// Says for how long a server has been asked: one that is silent is waited for longer than a person would guess.

import { useEffect, useState } from 'react';
import styles from './connect.module.css';

export function Asking({ address }: { readonly address: string }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className={styles.who} role="status">
      {seconds < 2 ? '' : `Asking ${address.trim()} for ${seconds} s`}
    </span>
  );
}
