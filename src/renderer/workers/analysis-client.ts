// The page's end of the worker that judges runs: the same wish is worked on once, the latest wish of a place wins, results are kept by their request.

import type { JobProgress } from '../registry/jobs';
import type { AnalysisReply, AnalysisRequest } from './analysis-messages';

/** `before`: the last result of this place, to be shown while the next is awaited. */
export type JobState<Result> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: JobProgress | null; readonly before: Result | null }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'failed'; readonly message: string; readonly before: Result | null };

export type JobReply<Result> =
  | { readonly kind: 'running'; readonly progress: JobProgress | null }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'failed'; readonly message: string };

export interface JobWish {
  /** Id of a job (registry/jobs.ts). */
  readonly job: string;
  /** Who asks: another wish of the same place for the same job replaces this one. */
  readonly place: string;
  readonly request: unknown;
  /** True for what nobody waits for: it makes way for everything else. */
  readonly background?: boolean;
}

/** The part of a Worker that is used. */
export interface AnalysisPort {
  postMessage(request: AnalysisRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<AnalysisReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface ClientDeps {
  /** Starts a worker: at the first wish, and again after one that did not answer. */
  readonly start: () => AnalysisPort;
  /** Registers work that tests wait for; for what runs in the background nobody waits. */
  readonly begin: (label: string) => () => void;
  /** Calls back later; returns how to call it off. */
  readonly later: (work: () => void, ms: number) => () => void;
}

type Listener = (reply: JobReply<unknown>) => void;

interface Work {
  readonly id: number;
  readonly key: string;
  readonly wish: JobWish;
  background: boolean;
  progress: JobProgress | null;
  readonly watchers: Map<string, Listener>;
  end: () => void;
}

/** A worker that goes on after a cancel for longer than this is ended, so that its successor can start within 100 ms. */
const graceMs = 80;
const resultsKept = 64;

export class AnalysisClient {
  #port: AnalysisPort | null = null;
  #nextId = 1;
  readonly #works = new Map<string, Work>();
  readonly #places = new Map<string, Work>();
  /** Cancelled and not yet ended: how to call off the end of the worker. */
  readonly #leaving = new Map<number, () => void>();
  readonly #results = new Map<string, unknown>();

  constructor(readonly deps: ClientDeps) {}

  /** A kept result; undefined where the wish was not answered yet, or long ago. */
  kept(wish: Pick<JobWish, 'job' | 'request'>): unknown {
    const key = keyOf(wish);
    const result = this.#results.get(key);
    if (result === undefined) return undefined;
    this.#results.delete(key);
    this.#results.set(key, result);
    return result;
  }

  /**
   * Wishes for a result; the listener hears how it goes until it is there, or the place wishes for something else.
   * @returns how to leave: what nobody waits for is cancelled
   */
  watch(wish: JobWish, listener: Listener): () => void {
    const place = `${wish.job} ${wish.place}`;
    this.#leave(place);
    const known = this.kept(wish);
    if (known !== undefined) {
      listener({ kind: 'done', result: known });
      return () => {};
    }
    const key = keyOf(wish);
    const work = this.#works.get(key) ?? this.#start(key, wish);
    if (work.background && !wish.background) {
      work.background = false;
      work.end = this.#begin(wish);
      this.#port?.postMessage({ kind: 'raise', id: work.id });
    }
    work.watchers.set(place, listener);
    this.#places.set(place, work);
    listener({ kind: 'running', progress: work.progress });
    return () => {
      if (work.watchers.get(place) === listener) this.#leave(place);
    };
  }

  /** The result as a promise. @throws what the job failed with, or the signal's reason */
  ask<Result>(wish: JobWish, signal?: AbortSignal): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const abort = (): void => {
        leave?.();
        reject(signal?.reason as Error);
      };
      const leave: (() => void) | undefined = this.watch(wish, (reply) => {
        if (reply.kind === 'running') return;
        signal?.removeEventListener('abort', abort);
        if (reply.kind === 'done') resolve(reply.result as Result);
        else reject(new Error(reply.message));
      });
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  #start(key: string, wish: JobWish): Work {
    const background = wish.background ?? false;
    const work: Work = { id: this.#nextId++, key, wish, background, progress: null, watchers: new Map(), end: this.#begin(wish) };
    this.#works.set(key, work);
    this.#send(work);
    return work;
  }

  #begin({ job, background }: JobWish): () => void {
    return background ? () => {} : this.deps.begin(`judge ${job}`);
  }

  #send({ id, wish, background }: Work): void {
    this.#port ??= this.#open();
    this.#port.postMessage({ kind: 'start', id, job: wish.job, request: wish.request, background });
  }

  #open(): AnalysisPort {
    const port = this.deps.start();
    port.onmessage = ({ data }) => this.#take(data);
    port.onerror = (event) => this.#broken(event.message || 'The worker that judges runs could not be started.');
    return port;
  }

  #leave(place: string): void {
    const work = this.#places.get(place);
    if (!work) return;
    this.#places.delete(place);
    work.watchers.delete(place);
    if (work.watchers.size > 0) return;
    this.#works.delete(work.key);
    work.end();
    this.#port?.postMessage({ kind: 'cancel', id: work.id });
    this.#leaving.set(
      work.id,
      this.deps.later(() => this.#restart(), graceMs),
    );
  }

  #take(reply: AnalysisReply): void {
    this.#leaving.get(reply.id)?.();
    if (reply.kind !== 'progress') this.#leaving.delete(reply.id);
    const work = [...this.#works.values()].find((one) => one.id === reply.id);
    if (!work || reply.kind === 'ended') return;
    if (reply.kind === 'progress') {
      work.progress = reply.progress;
      this.#tell(work, { kind: 'running', progress: reply.progress });
      return;
    }
    if (reply.kind === 'done') this.#keep(work.key, reply.result);
    this.#settle(work, reply.kind === 'done' ? { kind: 'done', result: reply.result } : { kind: 'failed', message: reply.message });
  }

  #settle(work: Work, reply: JobReply<unknown>): void {
    this.#works.delete(work.key);
    for (const place of work.watchers.keys()) this.#places.delete(place);
    this.#tell(work, reply);
    work.end();
  }

  #tell(work: Work, reply: JobReply<unknown>): void {
    for (const listener of [...work.watchers.values()]) listener(reply);
  }

  #keep(key: string, result: unknown): void {
    this.#results.set(key, result);
    const [oldest] = this.#results.keys();
    if (this.#results.size > resultsKept && oldest !== undefined) this.#results.delete(oldest);
  }

  /** A job did not let the cancel in: its worker is ended, and a new one takes what is still wished for. */
  #restart(): void {
    this.#drop();
    for (const work of this.#works.values()) this.#send(work);
  }

  #broken(message: string): void {
    this.#drop();
    for (const work of [...this.#works.values()]) this.#settle(work, { kind: 'failed', message });
  }

  #drop(): void {
    for (const callOff of this.#leaving.values()) callOff();
    this.#leaving.clear();
    this.#port?.terminate();
    this.#port = null;
  }
}

const keyOf = ({ job, request }: Pick<JobWish, 'job' | 'request'>): string => `${job} ${JSON.stringify(request)}`;
