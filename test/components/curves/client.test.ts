// The page's side: one wish on its way per panel, the latest of those that wait goes next, and work in flight is registered.
import { expect, test } from 'vitest';
import { CurveClient, type CurvePort, type Drawn } from '../../../src/renderer/features/curves/client';
import type { CurveReply, CurveRequest, PanelWish } from '../../../src/renderer/features/curves/messages';
import { plainWish } from '../../support/curves';

const wish = (buckets: number): PanelWish => ({ series: [], draw: plainWish([], { buckets }), marks: [] });
const drawing = { lines: [] } as unknown as Drawn['drawing'];

function setUp() {
  const sent: CurveRequest[] = [];
  const busy = new Set<string>();
  const port: CurvePort = { postMessage: (request) => sent.push(request), onmessage: null, onerror: null };
  const client = new CurveClient(port, (label) => {
    busy.add(label);
    return () => busy.delete(label);
  });
  const got: (Drawn | string)[] = [];
  const leave = client.attach('p', { drawn: (drawn) => got.push(drawn), failed: (message) => got.push(message) });
  const reply = (data: CurveReply): void => port.onmessage?.({ data } as MessageEvent<CurveReply>);
  const drawn = (id: number, partial = false): void => reply({ kind: 'drawn', id, panel: 'p', drawing, marks: [], partial });
  return { client, port, sent, busy, got, leave, reply, drawn };
}

test('while an answer is awaited, only the latest wish waits', () => {
  const { client, sent, got, drawn, busy } = setUp();
  for (const buckets of [1, 2, 3]) client.draw('p', wish(buckets));
  expect(sent).toHaveLength(1);
  expect(busy.has('curves')).toBe(true);
  drawn(1);
  expect(sent.map((request) => request.kind === 'draw' && request.wish.draw.buckets)).toEqual([1, 3]);
  drawn(2);
  expect(got.map((one) => typeof one !== 'string' && one.wish.draw.buckets)).toEqual([1, 3]);
  expect(busy.size).toBe(0);
});

test('after an overview the work goes on until all points are there', () => {
  const { client, got, drawn, busy } = setUp();
  client.draw('p', wish(1));
  drawn(1, true);
  expect([...busy]).toEqual(['points']);
  drawn(1);
  expect(got.map((one) => typeof one !== 'string' && one.partial)).toEqual([true, false]);
  expect(busy.size).toBe(0);
});

test('who left hears nothing more, and the worker is told', () => {
  const { client, sent, got, drawn, leave, busy } = setUp();
  client.draw('p', wish(1));
  leave();
  drawn(1);
  expect(got).toEqual([]);
  expect(sent.at(-1)).toEqual({ kind: 'release', panel: 'p' });
  expect(busy.size).toBe(0);
});

test('probes and failures come back to who asked', async () => {
  const { client, got, reply, port } = setUp();
  const probe = client.probe('p', 1, ['a']);
  reply({ kind: 'probed', id: 1, probes: [] });
  expect(await probe).toEqual([]);
  const points = client.points('p');
  reply({ kind: 'failed', id: 2, panel: 'p', message: 'gone' });
  await expect(points).rejects.toThrow('gone');
  client.draw('p', wish(1));
  const waiting = client.points('p');
  port.onerror?.({ message: 'no worker' } as ErrorEvent);
  await expect(waiting).rejects.toThrow('no worker');
  expect(got).toEqual(['no worker']);
});
