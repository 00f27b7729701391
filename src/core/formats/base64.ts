// Bytes that a log carries as base64 text.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Int8Array(128).fill(-1);
for (let at = 0; at < alphabet.length; at++) values[alphabet.charCodeAt(at)] = at;

/** The bytes, or null where the text is no base64. Padding may be missing. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const length = text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  if (length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let held = 0;
  let filled = 0;
  for (let at = 0; at < length; at++) {
    const value = values[text.charCodeAt(at)] ?? -1;
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[filled++] = held >>> bits;
  }
  return bytes;
}

/** Base64 text of bytes, padded. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const present = Math.min(3, bytes.length - at) + 1;
    for (let digit = 0; digit < 4; digit++) text += digit < present ? alphabet[(bits >> (18 - 6 * digit)) & 63] : '=';
  }
  return text;
}
