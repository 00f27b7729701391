// What an address of a bucket names, and a way on for addresses of other kinds.
import { SettingsError } from '../../core/source/tracker';

export interface BucketAddress {
  readonly bucket: string;
  /** Key of an object or of a folder, without slashes at its ends; '' for the whole bucket. */
  readonly prefix: string;
  /** It ends in a slash: only a folder is meant. */
  readonly isFolder: boolean;
}

/** Services took longer and odder names in their early years. */
const bucketName = /^[a-z0-9][a-z0-9._-]{1,254}$/i;
const longestKey = 1024;
const text = new TextEncoder();

/** Whether a word on a command line is an address, and no path: `C:\runs` has no two letters before its colon. */
export const isAddress = (word: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(word);

/**
 * `s3://bucket/prefix`, taken letter by letter: nothing in it is escaped.
 * @throws SettingsError for every other address, with a way to read what lies there
 */
export function bucketAddress(typed: string): BucketAddress {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(typed.trim()) ?? [];
  if (scheme.toLowerCase() !== 's3') throw new SettingsError('place', otherKind(typed.trim(), scheme.toLowerCase()));
  const cut = rest.indexOf('/');
  const bucket = cut < 0 ? rest : rest.slice(0, cut);
  const key = cut < 0 ? '' : rest.slice(cut + 1);
  if (bucket.startsWith('arn:')) throw new SettingsError('place', 'Access points by ARN are not read; name the bucket, or the alias of the access point.');
  if (!bucketName.test(bucket) || bucket.includes('..')) throw new SettingsError('place', `${typed} names no bucket: it looks like s3://bucket/prefix.`);
  // In the address of an object such parts would lead to another one.
  if (key.split('/').some((part) => part === '.' || part === '..')) throw new SettingsError('place', 'A prefix with the part . or .. cannot be asked for.');
  if (/\p{Surrogate}/u.test(key)) throw new SettingsError('place', 'The prefix is no valid text.');
  if (text.encode(key).length > longestKey) throw new SettingsError('place', `The prefix is longer than a key can be (${longestKey} bytes).`);
  return { bucket, prefix: key.replace(/^\/+|\/+$/g, ''), isFolder: key.endsWith('/') };
}

export const addressText = ({ bucket, prefix }: BucketAddress): string => `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;

const copied = (command: string): string => `Copy it to this machine first, for instance by \`${command}\`.`;

const ways: Readonly<Record<string, string>> = {
  gs: 'Read it by its S3-compatible side (AWS_ENDPOINT_URL_S3=https://storage.googleapis.com with an HMAC key, then s3://…), or copy it first by `gcloud storage rsync -r`.',
  az: copied('azcopy sync'),
  abfs: copied('azcopy sync'),
  abfss: copied('azcopy sync'),
  wasb: copied('azcopy sync'),
  wasbs: copied('azcopy sync'),
  hf: copied('hf download'),
  hdfs: copied('hdfs dfs -get'),
  dbfs: copied('databricks fs cp -r'),
  s3a: 'Write it as s3://….',
  s3n: 'Write it as s3://….',
};
const onMachine =
  'Run `diptych serve PATH` on that machine and open it from here through a tunnel, `ssh -L 4747:127.0.0.1:4747 HOST`; or copy the folder by `rsync -a`.';
const overHttp = 'A tracker is read by `diptych connect URL -o FOLDER`, or in the page by Connect to a tracker; a file has to be downloaded first.';

function otherKind(typed: string, scheme: string): string {
  const shown = typed.length > 200 ? `${typed.slice(0, 200)}…` : typed;
  if (scheme === '') return `${shown} is no address of a bucket: it looks like s3://bucket/prefix.`;
  const way = ['ssh', 'sftp', 'scp', 'rsync'].includes(scheme) ? onMachine : scheme === 'http' || scheme === 'https' ? overHttp : ways[scheme];
  return `${scheme}:// is not read as a folder; s3:// is. ${way ?? 'Copy it to this machine first, with the tools of whoever keeps it.'}`;
}
