// Parses what follows a verb, and says the nearest right spelling where it is wrong.
import { parseArgs } from 'node:util';
import { UsageError } from './exit';
import { nearestTo } from './spelling';
import type { OptionSpec, VerbArgs, VerbMeta } from './verb';

/** Options that every verb knows. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = { help: { type: 'boolean', short: 'h', help: 'Show this help.' } };

/** @throws UsageError */
export function parseVerbArgs(meta: VerbMeta, words: readonly string[]): VerbArgs {
  const specs = { ...meta.options, ...commonOptions };
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { type, short, multiple }]) => [name, { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) }]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw wrongOption(error as Error, meta, words, Object.keys(specs));
  }
  const values = new Map(Object.entries(parsed.values));
  const texts = (name: string): readonly string[] => [values.get(name) ?? []].flat().filter((value) => typeof value === 'string');
  return { positionals: parsed.positionals, texts, text: (name) => texts(name).at(-1), flag: (name) => values.get(name) === true };
}

function wrongOption(error: Error, meta: VerbMeta, words: readonly string[], known: readonly string[]): UsageError {
  const unknown = words.find((word) => word.startsWith('--') && !known.includes(nameOf(word)));
  if (unknown === undefined) return new UsageError(error.message.split('\n')[0] ?? error.message);
  const near = nearestTo(nameOf(unknown), known);
  return new UsageError(`diptych ${meta.id} has no option ${unknown.split('=')[0]}`, near && `--${near}`);
}

const nameOf = (word: string): string => word.slice(2).split('=')[0] ?? '';

/**
 * A whole number given as an option; `64mb` and the like for bytes.
 * @throws UsageError
 */
export function numberOption(args: VerbArgs, name: string): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?$/i.exec(text) ?? [];
  if (digits === undefined) throw new UsageError(`--${name} wants a number, not '${text}'`);
  return Math.floor(Number(digits) * 1024 ** ' kmgt'.indexOf(unit?.toLowerCase() || ' '));
}

/**
 * `--seed`: a whole number from 0 on.
 * @throws UsageError
 */
export function seedOption(args: VerbArgs): number | undefined {
  const text = args.text('seed');
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`--seed wants a whole number, not '${text}'`);
  return Number(text);
}

/**
 * A moment given as an option, in milliseconds since the epoch.
 * @throws UsageError
 */
export function dateOption(args: VerbArgs, name: string): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new UsageError(`--${name} wants a date such as 2026-01-31T12:00:00Z, not '${text}'`);
  return ms;
}
