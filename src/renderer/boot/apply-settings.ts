// Settings that hold for the whole page rather than for one part of it: the theme, the height of rows, how numbers and dates are written.

import { setDateStyle } from '../../core/view/date-style';
import { setNumberStyle } from '../../core/view/number-style';
import { setting as dates } from '../settings/items/dates';
import { setting as density, rowHeights } from '../settings/items/density';
import { setting as digits } from '../settings/items/digits';
import { setting as exponents } from '../settings/items/exponents';
import { setting as smoothing, smoothings } from '../settings/items/smoothing';
import { setting as theme } from '../settings/items/theme';
import { setting as zone } from '../settings/items/zone';
import { settingValue } from '../settings/setting';
import type { App } from '../state/app';
import type { Settings } from '../state/settings';
import { smoothAtFirst } from '../state/smooth-at-first';

/** Keeps the page in step with the settings. */
export function applySettings({ settings, workspace }: Pick<App, 'settings' | 'workspace'>): void {
  const apply = (now: Settings, before: Settings | null): void => {
    if (before && now.chosen === before.chosen) return;
    const page = document.documentElement;
    const chosen = settingValue(now, theme);
    if (chosen === 'system') delete page.dataset.theme;
    else page.dataset.theme = chosen;
    page.style.setProperty('--row', `${rowHeights[settingValue(now, density)]}px`);
    setNumberStyle({ digits: settingValue(now, digits), exponents: settingValue(now, exponents) });
    setDateStyle({ zone: settingValue(now, zone), words: settingValue(now, dates) === 'words' });
    const [was, is] = [before ? settingValue(before, smoothing) : smoothing.standard, settingValue(now, smoothing)];
    if (was !== is) workspace.getState().change('settings', smoothAtFirst(smoothings[is], smoothings[was]), { undoable: false });
  };
  apply(settings.getState(), null);
  settings.subscribe(apply);
}

/** All that texts of numbers and dates depend on: parts that draw them are drawn anew when it changes. */
export const textStyleOf = (settings: Settings): string => [digits, exponents, zone, dates].map((one) => String(settings.chosen[one.meta.id])).join(' ');
