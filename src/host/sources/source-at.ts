// Whatever may be read: a path on this machine, or a bucket.
import type { Source } from '../../core/ingest/contract';
import { bucketSource } from '../buckets/bucket';
import type { BucketAccess } from '../buckets/settings';
import { pathSource } from './folder';

/** A bucket with all that it takes to read it. Holds secrets: it goes to a thread of ours and nowhere else. */
export interface BucketJob {
  readonly access: BucketAccess;
  readonly version: string;
  /** A certificate (PEM) that a person chose to trust. */
  readonly trusted?: string;
}

/** An absolute path, or a bucket. */
export type SourceJob = string | BucketJob;

export function sourceAt(job: SourceJob): Source {
  if (typeof job === 'string') return pathSource(job);
  const { access, ...wiring } = job;
  return bucketSource(access, { ...wiring, env: process.env });
}
