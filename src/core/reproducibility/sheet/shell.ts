// Words for a shell out of run data. A run comes from a stranger: whatever is pasted may do no more than the line says.

/** Controls, invisible format characters, line separators, private use and lone surrogates: a terminal may act on them, quoted or not. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;
const everyHidden = new RegExp(hidden.source, 'gu');
const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/** Longest text of a run in one line; a terminal's line ends at 4,096. */
const longest = 3000;

/** The value as one word of a POSIX shell; null where no quoting makes it safe to paste, or it is too long. */
export function shellWord(value: string): string | null {
  if (value === '' || value.length > longest || hidden.test(value)) return null;
  return plain.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** A recorded command line as quoted words, each as it was written between blanks; null as for `shellWord`. */
export function shellWords(line: string): string | null {
  const words = line.length > longest || hidden.test(line) ? [] : line.split(' ').filter((word) => word !== '');
  return words.length === 0 ? null : words.map(shellWord).join(' ');
}

/** Run data as one line of text: what would not be seen, or would break the line, is written as its code. */
export function shownText(value: string): string {
  const text = value.length > longest ? `${value.slice(0, longest)}…` : value;
  return text.replace(everyHidden, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\u{${code}}`;
  });
}

/** A path inside the run's folder as a word behind `"$RUN"/`; null where it leads out of it or is no safe word. */
export function runPath(path: string): string | null {
  const leadsOut = path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split(/[\\/]/).includes('..');
  const word = leadsOut ? null : shellWord(path);
  return word === null ? null : `"$RUN"/${word}`;
}

const host = '[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?';
const addresses: readonly RegExp[] = [
  new RegExp(String.raw`^(?:https?|git)://(?:[\w.-]+@)?${host}(?::\d+)?/[\w./~%+-]+$`),
  new RegExp(String.raw`^ssh://(?:[A-Za-z0-9_][\w.-]*@)?${host}(?::\d+)?/[\w./~%+-]+$`),
  new RegExp(String.raw`^[A-Za-z0-9_][\w.-]*@${host}:(?!-)[\w./~%+-]+$`),
];

/** An address that git can clone and that makes git do nothing else: no `ext::`, no options, no local paths. */
export const isCloneAddress = (address: string): boolean => address.length <= 500 && addresses.some((pattern) => pattern.test(address));

/** Takes passwords and tokens out of an address: `https://user:secret@host/…` → `https://host/…`. */
export const withoutSecret = (address: string): string => address.replace(/^([a-z+]+:\/\/)[^/@]*:[^/@]*@/i, '$1');
