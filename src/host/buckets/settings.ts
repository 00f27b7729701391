// Endpoint, region and keys of a bucket: from what was entered, the environment, and the profiles of the AWS command line.
import { baseOf, type Settings, SettingsError } from '../../core/source/tracker';
import type { Environment } from '../http/wire-up';
import { type BucketAddress, bucketAddress } from './address';
import { bucketForm } from './form';
import { type Profile, profileOf } from './profile';

export interface Keys {
  readonly id: string;
  readonly secret: string;
  /** Of temporary keys. */
  readonly session: string | null;
}

export interface BucketAccess {
  readonly address: BucketAddress;
  /** `https://host/path` of a service of one's own; null for AWS, whose host depends on bucket and region. */
  readonly endpoint: string | null;
  readonly region: string;
  /** Null: asked without a name. */
  readonly keys: Keys | null;
  /** Where keys were looked for and not found, for whoever is refused without. */
  readonly hint: string;
}

const usualRegion = 'us-east-1';
/** `s3.amazonaws.com`, and those of a region. */
const awsHost = /^s3(?:[.-]([a-z]{2}(?:-[a-z]+)+-\d+))?\.amazonaws\.com(?:\.cn)?$/;
const ofAws = /(?:^|\.)amazonaws\.com(?:\.cn)?$/;
/** It goes into the name of a host. */
export const isRegion = (text: string): boolean => /^[a-z0-9][a-z0-9-]{0,39}$/.test(text);

/**
 * Keys of the environment are taken only for the endpoint of the environment, or for AWS where it names none: they must not go to a host
 * that somebody entered.
 * @param entered by field of the form; `place` is `s3://bucket/prefix`
 * @throws SettingsError where something is missing, or keys cannot be had from a profile as it is written
 */
export function bucketAccess(entered: Settings, env: Environment): BucketAccess {
  if (!entered.place?.trim()) throw new SettingsError('place', 'The bucket is missing: it looks like s3://bucket/prefix.');
  const address = bucketAddress(entered.place);
  const profile = profileOf(env);
  const configured = configuredEndpoint(profile, env);
  const typed = entered.address?.trim();
  const base = typed ? baseOf(typed) : configured;
  const [, hostRegion] = (base && awsHost.exec(new URL(base).hostname)) || [];
  const endpoint = base === null || awsHost.test(new URL(base).hostname) ? null : base;
  const region = entered.region?.trim() || hostRegion || valueIn(env, 'region') || profile.settings.get('region') || usualRegion;
  if (!isRegion(region)) throw new SettingsError('region', `${region} is no region: it looks like eu-central-1.`);
  const isEnvironments =
    configured === null ? base === null || ofAws.test(new URL(base).hostname) : base !== null && new URL(base).origin === new URL(configured).origin;
  const { keys, hint } = keysFor(entered, isEnvironments ? { env, profile } : null);
  return { address, endpoint, region, keys, hint };
}

/** A service of one's own network may be asked often. */
export const isNear = ({ endpoint }: Pick<BucketAccess, 'endpoint'>): boolean =>
  endpoint !== null && /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\])/.test(new URL(endpoint).host);

/** Values that no message may show. */
export const secretsIn = ({ keys }: Pick<BucketAccess, 'keys'>): readonly string[] =>
  keys ? [keys.id, keys.secret, ...(keys.session ? [keys.session] : [])] : [];

function configuredEndpoint({ settings, services }: Profile, env: Environment): string | null {
  if (/^true$/i.test(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.trim() ?? '')) return null;
  const written = valueIn(env, 'address') ?? (services.get('s3.endpoint_url') || settings.get('endpoint_url'));
  return written ? baseOf(written) : null;
}

/** @param own the environment, where its keys may go to this endpoint */
function keysFor(entered: Settings, own: { readonly env: Environment; readonly profile: Profile } | null): Pick<BucketAccess, 'keys' | 'hint'> {
  const typed = triple(entered.key, entered.secret, entered.session);
  if (typed) return { keys: typed, hint: '' };
  if (entered.key?.trim() || entered.secret?.trim())
    throw new SettingsError(entered.key?.trim() ? 'secret' : 'key', 'An access key and its secret key belong together: one of them is missing.');
  if (!own) return { keys: null, hint: 'Enter the keys: those of the environment belong to another endpoint.' };
  const { env, profile } = own;
  const found = triple(env.AWS_ACCESS_KEY_ID, env.AWS_SECRET_ACCESS_KEY, env.AWS_SESSION_TOKEN ?? env.AWS_SECURITY_TOKEN) ?? keysOf(profile);
  if (found) return { keys: found, hint: '' };
  const { isNamed, isThere, name } = profile;
  if (isNamed && !isThere) throw new SettingsError('key', `There is no profile ${name} in the files of the AWS command line, which AWS_PROFILE names.`);
  const made = madeBy(profile);
  if (made !== null && isNamed) throw new SettingsError('key', made);
  return {
    keys: null,
    hint: made ?? 'No keys were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile that holds some with AWS_PROFILE.',
  };
}

const keysOf = ({ settings }: Profile): Keys | null =>
  triple(settings.get('aws_access_key_id'), settings.get('aws_secret_access_key'), settings.get('aws_session_token'));

function triple(id: string | undefined, secret: string | undefined, session: string | undefined): Keys | null {
  const [key, word] = [id?.trim(), secret?.trim()];
  return key && word ? { id: key, secret: word, session: session?.trim() || null } : null;
}

const makers = ['credential_process', 'sso_session', 'sso_start_url', 'role_arn', 'web_identity_token_file', 'credential_source', 'login_session'];

/** What a profile says in place of keys: that is run or asked for by the AWS command line, not by us. */
function madeBy({ name, settings }: Profile): string | null {
  const maker = makers.find((one) => settings.has(one));
  if (!maker) return null;
  const word = /^[\w.@-]+$/.test(name) ? name : 'NAME';
  return `The profile ${name} gets its keys by ${maker}, which Diptych does not run. Export them first: eval "$(aws configure export-credentials --profile ${word} --format env)"`;
}

function valueIn(env: Environment, field: string): string | undefined {
  const names = bucketForm.form.find(({ id }) => id === field)?.env ?? [];
  return names.map((name) => env[name]?.trim()).find((value) => value);
}
