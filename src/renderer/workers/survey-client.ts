// The page's end of a survey of dropped files: the latest question is the one that is answered.

import * as v from 'valibot';
import type { SurveyAnswer } from '../../core/ingest/survey';
import type { LimitChanges } from '../../core/source/reader';
import { refusal } from '../../wire/refusal';
import type { KeptDrop } from './dropped';
import { fromSurvey, type ToSurvey } from './survey-messages';

/** The part of a Worker that is used; a test brings its own. */
export interface SurveyWorkerLike {
  postMessage(message: ToSurvey): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

const startWorker = (): SurveyWorkerLike => new Worker(new URL('./survey.worker.ts', import.meta.url), { type: 'module', name: 'survey' });

export interface DropSurvey {
  /** @throws the signal's reason once aborted; Error where the worker fails */
  ask(mapping: string | null, signal: AbortSignal): Promise<SurveyAnswer>;
  close(): void;
}

/** Starts a worker that looks over one drop; of the drop only the first root. */
export function surveyDrop(drop: KeptDrop, limits: LimitChanges, start: () => SurveyWorkerLike = startWorker): DropSurvey {
  const worker = start();
  const waiting = new Map<number, { resolve(answer: SurveyAnswer): void; reject(error: Error): void }>();
  let next = 1;
  const failAll = (message: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  };
  worker.onmessage = ({ data: raw }) => {
    const checked = v.safeParse(fromSurvey, raw);
    if (!checked.success) return failAll(`What was found cannot be shown: ${refusal(checked.issues)}`);
    const data = checked.output;
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'answer') asked?.resolve(data.answer);
    else asked?.reject(new Error(data.message));
  };
  worker.onerror = (event) => failAll(event.message || 'The worker stopped.');
  worker.postMessage({ kind: 'drop', drop, limits });
  return {
    ask: (mapping, signal) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        signal.addEventListener('abort', () => {
          waiting.delete(id);
          reject(signal.reason as Error);
        });
        worker.postMessage({ kind: 'ask', id, mapping });
      }),
    close: () => worker.terminate(),
  };
}
