// Shortcuts as people write and press them, and finding by a few letters.
import { describe, expect, test } from 'vitest';
import { findByWords } from '../../src/core/view/find-words';
import { keyParts, matchesKeys } from '../../src/renderer/widgets/key-text';

const press = (key: string, more: Partial<Parameters<typeof matchesKeys>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe('keys', () => {
  test.each([
    ['shift+mod+z', false, 'Ctrl Shift Z'],
    ['shift+mod+z', true, '⌘ ⇧ Z'],
    ['arrowdown', false, '↓'],
    [' ', false, 'Space'],
    ['?', true, '?'],
  ])('%s', (keys, mac, expected) => expect(keyParts(keys, mac).join(' ')).toBe(expected));

  test('are told apart by what is held down', () => {
    expect(matchesKeys(press('z', { ctrlKey: true }), 'mod+z')).toBe(true);
    expect(matchesKeys(press('z', { metaKey: true }), 'mod+z')).toBe(true);
    expect(matchesKeys(press('Z', { ctrlKey: true, shiftKey: true }), 'mod+z')).toBe(false);
    expect(matchesKeys(press('Z', { ctrlKey: true, shiftKey: true }), 'shift+mod+z')).toBe(true);
    expect(matchesKeys(press('b', { altKey: true }), 'b')).toBe(false);
  });

  test('signs are named by what they type, whatever the keyboard needs for them', () => {
    expect(matchesKeys(press('?', { shiftKey: true }), '?')).toBe(true);
    expect(matchesKeys(press('/', { shiftKey: true }), '/')).toBe(true);
  });
});

test('words find what begins with them first', () => {
  const items = ['Ungroup runs', 'Group by seed', 'Delete group', 'Go to Curves'];
  expect(findByWords(items, 'group', (item) => item)).toEqual(['Group by seed', 'Delete group', 'Ungroup runs']);
  expect(findByWords(items, 'gr seed', (item) => item)).toEqual(['Group by seed']);
  expect(findByWords(items, '', (item) => item, 2)).toHaveLength(2);
});
