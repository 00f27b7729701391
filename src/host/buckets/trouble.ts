// What a refusal of an S3-compatible service means: an issue code, a sentence, and a way on.
import { HttpError } from '../../core/source/http';
import type { HttpTrouble } from '../../core/source/source';
import { addressText } from './address';
import type { Refusal } from './answers';
import type { BucketAccess } from './settings';

const longestSaid = 300;

/** Whoever asks is not known, whatever status the service gives it. */
const unknownKeys: ReadonlySet<string> = new Set(['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'InvalidSecurity']);

const codesOfStatus: Readonly<Record<number, HttpTrouble>> = {
  301: 'redirected',
  307: 'redirected',
  308: 'redirected',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'not-found',
};

export interface Refused {
  readonly host: string;
  readonly status: number;
  readonly refusal: Refusal | null;
  readonly access: BucketAccess;
  /** Key of the object; null for the list. */
  readonly key: string | null;
}

/** The error that is told. The service's own words go along where they hold no secret. */
export function troubleOf({ host, status, refusal, access, key }: Refused, hide: (said: string) => string): HttpError {
  const { address, keys, hint } = access;
  const code = refusal?.code ?? '';
  const place = key === null ? addressText(address) : `s3://${address.bucket}/${key}`;
  const told = refusal?.message ? hide(refusal.message) : '';
  const said = told === '' ? '' : ` It says: ${told.length > longestSaid ? `${told.slice(0, longestSaid)}…` : told}`;
  const be = (trouble: HttpTrouble, message: string, tip?: string) => new HttpError(trouble, message, place, tip);

  if (code === 'NoSuchBucket') return be('not-found', `There is no bucket ${address.bucket} at ${host}.`, 'Look at its name, and at the endpoint.');
  if (code === 'RequestTimeTooSkewed')
    return be('unauthorised', `${host} does not take the signature: the clock of this machine is off by more than 15 minutes.`, 'Set the clock.');
  if (code === 'ExpiredToken' || code === 'TokenRefreshRequired')
    return be(
      'unauthorised',
      `The temporary keys for ${host} have ended (${status} ${code}).${said}`,
      'Get new ones (`aws sso login`, `aws sts get-session-token`): access key, secret key and session token belong together.',
    );
  if (unknownKeys.has(code) || status === 401)
    return be(
      'unauthorised',
      `${host} does not know who asks (${status} ${code}).${said}`,
      'Look at access key, secret key and session token: temporary keys end.',
    );
  if (code === 'InvalidObjectState')
    return be('forbidden', `${place} lies in an archive class, from which nothing is read directly.`, 'Restore the object, then refresh.');
  if (codesOfStatus[status] === 'redirected')
    return be(
      'redirected',
      `The bucket ${address.bucket} lies elsewhere than at ${host}, which does not say where (${status}).`,
      'Enter its region, or its endpoint.',
    );
  if (status === 403) {
    const what = key === null ? `to list ${place}` : `to hand out ${place}`;
    const tip = keys ? 'The keys need the permissions s3:ListBucket and s3:GetObject.' : hint || 'Enter an access key and its secret key.';
    return be('forbidden', `${host} refuses ${what}${keys ? '' : ' to somebody without keys'} (403 ${code || 'without a word'}).${said}`, tip);
  }
  return be(codesOfStatus[status] ?? 'bad-answer', `${host} does not take the question (${status}${code && ` ${code}`}).${said}`);
}
