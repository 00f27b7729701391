// Every setting: its standard value holds, what its control offers is valid, and what is not valid is as if nothing had been chosen.
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/renderer/registry/commands';
import { overlays } from '../../src/renderer/registry/overlays';
import { settingList } from '../../src/renderer/settings';
import { settingValue } from '../../src/renderer/settings/setting';

describe.each(settingList.map((setting) => [setting.meta.id, setting] as const))('%s', (id, setting) => {
  const { control, schema, standard } = setting;

  test('its standard value is valid and holds where nothing was chosen', () => {
    expect(v.is(schema, standard)).toBe(true);
    expect(settingValue({ chosen: {} }, setting)).toBe(standard);
  });

  test.each([[{}], ['no such value \u0000'.repeat(50)], [Number.NaN], [-1], [null], [['x']]])('%j is not taken', (hostile) => {
    if (!v.is(schema, hostile)) expect(settingValue({ chosen: { [id]: hostile } }, setting)).toBe(standard);
    else expect(hostile).toBe(standard);
  });

  test('what its control offers is valid, and leads somewhere', () => {
    if (control.kind === 'choice') for (const { value } of control.options) expect(settingValue({ chosen: { [id]: value } }, setting)).toBe(value);
    if (control.kind === 'number') {
      for (const [value, fits] of [
        [control.least, true],
        [control.most, true],
        [control.least - 1, false],
        [control.most + 1, false],
      ] as const)
        expect(v.is(schema, value)).toBe(fits);
    }
    if (control.kind === 'open') expect(overlays.map(({ meta }) => meta.id)).toContain(control.overlay);
    if (control.kind === 'command') expect(commands.map((command) => command.id)).toContain(control.command);
  });

  test('the palette reaches it', () => {
    const reached = control.kind === 'open' || control.kind === 'command' || commands.some((command) => command.id === `settings.${id}`);
    expect(reached).toBe(true);
  });
});

test('no two settings have the same title or place', () => {
  expect(new Set(settingList.map(({ meta }) => meta.title)).size).toBe(settingList.length);
  expect(new Set(settingList.map(({ meta }) => `${meta.section} ${meta.order}`)).size).toBe(settingList.length);
});
