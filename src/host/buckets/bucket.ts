// A bucket, or what lies below a prefix of it, as a source.
import type { Source } from '../../core/ingest/contract';
import type { HttpError } from '../../core/source/http';
import { addressText } from './address';
import { Blocks } from './blocks';
import { BucketClient, type Wiring } from './client';
import { type Listed, listBucket } from './listing';
import type { BucketAccess } from './settings';

interface Session {
  readonly client: BucketClient;
  readonly controller: AbortController;
}

/** Nothing is asked before it is scanned. It can be scanned again after it was closed, as one that is followed is. */
export function bucketSource(access: BucketAccess, wiring: Wiring): Source {
  let session: Session | null = null;
  const close = async (): Promise<void> => {
    const open = session;
    session = null;
    // What was asked for ahead is waited for by nobody.
    open?.controller.abort(new Error('the bucket is closed'));
    await open?.client.close();
  };
  let failed: HttpError | null = null;
  return {
    label: addressText(access.address),
    isFar: true,
    failure: () => session?.client.failed ?? failed,
    async scan(context) {
      await close();
      failed = null;
      const client = new BucketClient(access, wiring);
      const controller = new AbortController();
      session = { client, controller };
      const signal = AbortSignal.any([context.signal, controller.signal]);
      let blocks: Blocks | null = null;
      let listed: Listed;
      try {
        listed = await listBucket(
          client,
          access.address,
          { ...context, signal },
          (index, offset, length) => blocks?.read(index, offset, length) ?? new Uint8Array(0),
        );
      } catch (error) {
        ({ failed } = client);
        throw error;
      }
      blocks = new Blocks(listed.objects, (object, from, to) => client.read(object, from, to, signal));
      return listed.tree;
    },
    close,
  };
}
