// What the options of `connect` say: settings, since when, which certificate.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type EpochMs, epochMs } from '../core/base/units';
import { parseTimestamp } from '../core/formats/timestamp';
import type { Settings, Tracker } from '../core/source/tracker';
import { UsageError } from './exit';
import type { CliContext, VerbArgs } from './verb';

const mostBytes = 64 * 1024;
const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** @throws UsageError where the text is no date and no age */
export function sinceOf(text: string | undefined, now: number): EpochMs | null {
  if (text === undefined) return null;
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (count !== undefined) return epochMs(now - Number(count) * (unitMs[unit] ?? 0));
  const ms = parseTimestamp(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text);
  if (ms === null) throw new UsageError(`--since ${text}: a date (2026-11-02 or 2026-11-02T10:00Z) or an age (7d, 12h)`);
  return epochMs(ms);
}

/** The token goes into the first secret of the form, or, with a user, into the password that belongs to it. */
export function enteredSettings({ form }: Pick<Tracker, 'form'>, address: string, args: VerbArgs, context: CliContext): Settings {
  const user = args.text('user');
  const file = args.text('token-file');
  const token = file === undefined ? undefined : textOf(file, '--token-file', context);
  const secrets = form.filter(({ kind }) => kind === 'secret').map(({ id }) => id);
  const secret = user !== undefined && secrets.includes('password') ? 'password' : (secrets.find((id) => id !== 'password') ?? secrets[0]);
  if (token !== undefined && secret === undefined) throw new UsageError('this tracker takes no token');
  const addressField = form.find(({ kind }) => kind === 'address')?.id ?? 'address';
  return { [addressField]: address, ...(user === undefined ? {} : { user }), ...(token === undefined || secret === undefined ? {} : { [secret]: token }) };
}

/** @throws UsageError where the file is no certificate */
export function trustedOf(file: string | undefined, context: CliContext): string | undefined {
  if (file === undefined) return undefined;
  const pem = textOf(file, '--trust', context);
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw new UsageError(`--trust ${file}: that is no certificate in PEM form`);
  return pem;
}

function textOf(named: string, option: string, { cwd }: CliContext): string {
  const file = resolve(cwd, named);
  try {
    const { size } = statSync(file);
    if (size > mostBytes) throw new Error(`it has ${size} bytes`);
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UsageError(`${option} ${named} cannot be read: ${(error as Error).message}`);
  }
}
