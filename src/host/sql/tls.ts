// What `sslmode` asks for, as options of a TLS connection.
import type { ConnectionOptions } from 'node:tls';
import type { SqlAccess } from '../../core/source/sql';
import { trusting } from '../http/wire-up';

/**
 * libpq's meaning: `prefer` and `require` encrypt and look at no certificate, `verify-ca` wants one that an authority vouches for, `verify-full` one of
 * this host. Where a person chose a certificate to trust, it is looked for in every mode but `disable`.
 * @returns null for no TLS
 */
export function tlsOptions({ tls }: Pick<SqlAccess, 'tls'>, trusted: string | undefined): ConnectionOptions | null {
  if (tls === 'disable') return null;
  if (trusted !== undefined) return trusting(trusted);
  if (tls === 'verify-full') return { rejectUnauthorized: true };
  return tls === 'verify-ca' ? { rejectUnauthorized: true, checkServerIdentity: () => undefined } : { rejectUnauthorized: false };
}

/** Plain text will do where the server has no TLS. */
export const mayBePlain = ({ tls }: Pick<SqlAccess, 'tls'>, trusted: string | undefined): boolean => tls === 'prefer' && trusted === undefined;
