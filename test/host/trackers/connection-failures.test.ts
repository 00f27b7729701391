// Every row of the failure table in docs/connections.md, by servers that fail so: on the first question, in the middle of an import, and well again after it.
import { expect, test } from 'vitest';
import { type Issue, issueCatalogue } from '../../../src/core/base/issues';
import type { ClaimMark } from '../../../src/core/ingest/contract';
import { type Downloaded, download } from '../../../src/core/ingest/download';
import { tracker } from '../../../src/core/readers/mlflow-server/tracker';
import { HttpError } from '../../../src/core/source/http';
import { defaultLimits } from '../../../src/core/source/reader';
import { openConnection } from '../../../src/host/trackers/open';
import { failures, host, others, tipOf } from '../../support/connection-failures';
import { mlflow } from '../http/mlflow';
import { certificate, json } from '../http/serving';

const { signal } = new AbortController();
const runs = 60;
/** What the MLflow reader asks for at once. */
const together = 25;
const told = (text: string): string => text.replace(/127\.0\.0\.1:\d+/g, host);

function opened(address: string, waits: string[] = [], trusted?: string) {
  const clock = { pause: async () => {}, patience: { headersMs: 400, bodyMs: 400 } };
  const waiting = (ms: number, why: string): void => void waits.push(`Waiting ${Math.ceil(ms / 1000)} s: ${told(why)}`);
  return openConnection(tracker, { settings: { address }, env: {}, version: 'test', signal, clock, waiting, ...(trusted ? { trusted } : {}) });
}

async function failureOf(address: string): Promise<HttpError> {
  const caught = await opened(address).then(
    () => null,
    (error: unknown) => error,
  );
  expect(caught).toBeInstanceOf(HttpError);
  return caught as HttpError;
}

async function brought(address: string, known: Readonly<Record<string, string>> = {}, waits: string[] = []) {
  const { connection, close } = await opened(address, waits);
  const options = { signal, limits: defaultLimits, keepContents: false, known, asset: () => Promise.reject(new Error('none')) };
  const reading = download({ tracker, connection, query: { projects: ['1'], filter: null, since: null }, source: 0 }, options);
  const marks: ClaimMark[] = [];
  const issues: Issue[] = [];
  const ids: (string | null)[] = [];
  let sum: Downloaded | undefined;
  while (!sum) {
    const next = await reading.next();
    if (next.done) sum = next.value;
    else if (next.value.kind === 'claims') marks.push(...next.value.claims);
    else if (next.value.kind === 'issue') issues.push(next.value.issue);
    else if (next.value.kind === 'run') ids.push(next.value.read.run.nativeId);
  }
  await close();
  return { sum, ids, issues, known: Object.fromEntries(marks.map(({ key, mark }) => [key, mark])) };
}

test.each(failures)('$what: what is said, what is kept, and how it goes on', async (failure) => {
  const { says, code, final } = failure;
  // On the first question: nothing can be had.
  const refusing = await mlflow(1, (request, response) => {
    if (request.url === '/version') return false;
    failure.answer(request, response);
    return true;
  });
  const refused = await failureOf(refusing.url);
  expect([told(refused.message), refused.code, refused.tip ?? issueCatalogue[code].tip]).toEqual([says, code, tipOf(failure)]);
  expect(refused.isFinal).toBe(final);

  // In the middle: the runs that came before it are kept, none is half.
  let left = 1;
  const failing = await mlflow(runs, (request, response) => {
    if (!request.url?.includes('/metrics/get-history') || left-- > 0) return false;
    failure.answer(request, response);
    return true;
  });
  const first = await brought(failing.url);
  expect(first.ids.length).toBe(together);
  const [found] = first.issues;
  expect(found?.code).toBe(code);
  expect(told(found?.message ?? '').startsWith(says), found?.message).toBe(true);
  expect(first.sum.stopped !== null).toBe(final);
  expect(told(found?.message ?? '').slice(says.length)).toBe(final ? ` ${together} of ${runs} runs were read and kept.` : ` ${together} runs were left out.`);

  // Well again: only what is missing is asked for.
  left = Number.POSITIVE_INFINITY;
  const second = await brought(failing.url, first.known);
  expect(second.sum).toMatchObject({ known: together, read: runs - together, stopped: null });
  expect(new Set([...first.ids, ...second.ids]).size).toBe(runs);
});

test('asked too often, and told to wait for a while (429): it is waited for, and nothing is lost', async () => {
  let count = 0;
  const busy = await mlflow(runs, (request, response) => {
    if (!request.url?.includes('/metrics/get-history') || ++count !== 2) return false;
    json(response, {}, 429, { 'retry-after': '3' });
    return true;
  });
  const waits: string[] = [];
  const { sum, issues } = await brought(busy.url, {}, waits);
  expect(sum).toMatchObject({ read: runs, failed: 0, stopped: null });
  expect(issues).toEqual([]);
  expect(waits).toEqual([others.waiting]);
});

test('nobody listens, or the name is wrong', async () => {
  const error = await failureOf('http://127.0.0.1:9');
  expect([told(error.message), error.code]).toEqual([others.unreachable, 'unreachable']);
});

test('a certificate that nobody vouches for: told with its fingerprint, and read once a person trusts it', async () => {
  const secured = await mlflow(1, undefined, true);
  const error = await failureOf(secured.url);
  expect(error.code).toBe('certificate');
  expect(told(error.message).startsWith(others.certificate), error.message).toBe(true);
  expect(secured.asked).toEqual([]);
  const { close } = await opened(secured.url, [], certificate);
  await close();
});
