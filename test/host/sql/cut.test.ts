// A database that goes away at any byte, or says nothing any more: whoever reads is told, and nobody waits for ever.
import { describe, expect, test } from 'vitest';
import { tracker } from '../../../src/core/readers/optuna/tracker';
import { HttpError } from '../../../src/core/source/http';
import { sqlClient } from '../../../src/host/sql/client';
import { Lifeline } from '../../../src/host/sql/lifeline';
import { type CutServers, type Ending, mysql, postgresql } from './cut-servers';

const names = ['one', 'two', 'thrée'];
const together = 8;

/** One read over a server that sends so many bytes at most. */
async function read(servers: CutServers, scheme: string, most: number, then: Ending = 'close', { signal } = new AbortController()) {
  const { port, sent } = await servers(names, most, then);
  const client = sqlClient({ access: tracker.access({ address: `${scheme}://me@127.0.0.1:${port}/optuna?sslmode=disable` }), parallel: 1 });
  const rows: (string | null)[] = [];
  let trouble: unknown = null;
  try {
    const view = await client.view(signal);
    try {
      for await (const group of view.rows('SELECT name FROM studies WHERE name <> ?', ['x'])) rows.push(...group.map(([name]) => name ?? null));
    } finally {
      await view.close();
    }
  } catch (error) {
    trouble = error;
  }
  await client.close();
  return { most, rows, trouble, sent: sent() };
}

describe.each([
  ['postgresql', postgresql],
  ['mysql', mysql],
])('%s', (scheme, servers) => {
  test('lost after each byte', async () => {
    const whole = await read(servers, scheme, Number.POSITIVE_INFINITY);
    expect(whole.trouble).toBeNull();
    expect(whole.rows).toEqual(names);
    let lost = 0;
    for (let from = 1; from <= whole.sent; from += together) {
      const some = await Promise.all(Array.from({ length: together }, (_, at) => read(servers, scheme, from + at)));
      for (const { most, rows, trouble } of some) {
        if (trouble === null) expect(rows, `after ${most} bytes`).toEqual(names);
        else {
          lost++;
          expect(rows, `after ${most} bytes`).toEqual(names.slice(0, rows.length));
          expect(trouble, `after ${most} bytes`).toBeInstanceOf(HttpError);
          expect((trouble as HttpError).code, `after ${most} bytes`).toMatch(/cut-off|unreachable|server-error/);
        }
      }
    }
    expect(lost).toBeGreaterThan(whole.sent / 2);
  });

  test('a server that stops answering is left when the person cancels', async () => {
    const { sent } = await read(servers, scheme, Number.POSITIVE_INFINITY);
    const controller = new AbortController();
    const reading = read(servers, scheme, sent - 40, 'silence', controller);
    setTimeout(() => controller.abort(new Error('enough')), 200);
    const { trouble, rows } = await reading;
    expect(trouble).toMatchObject({ message: 'enough' });
    expect(rows).toEqual([]);
  });
});

describe('a lifeline', () => {
  test('gives what was waited for', async () => {
    expect(await new Lifeline(10_000).until(Promise.resolve(5))).toBe(5);
    await expect(new Lifeline(10_000).until(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  test('ends the waits of now and of later', async () => {
    const line = new Lifeline(10_000);
    const waiting = line.until(new Promise(() => {}));
    line.cut(new Error('lost'));
    line.cut(new Error('again'));
    await expect(waiting).rejects.toThrow('lost');
    await expect(line.until(new Promise(() => {}))).rejects.toThrow('lost');
  });

  test('prefers what the driver says of the loss', async () => {
    const line = new Lifeline(10_000);
    const waiting = line.until(new Promise((_, reject) => process.nextTick(reject, new Error('said by the driver'))));
    line.cut(new Error('lost'));
    await expect(waiting).rejects.toThrow('said by the driver');
  });

  test('does not wait for a server that says nothing', async () => {
    await expect(new Lifeline(20).until(new Promise(() => {}))).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });
});
