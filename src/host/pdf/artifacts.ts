// Marks what the browser draws outside of tagged content (page numbers, footers, backgrounds) as artifacts, so that a screen reader passes over it.

const constructs = new Set(['m', 're']);
const paints = new Set(['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*']);

/**
 * A page's content stream with `/Artifact … EMC` around every text and path that stands in no marked content. Clips stay as they are.
 * @param content decoded, as PDF writers emit it (ISO 32000-1, 7.8.2)
 */
export function markArtifacts(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  let copied = 0;
  const wrap = (from: number, to: number, head: string): void => {
    pieces.push(content.subarray(copied, from), ascii(head), content.subarray(from, to), ascii('\nEMC'));
    copied = to;
  };
  let depth = 0;
  /** Where the path or text under way begins; −1 for none. */
  let path = -1;
  let text = -1;
  let tagged = false;
  for (const { word, from, to } of operators(content)) {
    if (word === 'BDC' || word === 'BMC') {
      depth += 1;
      tagged = true;
    } else if (word === 'EMC') depth -= 1;
    else if (depth > 0) continue;
    else if (word === 'BT') {
      text = from;
      tagged = false;
    } else if (word === 'ET') {
      if (text >= 0 && !tagged) wrap(text, to, '/Artifact <</Type /Pagination>> BDC\n');
      text = -1;
    } else if (constructs.has(word)) path = path < 0 ? from : path;
    else if (word === 'n') path = -1;
    else if (paints.has(word)) {
      if (path >= 0) wrap(path, to, '/Artifact BMC\n');
      path = -1;
    } else if (word === 'Do' || word === 'sh') wrap(from, to, '/Artifact BMC\n');
  }
  pieces.push(content.subarray(copied));
  return new Uint8Array(Buffer.concat(pieces));
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Operator {
  readonly word: string;
  /** From its first operand to behind the operator. */
  readonly from: number;
  readonly to: number;
}

const blank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0;
/** ( ) < > [ ] { } / % */
const delimiters = new Set([0x28, 0x29, 0x3c, 0x3e, 0x5b, 0x5d, 0x7b, 0x7d, 0x2f, 0x25]);
const regular = (byte: number | undefined): boolean => byte !== undefined && !blank(byte) && !delimiters.has(byte);

/** Operators of a content stream in order; operands are skipped over. */
function* operators(bytes: Uint8Array): Generator<Operator> {
  let at = 0;
  let first = -1;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (blank(byte)) {
      at += 1;
      continue;
    }
    if (byte === 0x25) {
      while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at += 1;
      continue;
    }
    const start = at;
    if (first < 0) first = start;
    if (byte === 0x28) at = behindString(bytes, at);
    else if (byte === 0x3c && bytes[at + 1] !== 0x3c) at = bytes.indexOf(0x3e, at) + 1 || bytes.length;
    else if (byte === 0x2f) {
      at += 1;
      while (regular(bytes[at])) at += 1;
    } else if (regular(byte)) {
      while (regular(bytes[at])) at += 1;
      const word = String.fromCharCode(...bytes.subarray(start, Math.min(at, start + 32)));
      // Numbers and the three words that are values.
      if (/^[-+.\d]/.test(word) || word === 'true' || word === 'false' || word === 'null') continue;
      if (word === 'BI') at = behindImage(bytes, at);
      yield { word, from: first, to: at };
      first = -1;
    } else at += 1;
  }
}

/** Parentheses in a string are balanced or escaped. */
function behindString(bytes: Uint8Array, from: number): number {
  let open = 0;
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === 0x5c) at += 1;
    else if (bytes[at] === 0x28) open += 1;
    else if (bytes[at] === 0x29 && --open === 0) return at + 1;
  }
  return bytes.length;
}

/** An inline image ends with `EI` between blanks. */
function behindImage(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === 0x45 && bytes[at + 1] === 0x49 && blank(bytes[at - 1]) && (at + 2 >= bytes.length || blank(bytes[at + 2]))) return at + 2;
  }
  return bytes.length;
}
