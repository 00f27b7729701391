// Text as comment lines of YAML, Python and shells.

const width = 120;

/** `# …` lines of at most about 120 characters; control characters, which could end the comment, become blanks. */
export function commentLines(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const words = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, ' ').split(/ +/);
  const lines: string[] = [];
  let line = '#';
  for (const word of words) {
    if (line.length > 1 && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return `${[...lines, line].join('\n')}\n`;
}
