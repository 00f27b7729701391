// A bucket in this process, for one test.
import type { IncomingMessage } from 'node:http';
import type { Environment } from '../../../src/host/http/wire-up';
import { serving } from '../http/serving';
import { type Habits, keys, type Service, serviceOf } from './service';

export interface StandIn extends Omit<Service, 'answer'> {
  readonly url: string;
  readonly asked: readonly IncomingMessage[];
  /** The environment of whoever may read it. */
  readonly env: Environment;
}

/** Ends with the test. */
export async function standIn(objects: Readonly<Record<string, string | Uint8Array>> = {}, habits: Habits = {}): Promise<StandIn> {
  const { answer, ...service } = serviceOf(objects, habits);
  const { url, asked } = await serving(answer, habits.tls);
  return { ...service, url, asked, env: { AWS_ENDPOINT_URL_S3: url, AWS_ACCESS_KEY_ID: keys.id, AWS_SECRET_ACCESS_KEY: keys.secret, HOME: '/nowhere' } };
}
