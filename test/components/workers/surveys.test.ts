// Drops that are read again: kept while they are read, put under one root, looked over by a worker of which the last question counts.
import { expect, test } from 'vitest';
import { asOneRoot, type DroppedFile, dropAgain, keptDrop } from '../../../src/renderer/workers/dropped';
import { type SurveyWorkerLike, surveyDrop } from '../../../src/renderer/workers/survey-client';
import type { FromSurvey, ToSurvey } from '../../../src/renderer/workers/survey-messages';

const file = (root: number, path: string): DroppedFile => ({ root, path, file: new File(['x'], path) });
async function* portions(...files: readonly (readonly DroppedFile[])[]) {
  yield* files;
}

test('files are kept as they are found, and can be iterated again', async () => {
  const { drop, kept } = keptDrop({ roots: [{ name: 'a', kind: 'folder' }], files: portions([file(0, '1')], [file(0, '2'), file(0, '3')]) });
  for await (const _ of drop.files);
  expect(kept.files.map(({ path }) => path)).toEqual(['1', '2', '3']);
  const again: string[] = [];
  for await (const some of dropAgain(kept).files) again.push(...some.map(({ path }) => path));
  expect(again).toEqual(['1', '2', '3']);
});

test('several things that were dropped together become one folder; one stays as it is', () => {
  const roots = [
    { name: 'runs', kind: 'folder' },
    { name: 'b.log', kind: 'file' },
  ] as const;
  const one = asOneRoot({ roots, files: [file(0, 'x/a.log'), file(1, 'b.log')] });
  expect(one.roots).toEqual([{ name: 'drop', kind: 'folder' }]);
  expect(one.files.map(({ root, path }) => [root, path])).toEqual([
    [0, 'runs/x/a.log'],
    [0, 'b.log'],
  ]);
  const alone = { roots: roots.slice(0, 1), files: [file(0, 'x')] };
  expect(asOneRoot(alone)).toEqual(alone);
});

test('an answer goes to its question, and one that was taken back is not waited for', async () => {
  const said: ToSurvey[] = [];
  const worker: SurveyWorkerLike = { postMessage: (message) => void said.push(message), terminate: () => {}, onmessage: null, onerror: null };
  const answer = (data: FromSurvey) => worker.onmessage?.({ data } as MessageEvent<FromSurvey>);
  const survey = surveyDrop({ roots: [], files: [] }, {}, () => worker);
  const stop = new AbortController();
  const first = survey.ask(null, stop.signal);
  const second = survey.ask('{}', new AbortController().signal);
  stop.abort(new Error('another'));
  await expect(first).rejects.toThrow('another');
  const found = { survey: null, check: { preview: null, problems: [] } };
  answer({ kind: 'answer', id: 2, answer: found });
  expect(await second).toEqual(found);
  const third = survey.ask('{}', new AbortController().signal);
  answer({ kind: 'failed', id: 3, message: 'gone' });
  await expect(third).rejects.toThrow('gone');
  expect(said.map(({ kind }) => kind)).toEqual(['drop', 'ask', 'ask', 'ask']);
});
