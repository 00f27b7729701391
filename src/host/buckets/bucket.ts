// A bucket, or what lies below a prefix of it, as a source.
import { setMaxListeners } from 'node:events';
import type { Source } from '../../core/ingest/contract';
import { failureIssue } from '../../core/ingest/trouble';
import type { HttpError } from '../../core/source/http';
import { SourceError } from '../../core/source/source';
import { addressText } from './address';
import { Blocks, type Fetch } from './blocks';
import { BucketClient, type Wiring } from './client';
import { type Listed, listBucket } from './listing';
import type { BucketAccess } from './settings';

/** Objects that cannot be read, told one by one. */
const mostTold = 20;

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
      // Each question that is under way listens.
      setMaxListeners(0, signal);
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
      const told = new Set<string>();
      const fetch: Fetch = async (object, from, to) => {
        try {
          return await client.read(object, from, to, signal);
        } catch (error) {
          // Whoever only looks whether it can read an object goes by in silence.
          if (error instanceof SourceError && !client.failed && told.size < mostTold && !told.has(object.key)) {
            told.add(object.key);
            context.issue(failureIssue(error));
          }
          throw error;
        }
      };
      blocks = new Blocks(listed.objects, fetch);
      return listed.tree;
    },
    close,
  };
}
