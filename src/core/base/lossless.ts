// JSON text for values that JSON cannot hold: NaN, ±Infinity, −0 and integers beyond 2^53. For storage and the wire.

/** What can be written: JSON's values and the four that it lacks. `undefined` members of an object are left out. */
export type Lossless = string | number | boolean | null | bigint | undefined | readonly Lossless[] | { readonly [key: string]: Lossless };
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A special number is `{"$": "NaN"}`, an object key that starts with `$` gets another one, so the two never meet. */
const mark = '$';

/** The value as JSON text; `fromLosslessJson` gives it back exactly. */
export const toLosslessJson = (value: unknown): string => JSON.stringify(encode(value as Lossless));

/**
 * The value that `toLosslessJson` wrote.
 * @throws SyntaxError when it is not JSON or a special number is unknown
 */
export const fromLosslessJson = (text: string): unknown => decode(JSON.parse(text) as Json);

function encode(value: Lossless): Json {
  switch (typeof value) {
    case 'number':
      if (Object.is(value, -0)) return { [mark]: '-0' };
      return Number.isFinite(value) ? value : { [mark]: String(value) };
    case 'bigint':
      return { [mark]: `${value}n` };
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return value.map(encode);
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, member]) => member !== undefined)
          .map(([key, member]) => [key.startsWith(mark) ? mark + key : key, encode(member)]),
      );
    case 'undefined':
      return null;
    default:
      return value;
  }
}

function decode(value: Json): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  if (Object.hasOwn(value, mark)) return special(value[mark]);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.startsWith(mark) ? key.slice(mark.length) : key, decode(member)]));
}

function special(text: Json | undefined): number | bigint {
  switch (text) {
    case '-0':
      return -0;
    case 'NaN':
      return Number.NaN;
    case 'Infinity':
      return Number.POSITIVE_INFINITY;
    case '-Infinity':
      return Number.NEGATIVE_INFINITY;
    default:
      if (typeof text === 'string' && /^-?\d{1,10000}n$/.test(text)) return BigInt(text.slice(0, -1));
      throw new SyntaxError(`not a special number: ${String(text).slice(0, 40)}`);
  }
}
