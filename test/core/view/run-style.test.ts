// The look of runs: slots that stay, and colours that people with any sight tell apart.
import { describe, expect, test } from 'vitest';
import { paletteIds, palettes } from '../../../src/core/view/palettes';
import { giveSlots, runStyle } from '../../../src/core/view/run-style';

type Rgb = readonly [number, number, number];

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const sights: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (hex: string): Rgb =>
  [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
const dot = (a: Rgb, b: Rgb): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const seen = (rgb: Rgb, sight: readonly Rgb[]): Rgb => sight.map((row) => Math.min(1, Math.max(0, dot(row, rgb)))) as unknown as Rgb;
const oklab = (rgb: Rgb): Rgb => {
  const [l, m, s] = [
    Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], rgb)),
    Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], rgb)),
    Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], rgb)),
  ];
  const lms: Rgb = [l, m, s];
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], lms),
    dot([1.9779984951, -2.428592205, 0.4505937099], lms),
    dot([0.0259040371, 0.7827717662, -0.808675766], lms),
  ];
};
const luminance = (hex: string): number => dot([0.2126, 0.7152, 0.0722], linear(hex));
const contrast = (a: string, b: string): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

/**
 * Least distance in OKLab (Ottosson 2020) between any two colours, by any sight. 0.02 is just noticeable side by side; lines in a chart need
 * several times that. Published hues leave less room than colours that were searched for.
 */
const apart = { standard: 0.09, 'okabe-ito': 0.075, 'tol-bright': 0.09, 'tol-muted': 0.09, print: 0.09 } as const;
const themes = [
  ['light', '#ffffff'],
  ['dark', '#14171b'],
] as const;

describe.each(paletteIds.flatMap((id) => themes.map(([theme, background]) => [id, theme, background] as const)))('%s on %s', (id, theme, background) => {
  const colours = palettes[id].colours.map((colour) => colour[theme]);

  test('stand out from the background, 3:1', () => {
    for (const colour of colours) expect(contrast(colour, background), colour).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.keys(sights))('differ for %s sight', (name) => {
    const sight = sights[name] ?? [];
    for (const [at, a] of colours.entries()) {
      for (const b of colours.slice(0, at)) {
        const [x, y] = [oklab(seen(linear(a), sight)), oklab(seen(linear(b), sight))];
        expect(Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]), `${a} and ${b}`).toBeGreaterThan(apart[id]);
      }
    }
  });

  test('each has a name', () => expect(new Set(palettes[id].names).size).toBe(colours.length));
});

test('in black and white, neighbours differ in their line, and sixteen runs in line or grey', () => {
  const looks = Array.from({ length: 16 }, (_, slot) => runStyle(slot, { palette: 'print' }));
  for (const [at, look] of looks.slice(1).entries()) expect(look.line).not.toBe(looks[at]?.line);
  expect(new Set(looks.map(({ line, colour }) => `${line} ${colour.light}`)).size).toBe(16);
});

test('the first 56 slots look different, and not by line alone', () => {
  const looks = Array.from({ length: 56 }, (_, slot) => runStyle(slot));
  expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(56);
  for (const [at, a] of looks.entries()) for (const b of looks.slice(0, at)) expect(a.colour === b.colour && a.marker === b.marker).toBe(false);
});

test('a run keeps its slot, a new one takes the first that is free', () => {
  const taken = new Map([
    ['a', 0],
    ['c', 2],
  ]);
  expect([...giveSlots(taken, ['c', 'b', 'a', 'd'])]).toEqual([
    ['a', 0],
    ['c', 2],
    ['b', 1],
    ['d', 3],
  ]);
  expect(giveSlots(taken, ['a'])).toBe(taken);
});

test('a colour that was chosen holds in both themes', () => {
  expect(runStyle(3, { colour: '#123456' }).colour).toEqual({ light: '#123456', dark: '#123456' });
});

test('a colour that was chosen by its place follows the palette; a line that was chosen stays', () => {
  const look = (palette: 'standard' | 'tol-bright') => runStyle(0, { palette, colour: 'palette:7', line: 'dotted' });
  expect(look('standard')).toMatchObject({ colour: palettes.standard.colours[7], line: 'dotted', marker: 'circle' });
  expect(look('tol-bright').colour).toEqual(palettes['tol-bright'].colours[0]);
});
