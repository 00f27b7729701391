// Markers as outlines: the same in the legend of a chart and beside a run's name.

import type { Marker } from './run-style';

/** Corners in a box from −1 to 1, from one to the next; the circle is drawn by arcs. */
const corners: Readonly<Record<Exclude<Marker, 'circle'>, readonly (readonly [number, number])[]>> = {
  square: box(1, 1),
  triangle: [
    [0, -1],
    [1, 0.8],
    [-1, 0.8],
  ],
  down: [
    [0, 1],
    [1, -0.8],
    [-1, -0.8],
  ],
  diamond: [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
  cross: [
    [-0.35, -1],
    [0.35, -1],
    [0.35, -0.35],
    [1, -0.35],
    [1, 0.35],
    [0.35, 0.35],
    [0.35, 1],
    [-0.35, 1],
    [-0.35, 0.35],
    [-1, 0.35],
    [-1, -0.35],
    [-0.35, -0.35],
  ],
  star: Array.from({ length: 10 }, (_, at): readonly [number, number] => {
    const [radius, angle] = [at % 2 === 0 ? 1.2 : 0.5, (at * Math.PI) / 5];
    return [radius * Math.sin(angle), -radius * Math.cos(angle)];
  }),
};

function box(x: number, y: number): readonly (readonly [number, number])[] {
  return [
    [-x, -y],
    [x, -y],
    [x, y],
    [-x, y],
  ];
}

/** SVG path data of a marker around a place. */
export function markerPath(marker: Marker, x: number, y: number, radius: number): string {
  const at = (value: number): string => String(Math.round(value * 100) / 100);
  if (marker === 'circle') {
    const r = at(radius);
    return `M${at(x - radius)} ${at(y)}a${r} ${r} 0 1 0 ${at(2 * radius)} 0a${r} ${r} 0 1 0 ${at(-2 * radius)} 0z`;
  }
  return `${corners[marker].map(([dx, dy], index) => `${index === 0 ? 'M' : 'L'}${at(x + dx * radius)} ${at(y + dy * radius)}`).join('')}z`;
}
