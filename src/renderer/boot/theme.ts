// Light or dark: follows the system unless the person chose.

import { useSyncExternalStore } from 'react';
import { useSettings } from '../state/app';
import type { SettingsStore, ThemeChoice } from '../state/settings';

/** Keeps `data-theme` on the page in step with the setting. */
export function followTheme(settings: SettingsStore): void {
  const show = ({ theme }: { readonly theme: ThemeChoice }): void => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  show(settings.getState());
  settings.subscribe(show);
}

const query = '(prefers-color-scheme: dark)';

/** What is shown now, for what cannot use CSS (canvas): `light` or `dark`. */
export function useTheme(): 'light' | 'dark' {
  const choice = useSettings((settings) => settings.theme);
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
