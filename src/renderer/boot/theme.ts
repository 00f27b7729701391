// Light or dark: follows the system unless the person chose.

import { useSyncExternalStore } from 'react';
import { setting as themeSetting } from '../settings/items/theme';
import { useSetting } from '../state/app';

const query = '(prefers-color-scheme: dark)';

/** What is shown now, for what cannot use CSS (canvas): `light` or `dark`. */
export function useTheme(): 'light' | 'dark' {
  const choice = useSetting(themeSetting);
  const systemDark = useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
    () => false,
  );
  if (choice !== 'system') return choice;
  return systemDark ? 'dark' : 'light';
}
