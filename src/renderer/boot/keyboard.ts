// Runs commands by their keys, wherever the focus is, except that typing stays typing.

import { useEffect } from 'react';
import { commands } from '../registry/commands';
import { tabs } from '../registry/tabs';
import type { App } from '../state/app';
import { matchesKeys } from '../widgets/key-text';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) || (target instanceof HTMLInputElement && target.type !== 'range'));

/** Listens as long as the shell is there. */
export function useKeyboard(app: App): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (plain && isTyping(event.target)) return;
      const inDialog = document.querySelector('[role="dialog"]') !== null;
      if (plain && inDialog) return;
      const tab = plain ? tabs.find((one) => one.meta.key === event.key) : undefined;
      if (tab) {
        event.preventDefault();
        app.navigation.toTab(tab.meta.id);
        return;
      }
      // In a field, undo, redo and the way from word to word are the field's own.
      const own = isTyping(event.target) && /^([zy]|arrow(left|right))$/i.test(event.key);
      const command = own ? undefined : commands.find((one) => one.keys?.some((keys) => matchesKeys(event, keys)) && (one.enabled?.(app) ?? true));
      if (!command) return;
      event.preventDefault();
      command.run(app);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [app]);
}
