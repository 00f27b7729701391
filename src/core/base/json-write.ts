// The command line's JSON: numbers as the contract prints them (docs/cli.md), which JSON.stringify does not.

/**
 * A number as JSON: the shortest decimal that reads back the same; −0 is `-0.0`, non-finite numbers are strings.
 * Floats of 2^53 and more get an exponent, so that they are not taken for exact integers.
 */
export function jsonNumber(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0';
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential() : String(value);
}

/** An integer as JSON: digits, or a string beyond 2^53, where many JSON readers would round it. */
export function jsonInteger(value: bigint): string {
  const safe = BigInt(Number.MAX_SAFE_INTEGER) + 1n;
  return value >= -safe && value <= safe ? String(value) : `"${value}"`;
}

/** Any plain data as compact JSON text. Members that are undefined are left out; typed arrays are written as arrays. */
export function jsonText(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return jsonNumber(value);
    case 'bigint':
      return jsonInteger(value);
    case 'object':
      if (value === null) return 'null';
      if (value instanceof Float64Array) return numbersText(value);
      if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
      return objectText(value as Record<string, unknown>);
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    default:
      return 'null';
  }
}

function numbersText(values: Float64Array): string {
  const parts = new Array<string>(values.length);
  for (let i = 0; i < values.length; i++) parts[i] = jsonNumber(values[i] as number);
  return `[${parts.join(',')}]`;
}

function objectText(value: Record<string, unknown>): string {
  const members: string[] = [];
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined) members.push(`${JSON.stringify(key)}:${jsonText(value[key])}`);
  }
  return `{${members.join(',')}}`;
}
