// From the worst to the best as one hue that grows stronger: read alike by all kinds of colour sight, and in print.

import type { ChartTheme } from './theme';

type Rgb = readonly [number, number, number];

const light: readonly Rgb[] = [
  [221, 226, 236],
  [158, 173, 226],
  [63, 81, 196],
  [29, 39, 110],
];
const dark: readonly Rgb[] = [
  [48, 54, 64],
  [72, 86, 150],
  [130, 146, 240],
  [214, 221, 255],
];

/** @param standing 0 the worst to 1 the best */
export function ramp(standing: number, theme: ChartTheme): string {
  const [r, g, b] = mixed(standing, theme.dark ? dark : light);
  return `rgb(${r}, ${g}, ${b})`;
}

/** The colour of text that can be read on the ramp there. */
export function inkOn(standing: number, theme: ChartTheme): string {
  const [r, g, b] = mixed(standing, theme.dark ? dark : light).map((part) => (part / 255) ** 2.2) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.22 ? '#12152b' : '#ffffff';
}

function mixed(standing: number, stops: readonly Rgb[]): Rgb {
  const at = Math.max(0, Math.min(1, standing)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const [a, b] = [stops[low] as Rgb, stops[low + 1] as Rgb];
  return [0, 1, 2].map((i) => Math.round((a[i] as number) + (at - low) * ((b[i] as number) - (a[i] as number)))) as unknown as Rgb;
}
