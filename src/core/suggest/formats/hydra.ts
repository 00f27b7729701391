// Suggestions as Hydra overrides: a line each, quoted for Hydra's grammar and then for the shell.

import type { Value } from '../../model/values';
import { commentLines } from '../comment';
import type { SuggestionFormat } from '../format';

export const format: SuggestionFormat = {
  meta: { id: 'hydra', title: 'Hydra overrides' },
  text: (suggestions) =>
    suggestions
      .map(({ params, kind, why }) => {
        const overrides: string[] = [];
        const left: string[] = [];
        for (const [name, value] of Object.entries(params)) {
          const written = hydraValue(value);
          if (written === null || !keyPattern.test(name)) left.push(name);
          else overrides.push(shellWord(`${name}=${written}`));
        }
        const note = left.length > 0 ? commentLines(`Not in Hydra's grammar, set by hand: ${left.join(', ')}`) : '';
        return `${commentLines(`${kind}: ${why}`)}${note}${overrides.join(' ')}\n`;
      })
      .join(''),
};

/** Names that the grammar takes as a key without an operator: no `+`, `~` or `@` at work. */
const keyPattern = /^[A-Za-z_][\w$-]*([./][\w$-]+)*$/;
const plainText = /^[A-Za-z_][\w\-/.]*$/;
/** Texts that would be read as something else. */
const keyword = /^(true|false|null|nan|inf|yes|no|on|off)$/i;
const memberName = /^[A-Za-z_][\w-]*$/;

/** A value in the grammar of overrides, or null where it has none. */
export function hydraValue(value: Value): string | null {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value).replace('e+', 'e') : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (typeof value === 'string') return plainText.test(value) && !keyword.test(value) ? value : quoted(value);
  const parts = Array.isArray(value)
    ? value.map((item: Value) => hydraValue(item))
    : Object.entries(value as { readonly [key: string]: Value }).map(([key, item]) => {
        const written = hydraValue(item);
        return memberName.test(key) && !keyword.test(key) && written !== null ? `${key}:${written}` : null;
      });
  if (parts.includes(null)) return null;
  return Array.isArray(value) ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
}

/** Backslashes are doubled only before a quote or at the end; `\${` keeps an interpolation from being resolved. */
const quoted = (text: string): string =>
  `'${text.replace(/(\\*)('|$)/g, (_, slashes: string, end: string) => slashes + slashes + (end && "\\'")).replaceAll('${', '\\${')}'`;

/** One word of a POSIX shell. */
const shellWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
