// What the worker that judges runs does: runs jobs side by side, those that somebody waits for first, and lets a cancel in. Runs anywhere.

import type { AnyJob, JobStore } from '../registry/jobs';
import type { AnalysisReply, AnalysisRequest } from './analysis-messages';

export interface EngineDeps {
  readonly jobs: ReadonlyMap<string, AnyJob>;
  readonly store: JobStore;
  readonly post: (reply: AnalysisReply) => void;
  /** Resolves after the messages that wait were taken. */
  readonly breath: () => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
  /** Words for what was thrown. */
  readonly explain: (error: unknown) => string;
}

/** How long work goes on before messages are let in. */
const turnMs = 16;
const reportMs = 100;

interface Work {
  readonly abort: AbortController;
  background: boolean;
}

export class AnalysisEngine {
  readonly #works = new Map<number, Work>();
  #lastBreath = 0;
  /** Background work that waits for the foreground to end, or to be raised. */
  #waiting: (() => void)[] = [];

  constructor(readonly deps: EngineDeps) {}

  handle(request: AnalysisRequest): void {
    switch (request.kind) {
      case 'start':
        void this.#run(request);
        return;
      case 'raise': {
        const work = this.#works.get(request.id);
        if (work) work.background = false;
        this.#wake();
        return;
      }
      case 'cancel':
        this.#works.get(request.id)?.abort.abort();
        this.#wake();
    }
  }

  async #run({ id, job, request, background }: Extract<AnalysisRequest, { kind: 'start' }>): Promise<void> {
    const { jobs, store, post, now, explain } = this.deps;
    const work: Work = { abort: new AbortController(), background };
    const { signal } = work.abort;
    this.#works.set(id, work);
    let lastReport = Number.NEGATIVE_INFINITY;
    try {
      const found = jobs.get(job);
      if (!found) throw new Error(`there is no job '${job}'`);
      await this.#breathe(work, true);
      const result = await found.run(request as never, {
        store,
        signal,
        breathe: () => this.#breathe(work, false),
        progress: (progress) => {
          if (signal.aborted || now() - lastReport < reportMs) return;
          lastReport = now();
          post({ kind: 'progress', id, progress });
        },
      });
      post(signal.aborted ? { kind: 'ended', id } : { kind: 'done', id, result });
    } catch (error) {
      post(signal.aborted ? { kind: 'ended', id } : { kind: 'failed', id, message: explain(error) });
    } finally {
      this.#works.delete(id);
      this.#wake();
    }
  }

  async #breathe(work: Work, now: boolean): Promise<void> {
    const { signal } = work.abort;
    signal.throwIfAborted();
    if (now || this.deps.now() - this.#lastBreath >= turnMs) {
      await this.deps.breath();
      this.#lastBreath = this.deps.now();
    }
    while (work.background && !signal.aborted && this.#foreground()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    signal.throwIfAborted();
  }

  #foreground(): boolean {
    for (const work of this.#works.values()) if (!work.background) return true;
    return false;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
