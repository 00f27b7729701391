// Values as trackers keep them: JSON-like, with integers beyond 2^53 as bigint and non-finite numbers allowed.

export type Value = string | number | boolean | null | bigint | readonly Value[] | { readonly [key: string]: Value };
/** Flat names to values; built with a null prototype or by `Object.fromEntries`, never by assigning hostile keys. */
export type Values = Readonly<Record<string, Value>>;
