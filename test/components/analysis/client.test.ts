// The page's side of judging: one work per wish, the latest wish of a place wins, a cancel ends the worker that does not hear it.
import { expect, test } from 'vitest';
import { AnalysisClient, type AnalysisPort, type JobReply } from '../../../src/renderer/workers/analysis-client';
import type { AnalysisReply, AnalysisRequest } from '../../../src/renderer/workers/analysis-messages';

interface Started {
  readonly port: AnalysisPort;
  readonly sent: AnalysisRequest[];
  ended: boolean;
}

function setUp() {
  const workers: Started[] = [];
  const busy: string[] = [];
  const timers: { readonly work: () => void; readonly ms: number; off: boolean }[] = [];
  const client = new AnalysisClient({
    start: () => {
      const sent: AnalysisRequest[] = [];
      const one: Started = {
        sent,
        ended: false,
        port: {
          postMessage: (request) => void sent.push(request),
          terminate: () => {
            one.ended = true;
          },
          onmessage: null,
          onerror: null,
        },
      };
      workers.push(one);
      return one.port;
    },
    begin: (label) => {
      busy.push(label);
      return () => void busy.splice(busy.indexOf(label), 1);
    },
    later: (work, ms) => {
      const timer = { work, ms, off: false };
      timers.push(timer);
      return () => {
        timer.off = true;
      };
    },
  });
  const heard: string[] = [];
  const hear = (name: string) => (reply: JobReply<unknown>) =>
    void heard.push(`${name} ${reply.kind}${reply.kind === 'done' ? ` ${String(reply.result)}` : reply.kind === 'failed' ? ` ${reply.message}` : ''}`);
  const reply = (data: AnalysisReply): void => workers.at(-1)?.port.onmessage?.({ data } as MessageEvent<AnalysisReply>);
  const wish = (request: unknown, place = 'tab', background = false) => client.watch({ job: 'j', place, request, background }, hear(place));
  const sent = () => workers.map((one) => one.sent.map((request) => `${request.kind} ${request.id}`));
  return { client, workers, busy, timers, heard, hear, reply, wish, sent };
}

test('a result comes back and answers the same wish from then on, without the worker', () => {
  const { client, busy, heard, reply, wish, sent } = setUp();
  wish({ a: 1 });
  expect(busy).toEqual(['judge j']);
  reply({ kind: 'progress', id: 1, progress: { done: 1, total: 2, label: 'runs' } });
  reply({ kind: 'done', id: 1, result: 'answer' });
  expect(busy).toEqual([]);
  wish({ a: 1 }, 'report');
  expect(client.kept({ job: 'j', request: { a: 1 } })).toBe('answer');
  expect(client.kept({ job: 'j', request: { a: 2 } })).toBeUndefined();
  expect(heard).toEqual(['tab running', 'tab running', 'tab done answer', 'report done answer']);
  expect(sent()).toEqual([['start 1']]);
});

test('two places that wish the same share the work; it ends when both have left', () => {
  const { heard, reply, wish, sent, busy } = setUp();
  const leaveTab = wish(1, 'tab');
  const leaveReport = wish(1, 'report');
  leaveTab();
  expect(sent()).toEqual([['start 1']]);
  reply({ kind: 'progress', id: 1, progress: { done: 1, total: 2, label: 'runs' } });
  expect(heard).toEqual(['tab running', 'report running', 'report running']);
  leaveReport();
  expect(sent()).toEqual([['start 1', 'cancel 1']]);
  expect(busy).toEqual([]);
});

test('the latest wish of a place wins: the one before is cancelled and never heard of', () => {
  const { heard, reply, wish, sent } = setUp();
  wish(1);
  wish(2);
  reply({ kind: 'done', id: 1, result: 'old' });
  reply({ kind: 'ended', id: 1 });
  reply({ kind: 'done', id: 2, result: 'new' });
  expect(sent()).toEqual([['start 1', 'cancel 1', 'start 2']]);
  expect(heard).toEqual(['tab running', 'tab running', 'tab done new']);
});

test('a worker that does not hear a cancel in time is ended, and another takes what is still wished for', () => {
  const { workers, timers, heard, reply, wish, sent, busy } = setUp();
  wish(1);
  wish(2, 'other');
  wish(3);
  expect(timers.map(({ ms }) => ms <= 100)).toEqual([true]);
  timers[0]?.work();
  expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  expect(sent()).toEqual([
    ['start 1', 'start 2', 'cancel 1', 'start 3'],
    ['start 2', 'start 3'],
  ]);
  reply({ kind: 'done', id: 3, result: 'c' });
  reply({ kind: 'done', id: 2, result: 'b' });
  expect(heard.slice(-2)).toEqual(['tab done c', 'other done b']);
  expect(busy).toEqual([]);
});

test('a worker that hears the cancel is kept', () => {
  const { timers, reply, wish, workers } = setUp();
  wish(1)();
  reply({ kind: 'ended', id: 1 });
  expect(timers.map(({ off }) => off)).toEqual([true]);
  expect(workers.map(({ ended }) => ended)).toEqual([false]);
});

test('background work is raised when somebody waits for it', () => {
  const { wish, sent, workers, busy } = setUp();
  wish(1, 'badges', true);
  expect(busy).toEqual([]);
  wish(1, 'tab');
  expect(busy).toEqual(['judge j']);
  expect(sent()).toEqual([['start 1', 'raise 1']]);
  expect(workers[0]?.sent[0]).toMatchObject({ background: true });
});

test('failures are values: of a job, and of a worker that is gone; the next wish starts a new one', async () => {
  const { client, workers, heard, reply, wish, busy } = setUp();
  wish(1);
  reply({ kind: 'failed', id: 1, message: 'no points' });
  wish(2);
  workers[0]?.port.onerror?.({ message: 'no module' } as ErrorEvent);
  expect(heard).toEqual(['tab running', 'tab failed no points', 'tab running', 'tab failed no module']);
  expect(busy).toEqual([]);
  const asked = client.ask({ job: 'j', place: 'p', request: 3 });
  expect(workers).toHaveLength(2);
  reply({ kind: 'done', id: 3, result: 'c' });
  expect(await asked).toBe('c');
  expect(await client.ask({ job: 'j', place: 'q', request: 3 })).toBe('c');
});

test('asking ends with the signal', async () => {
  const { client, sent } = setUp();
  const abort = new AbortController();
  const asked = client.ask({ job: 'j', place: 'p', request: 1 }, abort.signal);
  abort.abort(new Error('not wanted'));
  await expect(asked).rejects.toThrow('not wanted');
  expect(sent()).toEqual([['start 1', 'cancel 1']]);
});
