// A stand-in for a ClearML server, which needs three databases: it answers the calls of its API over drawn tasks, strictly by their fields.
// It is right as far as ClearML's own client reads it (clearml-server.test.ts).
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOf } from './calls';
import { type DrawnTask, type Held, type Item, Refused, type Sizes } from './store';

export interface Double {
  readonly url: string;
  readonly keys: { readonly access: string; readonly secret: string };
  /** The calls that were asked, in their order. */
  readonly asked: string[];
  readonly held: Held;
  /** Answers so many requests with this status and header before going on. */
  fail(count: number, status: number, headers?: Readonly<Record<string, string>>): void;
  /** Answers one call so from now on. */
  refuse(call: string, status: number): void;
  /** Ends so many connections in the middle of an answer. */
  cut(count: number): void;
  /** Tokens that were given are not valid any more. */
  expire(): void;
  /** Like `expire`, after so many more calls. */
  expireAfter(calls: number): void;
  replace(task: DrawnTask): void;
  close(): Promise<void>;
}

const keys = { access: 'ACCESSKEYOFTHELAB001', secret: 's'.repeat(50) };
const serverSizes: Sizes = { events: 10_000, ofOneIteration: 10_000 };

export async function clearmlDouble(held: Held, sizes: Sizes = serverSizes): Promise<Double> {
  const asked: string[] = [];
  let failing = { left: 0, status: 500, headers: {} as Readonly<Record<string, string>> };
  const refused = new Map<string, number>();
  let cutting = 0;
  let generation = 0;
  let lasting = Number.POSITIVE_INFINITY;
  const server: Server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const [, version = '', name = ''] = /^\/(?:v(\d+\.\d+)\/)?([a-z_]+\.[a-z_]+)(?:\?|$)/.exec(request.url ?? '') ?? [];
    const send = (data: Item | null, { code, subcode, message }: Pick<Refused, 'code' | 'subcode' | 'message'>) => {
      const endpoint = { name, requested_version: version || '2.31', actual_version: '2.1' };
      const meta = { id: 'i', trx: 'i', endpoint, result_code: code, result_subcode: subcode, result_msg: message, error_stack: null, error_data: {} };
      // Python writes the zero below zero as such.
      const text = JSON.stringify({ meta, data: data ?? {} }, (_, value: unknown) => (Object.is(value, -0) ? '-0.0' : value)).replaceAll('"-0.0"', '-0.0');
      response.writeHead(code, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      if (cutting > 0 && name !== 'auth.login') {
        cutting--;
        response.write(text.slice(0, text.length >> 1));
        setImmediate(() => response.destroy());
      } else response.end(text);
    };
    try {
      if (name === '') throw new Refused(400, 1, `Invalid request path ${request.url}`);
      if (name === 'debug.ping') return send({ msg: 'ClearML server' }, ok);
      asked.push(name);
      if (failing.left > 0) {
        failing = { ...failing, left: failing.left - 1 };
        return response.writeHead(failing.status, failing.headers).end();
      }
      const refusal = refused.get(name);
      if (refusal !== undefined) throw new Refused(refusal, 0, `${name} is not for you`);
      if (--lasting <= 0) {
        generation++;
        lasting = Number.POSITIVE_INFINITY;
      }
      const token = tokenOf(generation);
      if (name !== 'server.info') authorize(request.headers.authorization ?? '', token, name);
      if (name === 'auth.login') return send({ token }, ok);
      return send(answerOf(name, body === '' ? {} : (JSON.parse(body) as Item), held, sizes), ok);
    } catch (error) {
      send(null, error instanceof Refused ? error : new Refused(500, 0, String(error)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys,
    asked,
    held,
    fail: (left, status, headers = {}) => {
      failing = { left, status, headers };
    },
    refuse: (call, status) => void refused.set(call, status),
    cut: (count) => {
      cutting = count;
    },
    expire: () => {
      generation++;
    },
    expireAfter: (count) => {
      lasting = count;
    },
    replace: (task) => {
      const at = held.tasks.findIndex((one) => one.task.id === task.task.id);
      if (at < 0) held.tasks.push(task);
      else held.tasks[at] = task;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const ok = { code: 200, subcode: 0, message: 'OK' };

/** A token says to everybody what it is; only the server knows whether it is one. */
function tokenOf(generation: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const identity = { user: 'user1', company: 'lab', role: 'admin', user_name: 'A. Researcher', company_name: 'lab' };
  const claims = {
    auth_type: 'Bearer',
    identity,
    env: '<unknown>',
    api_version: '2.31',
    server_version: '2.0.1',
    feature_set: 'basic',
    iat: generation,
    exp: 4_102_444_800,
  };
  const said = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${said}.${createHash('sha256').update(said).digest('base64url')}`;
}

/** Both ways are open to every call, but a login is by the keys (or a token that is to be renewed). */
function authorize(header: string, token: string, name: string): void {
  if (header === '') throw new Refused(401, 20, 'Unauthorized (missing credentials)');
  if (header === `Bearer ${token}`) return;
  if (header.startsWith('Bearer ')) throw new Refused(401, 30, 'Invalid token: invalid jwt token, reason=Signature has expired');
  if (header !== `Basic ${Buffer.from(`${keys.access}:${keys.secret}`).toString('base64')}`)
    throw new Refused(401, 22, 'Unauthorized (invalid credentials): failed to locate provided credentials');
  if (name !== 'auth.login') throw new Refused(401, 10, 'the stand-in takes keys for a login only');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part as Uint8Array);
  return Buffer.concat(parts).toString('utf8');
}
