// A text as a field of a CSV file: quoted where needed, and no formula for a spreadsheet that opens the file.

/** What a spreadsheet may take for the beginning of a formula, also in the wide forms that East Asian ones read alike; behind apostrophes of ours. */
const formula = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * A text that a spreadsheet would run gets an apostrophe in front, one more where it has some; numbers never do.
 * Nothing is lost: a reader takes one apostrophe off a field that begins with apostrophes and one of those characters (docs/decisions/0341).
 */
export const noFormula = (text: string): string => (formula.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text);

/** A field by RFC 4180 that no spreadsheet runs. */
export function csvText(text: string): string {
  const safe = noFormula(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
