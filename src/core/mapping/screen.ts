// What a terminal would show of a line: progress bars write over themselves with carriage returns, backspaces and colours.

const escapeCharacter = '\u001b';

/** Colours, cursor moves and titles taken out. */
export function withoutEscapes(line: string): string {
  if (!line.includes(escapeCharacter)) return line;
  let kept = '';
  let from = 0;
  for (let at = line.indexOf(escapeCharacter); at >= 0; at = line.indexOf(escapeCharacter, from)) {
    kept += line.slice(from, at);
    from = escapeEnd(line, at);
  }
  return kept + line.slice(from);
}

/** The place behind a control sequence: `ESC [ … letter`, `ESC ] … BEL`, or `ESC` and one character. */
function escapeEnd(line: string, start: number): number {
  const kind = line[start + 1];
  if (kind === ']') {
    const bell = line.indexOf('\u0007', start);
    return bell < 0 ? line.length : bell + 1;
  }
  if (kind !== '[') return start + 2;
  let at = start + 2;
  while (at < line.length && (line[at]! < '@' || line[at]! > '~')) at++;
  return at + 1;
}

/**
 * The texts of one line in the order in which they stood on the screen.
 * @param updates `last`: only what stood there in the end; `all`: every state of a progress bar
 */
export function screenTexts(line: string, updates: 'last' | 'all'): readonly string[] {
  // Backspaces as many as the line is long mean the same as a carriage return.
  const plain = withoutEscapes(line.includes('\b') ? line.replace(/[\b]+/g, '\r') : line);
  if (!plain.includes('\r')) return [plain];
  const states = plain.split('\r').filter((state) => state.trim() !== '');
  return updates === 'all' ? states : states.slice(-1);
}
