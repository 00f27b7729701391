// Signs questions to a bucket: AWS Signature Version 4.
import type { Sign } from '../http/client';
import type { Keys } from './settings';

/** SHA-256 of nothing: a question has no body. */
const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** @param region asked anew for each question: the service may have named another one */
export function signerOf(keys: Keys, region: () => string): Sign {
  // The key of a day is made once.
  const cache = new Map<string, ArrayBuffer>();
  return async (url) => {
    const { AwsV4Signer } = await import('aws4fetch');
    const signer = new AwsV4Signer({
      url: url.href,
      method: 'GET',
      headers: { 'x-amz-content-sha256': emptyDigest },
      accessKeyId: keys.id,
      secretAccessKey: keys.secret,
      ...(keys.session === null ? {} : { sessionToken: keys.session }),
      service: 's3',
      region: region(),
      cache,
    });
    const { headers } = await signer.sign();
    return Object.fromEntries(headers);
  };
}
