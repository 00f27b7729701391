// Palettes of run colours. Each is measured: contrast with both backgrounds, and distance for people with any sight.

/** A colour for a light and one for a dark background; both have 3:1 contrast there. */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

export interface Palette {
  readonly title: string;
  readonly note: string;
  readonly colours: readonly Colour[];
  /** Names of the colours, for menus. */
  readonly names: readonly string[];
  /** Neighbours differ in line before they differ in colour: for prints without colour. */
  readonly linesFirst?: true;
}

const of = (light: string, dark: string): readonly Colour[] => {
  const darks = dark.split(' ');
  return light.split(' ').map((colour, at) => ({ light: `#${colour}`, dark: `#${darks[at]}` }));
};

/**
 * The hues are those that were published. Where a published colour falls below 3:1 on a background, or below the distance that
 * test/core/view/run-style.test.ts asks for, its lightness is another one (decision 0360).
 */
export const palettes = {
  standard: {
    title: 'Diptych',
    note: 'Eight colours that people with any sight tell apart.',
    colours: of('3583ff e97215 0f7b70 ba80b7 925900 7943c2 3b4c59 631404', '8bc5ff e78100 52b275 f59bbd f7d541 8b7ac0 d0e1ed d64c23'),
    names: ['Blue', 'Orange', 'Green', 'Pink', 'Ochre', 'Violet', 'Grey', 'Red'],
  },
  'okabe-ito': {
    title: 'Okabe–Ito',
    note: 'Hues of Okabe and Ito’s Color Universal Design (2008).',
    colours: of('000000 9f701e 246183 009e73 9d9631 0072b2 984a1c d373a9', '666666 e69f00 32aae7 009e73 eae381 2571a7 d55e00 f0b2d2'),
    names: ['Black', 'Orange', 'Sky blue', 'Bluish green', 'Yellow', 'Blue', 'Vermilion', 'Reddish purple'],
  },
  'tol-bright': {
    title: 'Tol bright',
    note: 'Hues of Paul Tol’s bright scheme (SRON/EPS/TN/09-002, issue 3.2).',
    colours: of('3c78b3 d3757e 306d36 a59400 309dbe a9467b 4a4a4a', '518dca ee6677 1d8530 e1cd3a 52cff6 ae377a b7b7b7'),
    names: ['Blue', 'Red', 'Green', 'Yellow', 'Cyan', 'Purple', 'Grey'],
  },
  'tol-muted': {
    title: 'Tol muted',
    note: 'Hues of Paul Tol’s muted scheme (SRON/EPS/TN/09-002, issue 3.2): nine, and quieter.',
    colours: of('c56e7b 332288 4d4205 1c7d39 5599b9 5a1938 185c51 99980c aa4499', 'ca6576 6e6ad5 ddcc77 117733 84c8ea e083a9 8df0de 99980c a94398'),
    names: ['Rose', 'Indigo', 'Sand', 'Green', 'Cyan', 'Wine', 'Teal', 'Olive', 'Purple'],
  },
  print: {
    title: 'Black and white',
    note: 'Four greys; neighbours differ in their line. For prints without colour.',
    colours: of('000000 707070 404040 949494', 'ffffff 8f8f8f c4c4c4 6b6b6b'),
    names: ['Black', 'Mid grey', 'Dark grey', 'Light grey'],
    linesFirst: true,
  },
} as const satisfies Readonly<Record<string, Palette>>;

export type PaletteId = keyof typeof palettes;
export const paletteIds = Object.keys(palettes) as readonly PaletteId[];

/** A palette by its name. */
export const paletteOf = (id: PaletteId): Palette => palettes[id];
