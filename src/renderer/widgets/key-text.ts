// Shortcuts as text: `shift+mod+z` is Ctrl Shift Z or ⌘ ⇧ Z; and whether a key press is one of them.

const mac: Readonly<Record<string, string>> = { mod: '⌘', shift: '⇧', alt: '⌥', escape: 'Esc', enter: '↵' };
const other: Readonly<Record<string, string>> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', escape: 'Esc', enter: 'Enter' };
const both: Readonly<Record<string, string>> = { arrowup: '↑', arrowdown: '↓', arrowleft: '←', arrowright: '→', ' ': 'Space' };
const order = ['mod', 'alt', 'shift'];

/** The parts of a shortcut in the order people write them: modifiers first. */
export function keyParts(keys: string, onMac: boolean): readonly string[] {
  const words = onMac ? mac : other;
  const parts = keys.toLowerCase().split('+');
  const modifiers = order.filter((modifier) => parts.includes(modifier));
  const rest = parts.filter((part) => !order.includes(part));
  return [...modifiers, ...rest].map((part) => words[part] ?? both[part] ?? part.toUpperCase());
}

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** True when the press is the shortcut. Shift counts only beside a letter: `?` and `/` are named by what they type. */
export function matchesKeys(press: KeyPress, keys: string): boolean {
  const parts = keys.toLowerCase().split('+');
  const key = parts.at(-1) as string;
  const named = press.key.toLowerCase();
  const shiftMatters = /^([a-z]|arrow\w+|enter|escape)$/.test(key);
  return (
    named === key &&
    (press.ctrlKey || press.metaKey) === parts.includes('mod') &&
    press.altKey === parts.includes('alt') &&
    (!shiftMatters || press.shiftKey === parts.includes('shift'))
  );
}
