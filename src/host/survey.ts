// Looks over a source for files that nobody knows, in a thread of its own that ends with the question.
import { Worker } from 'node:worker_threads';
import * as v from 'valibot';
import type { SurveyAnswer } from '../core/ingest/survey';
import { WireError } from '../wire/errors';
import { refusal } from '../wire/refusal';
import { builtFile } from './built-files';
import { fromSurvey, type SurveyJob, type WorkerTask } from './worker-messages';

/**
 * @param workerFile found beside this bundle when left out
 * @throws WireError where it cannot be read; the signal's reason when another question came
 */
export function surveySource(job: SurveyJob, signal: AbortSignal, workerFile?: string): Promise<SurveyAnswer> {
  const file = workerFile ?? builtFile('ingest.worker.js');
  if (file === null)
    throw new WireError('unavailable', 'The part of Diptych that reads runs is missing.', 'Build it with `npm run build`, or install Diptych again.');
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: { task: 'survey', ...job } satisfies WorkerTask, name: 'survey' });
    const stop = (): void => {
      void worker.terminate();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (raw: unknown) => {
      const checked = v.safeParse(fromSurvey, raw);
      if (!checked.success) reject(new WireError('internal', `What was found cannot be shown: ${refusal(checked.issues)}`, 'Name fewer files in the mapping.'));
      else if (checked.output.kind === 'survey') resolve(checked.output.answer);
      else reject(new WireError('not-found', checked.output.message, 'Open the folder again.'));
    });
    worker.on('error', (error) => reject(new WireError('internal', `Looking over the folder stopped: ${error.message}`, 'Name fewer files in the mapping.')));
    worker.on('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new WireError('internal', 'Looking over the folder stopped without a reason.', 'Try again.'));
    });
  });
}
