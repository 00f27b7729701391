// Reads a text file line by line in slices: memory stays bounded however large the file is.

import type { SourceFile } from '../source/source';
import { joinBytes, readSlices, type SliceContext } from './bytes';
import { decidingBytes, encodingOf, endsWithCr, isLatin } from './text';

/** Some lines that follow each other. Line ends (LF or CR LF) and the byte order mark are removed. */
export interface LineSlice {
  readonly lines: string[];
  /** Number of the first line, from 1. */
  readonly firstLine: number;
  /** False only where the file ends without a line feed after its last line: that line may have been cut. */
  readonly complete: boolean;
  /** Some bytes were no UTF-8: they are shown as U+FFFD, or were read as Windows-1252. */
  readonly bad: boolean;
  /** Lines longer than `limits.recordBytes`: they are given as ''. */
  readonly tooLong: readonly number[];
}

/**
 * All lines of a file. The last slice tells in `complete` whether the last line had its line feed.
 * @throws SourceError `too-large` beyond `limits.fileBytes`, and what the source throws
 */
export function readLines(file: SourceFile, context: SliceContext): AsyncGenerator<LineSlice> {
  return linesOf(readSlices(file, context), context.limits.recordBytes);
}

/** Lines of bytes that come in pieces, such as unpacked ones. `maxLength` in characters. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>, maxLength: number): AsyncGenerator<LineSlice> {
  const splitter = new Splitter(maxLength);
  let decode: Decode | null = null;
  let start: Uint8Array = new Uint8Array(0);
  for await (const bytes of pieces) {
    let body = bytes;
    if (!decode) {
      start = joinBytes([start, bytes]);
      if (start.length < decidingBytes) continue;
      [decode, body] = decoderFor(start, splitter);
    }
    const slice = splitter.push(decode(body, true));
    if (slice) yield slice;
  }
  let body: Uint8Array = new Uint8Array(0);
  if (!decode) [decode, body] = decoderFor(start, splitter);
  const last = splitter.finish(decode(body, false));
  if (last) yield last;
}

/** Text of the next bytes; `stream` where more will come. */
type Decode = (bytes: Uint8Array, stream: boolean) => string;

/** How a file is written, by its first bytes, and those without their byte order mark. */
function decoderFor(start: Uint8Array, splitter: Splitter): [Decode, Uint8Array] {
  const { encoding, mark } = encodingOf(start);
  const head = start.subarray(mark, decidingBytes);
  const latin = mark === 0 && isLatin(head);
  const decoder = new TextDecoder(latin ? 'windows-1252' : encoding, { ignoreBOM: true });
  if (latin) splitter.isBad = (text) => /[\u0080-\uFFFF]/.test(text);
  const oldMac = endsWithCr(new TextDecoder(encoding).decode(head));
  const decode: Decode = (bytes, stream) => {
    const text = decoder.decode(bytes, { stream });
    return oldMac ? text.replaceAll('\r', '\n') : text;
  };
  return [decode, start.subarray(mark)];
}

const lineFeed = 10;

/** Lines of a UTF-8 file that is read again as it grows: each reading gives those that became whole since the one before. */
export class GrowingLines {
  private at = 0;
  private rest: Uint8Array = new Uint8Array(0);
  private readonly splitter: Splitter;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** @param maxLength of a line, in characters */
  constructor(
    private readonly file: SourceFile,
    private readonly maxLength: number,
  ) {
    this.splitter = new Splitter(maxLength);
  }

  async *read(context: SliceContext): AsyncGenerator<LineSlice> {
    for await (const slice of readSlices(this.file, context, this.at)) {
      const mark = this.at === 0 ? encodingOf(slice).mark : 0;
      this.at += slice.length;
      const bytes = joinBytes([this.rest, slice.subarray(mark)]);
      const end = bytes.length > this.maxLength && !bytes.includes(lineFeed) ? bytes.length : bytes.lastIndexOf(lineFeed) + 1;
      this.rest = bytes.slice(end);
      const lines = this.splitter.push(this.decoder.decode(bytes.subarray(0, end)));
      if (lines) yield lines;
    }
  }

  /** The line under way, as if the file ended here. */
  last(): LineSlice | null {
    return this.splitter.fork().finish(this.decoder.decode(this.rest));
  }
}

class Splitter {
  private line = 1;
  /** Parts of the line under way, and their length. */
  private parts: string[] = [];
  private length = 0;
  /** Whether bytes of a text were none of its encoding. */
  isBad = (text: string): boolean => text.includes('\uFFFD');
  constructor(private readonly maxLength: number) {}

  fork(): Splitter {
    const fork = new Splitter(this.maxLength);
    fork.line = this.line;
    fork.parts = [...this.parts];
    fork.length = this.length;
    return fork;
  }

  push(text: string): LineSlice | null {
    const end = text.lastIndexOf('\n');
    if (end < 0) {
      this.keep(text);
      return null;
    }
    const tooLong: number[] = [];
    const lines = text.slice(0, end).split('\n');
    const first = this.take(lines[0]!);
    if (first === null) tooLong.push(this.line);
    lines[0] = first ?? '';
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at]!;
      if (line.length > this.maxLength) {
        tooLong.push(this.line + at);
        lines[at] = '';
      } else if (line.charCodeAt(line.length - 1) === 13) lines[at] = line.slice(0, -1);
    }
    const slice = { lines, firstLine: this.line, complete: true, bad: this.isBad(text), tooLong };
    this.line += lines.length;
    this.keep(text.slice(end + 1));
    return slice;
  }

  finish(rest: string): LineSlice | null {
    const slice = rest.includes('\n') ? this.push(rest) : null;
    if (slice === null) this.keep(rest);
    const tail = this.length === 0 ? '' : this.take('');
    if (tail === '') return slice;
    const lines = slice ? [...slice.lines, tail ?? ''] : [tail ?? ''];
    const tooLong = tail === null ? [...(slice?.tooLong ?? []), this.line] : (slice?.tooLong ?? []);
    return { lines, firstLine: slice?.firstLine ?? this.line, complete: false, bad: this.isBad(tail ?? '') || (slice?.bad ?? false), tooLong };
  }

  private keep(text: string): void {
    this.length += text.length;
    if (text !== '' && this.length <= this.maxLength) this.parts.push(text);
  }

  /** The line under way with its last part, or null where it is too long. */
  private take(last: string): string | null {
    const whole = this.length + last.length > this.maxLength ? null : this.parts.length === 0 ? last : this.parts.join('') + last;
    this.parts = [];
    this.length = 0;
    return whole;
  }
}
