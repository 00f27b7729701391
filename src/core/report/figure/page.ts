// A figure as a page of its own size, to be printed: vector, with its words as text.

import { escapeHtml } from '../escape';

export interface FigurePage {
  readonly title: string;
  readonly generator: string;
  readonly createdMs: number;
}

/** @param svg of our own, `widthPx` × `heightPx` CSS pixels large */
export function figurePage(svg: string, widthPx: number, heightPx: number, { title, generator, createdMs }: FigurePage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="${escapeHtml(generator)}">
<meta name="date" content="${new Date(createdMs).toISOString()}">
<title>${escapeHtml(title)}</title>
<style>@page { size: ${widthPx}px ${heightPx}px; margin: 0; } html, body { margin: 0; } svg { display: block; width: ${widthPx}px; height: ${heightPx}px; }</style>
</head>
<body>${svg}</body>
</html>
`;
}
