// A bucket as a place that is kept: what it takes to read it again, without a secret.
import * as v from 'valibot';
import { addressText, bucketAddress } from './address';

const text = v.pipe(v.string(), v.maxLength(16 * 1024));

export const bucketPlace = v.object({
  /** What was entered, without secrets; only `place` where the environment says the rest. */
  settings: v.record(v.string(), text),
  /** A certificate (PEM) that a person chose to trust. */
  trusted: v.optional(text),
});
export type BucketPlace = v.InferOutput<typeof bucketPlace>;

/** @throws SettingsError for what is no address of a bucket */
export const namedBucket = (address: string): BucketPlace => ({ settings: { place: addressText(bucketAddress(address)) } });
