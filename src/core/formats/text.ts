// Bytes as text, however they were written: byte order marks, UTF-16, Windows-1252, the line ends of old Macs.

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The encoding that a byte order mark tells, and the mark's length. Redirected output of PowerShell is UTF-16. */
export function encodingOf(head: Uint8Array): { readonly encoding: Encoding; readonly mark: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  return { encoding: 'utf-8', mark: 0 };
}

export interface Decoded {
  readonly text: string;
  /** Bytes are no text of the encoding. */
  readonly bad: boolean;
  /** They were read as Windows-1252, for nothing in them is UTF-8; otherwise bad bytes are shown as U+FFFD. */
  readonly latin: boolean;
}

/** Text of bytes without its byte order mark. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  const { encoding, mark } = encodingOf(bytes);
  const body = mark === 0 ? bytes : bytes.subarray(mark);
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body), bad: false, latin: false };
  } catch {
    const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(body);
    if (mark > 0 || !isLatin(body)) return { text, bad: true, latin: false };
    return { text: new TextDecoder('windows-1252').decode(body), bad: true, latin: true };
  }
}

/** Letters and signs that people write: what else is beyond ASCII is damage sooner than text. */
const odd = /[^\s -~€‘’“”•–—£§©«®°±²³µ·»¼½¾À-ÖØ-öø-þ]/;

/**
 * Whether bytes that are no UTF-8 are Windows-1252 instead, as programs write it in the West: then no letter beyond ASCII is UTF-8,
 * while in a text that was damaged some still are.
 */
export function isLatin(bytes: Uint8Array): boolean {
  // As a stream: the last letter of a file's first bytes may be cut in the middle.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
  return text.includes('\uFFFD') && !/[\u0080-\uFFFC]/.test(text) && !odd.test(new TextDecoder('windows-1252').decode(bytes));
}

/** Whether and how a file is odd is told by so many of its first bytes, however they come. */
export const decidingBytes = 64 * 1024;

/** Old Macs ended lines with a carriage return alone: where there is no line feed at all, each is one. */
export const endsWithCr = (text: string): boolean => text.includes('\r') && !text.includes('\n');
export const withLineFeeds = (text: string): string => (endsWithCr(text) ? text.replaceAll('\r', '\n') : text);

/**
 * Text without NUL bytes, where they are what a crash left of blocks that were never written: at most three runs of them.
 * More, or other control characters beside them, are binary data: null.
 */
export function withoutHoles(text: string): string | null {
  if (!text.includes('\0')) return text;
  if (/[^\0\s -\uFFFC]/.test(text)) return null;
  let holes = 0;
  for (let at = text.indexOf('\0'); at >= 0 && holes <= mostHoles; at = text.indexOf('\0', at)) {
    holes++;
    while (text[at] === '\0') at++;
  }
  return holes > mostHoles ? null : text.replaceAll('\0', '');
}
const mostHoles = 3;
