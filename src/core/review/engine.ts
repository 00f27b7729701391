// The contract of an engine of the review: what was judged in, claims in one form out. One file in engines/ is one engine, found by a glob.

import { fileId, registryOf } from '../base/registry';
import type { Claim, Unassessed } from './claim';
import type { Judged } from './input';

export interface Engine {
  readonly meta: {
    /** The file's name. */
    readonly id: string;
    readonly title: string;
  };
  /** What stands: not what a person set aside. */
  claims(judged: Judged): readonly Claim[];
  /** What could not be assessed, and why; never to be read as fine. */
  notAssessed(judged: Judged): readonly Unassessed[];
}

export const engines: readonly Engine[] = registryOf(import.meta.glob<Engine>('./engines/*.ts', { eager: true, import: 'engine' }), fileId);
