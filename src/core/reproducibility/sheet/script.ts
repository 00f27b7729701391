// The sheet as one shell script: what is not to run by itself stands behind `# `.

import type { Sheet, SheetLine } from './sheet';

/** Text of a POSIX shell script. Every line that is no command of ours is a comment, and no run data can end a comment. */
export function scriptOf(sheet: Sheet): string {
  const needsRun = sheet.parts.some(({ lines }) => lines.some(({ kind, command }) => kind === 'command' && command?.includes('"$RUN"')));
  return [
    ...(needsRun ? ['# RUN=/path/to/the/run   # the folder of the run: set it first', `: "\${RUN:?set RUN to the folder of the run}"`, ''] : []),
    ...sheet.parts.flatMap(({ title, lines }) => [`# ${title}`, ...lines.map(lineText), '']),
  ].join('\n');
}

/** One line of the sheet, with the sentence before it. */
export function lineText(line: SheetLine): string {
  const sentence = commentText(line.kind === 'gap' ? `Gap: ${line.text}` : line.text);
  if (line.command === undefined) return sentence;
  return `${sentence}\n${line.kind === 'command' ? line.command : commentText(line.command)}`;
}

/** Text as comment lines of a shell; whatever a shell or terminal takes for a line break begins a comment again. */
export const commentText = (text: string): string =>
  text
    .split(/\r\n|[\n\r\u2028\u2029\u0085]/)
    .map((part) => `# ${part}`)
    .join('\n');
