// Failures of databases in words: the code, the way on, and never the password.
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { tracker } from '../../../src/core/readers/optuna/tracker';
import { HttpError } from '../../../src/core/source/http';
import { sqlClient } from '../../../src/host/sql/client';
import { troubleOfSql } from '../../../src/host/sql/trouble';
import { NoTlsError } from '../../../src/host/sql/wire';

const password = 'hunter2hunter2';
const access = tracker.access({ address: `postgresql://me:${password}@db.test/optuna?sslmode=require` });
const coded = (code: string, message = 'something') => Object.assign(new Error(message), { code });

test.each([
  [coded('28P01', `password authentication failed (${password})`), 'unauthorised', 'does not let me in with this password'],
  [new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string'), 'unauthorised', 'does not let me in'],
  [coded('ER_ACCESS_DENIED_ERROR'), 'unauthorised', 'does not let me in'],
  [coded('3D000'), 'not-found', 'no database optuna'],
  [coded('ER_BAD_DB_ERROR'), 'not-found', 'no database optuna'],
  [coded('42501'), 'forbidden', 'does not let me read'],
  [coded('57014'), 'timed-out', 'took too long'],
  [coded('ER_STATEMENT_TIMEOUT'), 'timed-out', 'took too long'],
  [coded('ECONNREFUSED'), 'unreachable', 'nothing listens at port 5432'],
  [new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]), 'unreachable', 'nothing listens'],
  [coded('ENOTFOUND'), 'unreachable', 'no such host'],
  [new Error('Connection terminated due to connection timeout', { cause: new Error('timeout expired') }), 'cut-off', 'ended in the middle'],
  [new Error('timeout expired'), 'unreachable', 'did not answer in time'],
  [coded('53300'), 'unreachable', 'takes no connection now'],
  [coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate', 'is not trusted'],
  [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate', 'is not trusted'],
  [new NoTlsError('x', { cause: coded('OTHER') }), 'certificate', 'speaks no TLS'],
  [coded('57P01'), 'cut-off', 'ended in the middle'],
  [coded('PROTOCOL_CONNECTION_LOST'), 'cut-off', 'ended in the middle'],
  [coded('XX000', `internal: ${encodeURIComponent(password)} ${'x'.repeat(1000)}`), 'server-error', 'cannot answer (XX000)'],
  ['a text', 'server-error', 'a text'],
])('%s', (error, code, words) => {
  const trouble = troubleOfSql(error, access);
  expect(trouble).toBeInstanceOf(HttpError);
  expect(trouble.code).toBe(code);
  expect(trouble.message).toContain(words);
  expect(trouble.message.length).toBeLessThan(600);
  expect(`${trouble.message} ${trouble.tip} ${trouble.file}`).not.toContain(password);
});

/** A server that says what it is told to and listens to nothing. */
async function saying(bytes: Uint8Array | null): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    if (bytes) socket.end(bytes);
    else socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { readonly port: number }).port;
}

test.each([
  ['postgresql', 'hangs up', null],
  ['postgresql', 'speaks HTTP', new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['mysql', 'hangs up', null],
  ['mysql', 'speaks HTTP', new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['mysql', 'says nonsense', new Uint8Array(4096).fill(0xff)],
] as const)('%s: what answers %s, and the failure has words', async (scheme, _, bytes) => {
  const port = await saying(bytes);
  const client = sqlClient({ access: tracker.access({ address: `${scheme}://me:${password}@127.0.0.1:${port}/optuna` }), parallel: 1 });
  const error = await client.view(new AbortController().signal).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(HttpError);
  expect((error as HttpError).message).toMatch(/ended in the middle|cannot answer|not trusted|TLS/);
  expect((error as HttpError).message).not.toContain(password);
  await client.close();
});

test('who waits for a place leaves when cancelled, and the others get theirs', async () => {
  const controller = new AbortController();
  const client = sqlClient({ access: tracker.access({ address: 'postgresql://me@127.0.0.1:1/optuna' }), parallel: 1 });
  const first = client.view(new AbortController().signal).catch((error: unknown) => error);
  const waiting = client.view(controller.signal);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  expect(await first).toMatchObject({ code: 'unreachable' });
  expect(await client.view(new AbortController().signal).catch((error: unknown) => error)).toMatchObject({ code: 'unreachable' });
});
