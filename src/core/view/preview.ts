// How a file of a run can be looked at: what it is by its name, and its bytes as text, table or picture.

import { decodeUtf8 } from '../formats/text';

export type PreviewKind = 'image' | 'json' | 'table' | 'patch' | 'text' | 'none';

const kinds: readonly (readonly [PreviewKind, RegExp])[] = [
  ['image', /\.(png|jpe?g|gif|webp|bmp|svg)$/i],
  ['json', /\.(json|ipynb)$/i],
  ['table', /\.(csv|tsv)$/i],
  ['patch', /\.(patch|diff)$/i],
  [
    'text',
    /\.(txt|log|md|rst|ya?ml|toml|ini|cfg|py|sh|jsonl|xml|html?|tex|r|jl|cpp|cu|h|lock|out|err)$|(^|\/)(MLmodel|Dockerfile|Makefile|requirements[^/]*)$/i,
  ],
];

export const previewKind = (path: string): PreviewKind => kinds.find(([, pattern]) => pattern.test(path))?.[0] ?? 'none';

const mimes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
};

export const imageMime = (path: string): string => mimes[path.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';

/** Lines of a text that are shown; the rest is counted. */
export const linesShown = 2000;

export interface TextPreview {
  readonly lines: readonly string[];
  readonly more: number;
  /** Bytes that are not UTF-8 were replaced. */
  readonly bad: boolean;
}

export function textPreview(bytes: Uint8Array<ArrayBuffer>): TextPreview {
  const { text, bad } = decodeUtf8(bytes);
  const lines = text.replace(/\n$/, '').split('\n');
  return { lines: lines.slice(0, linesShown), more: Math.max(0, lines.length - linesShown), bad };
}

/** JSON with two-space indent where it is short enough and well-formed; otherwise the text as it is. */
export function jsonPreview(bytes: Uint8Array<ArrayBuffer>): TextPreview {
  const plain = textPreview(bytes);
  if (plain.more > 0 || plain.lines.length > 3) return plain;
  try {
    const lines = JSON.stringify(JSON.parse(plain.lines.join('\n')), null, 2).split('\n');
    // Re-writing must not change a number (1e400, 2^53+1): then the text is shown as it is.
    if (lines.join('').replace(/\s/g, '') !== plain.lines.join('').replace(/\s/g, '')) return plain;
    return { lines: lines.slice(0, linesShown), more: Math.max(0, lines.length - linesShown), bad: plain.bad };
  } catch {
    return plain;
  }
}

/** Cells of a delimited text, by the delimiter that its first line holds most of; quotes are understood within a line. */
export function tablePreview(preview: TextPreview): readonly (readonly string[])[] {
  const head = preview.lines[0] ?? '';
  const delimiter = ['\t', ';', ','].reduce((best, mark) => (head.split(mark).length > head.split(best).length ? mark : best), ',');
  return preview.lines.map((line) => splitLine(line, delimiter));
}

function splitLine(line: string, delimiter: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] as string;
    if (character === '"') {
      if (quoted && line[at + 1] === '"') cell += line[++at];
      else quoted = !quoted;
    } else if (character === delimiter && !quoted) {
      cells.push(cell);
      cell = '';
    } else if (character !== '\r') cell += character;
  }
  return [...cells, cell];
}

/** 1-based line that evidence points at: `line 12`; null where it points at something else. */
export function lineOf(where: string | undefined): number | null {
  const match = /\bline (\d+)/.exec(where ?? '');
  return match ? Number(match[1]) : null;
}
