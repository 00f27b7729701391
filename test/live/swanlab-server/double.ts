// A stand-in for a SwanLab server: answers its interface over drawn runs, strictly. It is right as far as SwanLab's own client reads it (swanlab-server.test.ts).
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exported, type Question, refused, summariesOf } from './points';

export interface DrawnRun {
  readonly cuid: string;
  readonly name: string;
  readonly state: string;
  readonly description?: string;
  readonly labels?: readonly string[];
  readonly cluster?: string;
  readonly job?: string;
  readonly createdAt: string;
  readonly finishedAt?: string | null;
  readonly profile?: Readonly<Record<string, unknown>>;
  /** Key → step, value, milliseconds. */
  readonly scalars?: Readonly<Record<string, readonly (readonly [step: number | bigint, value: number, timeMs: number])[]>>;
  readonly media?: Readonly<
    Record<
      string,
      readonly { readonly index: number; readonly files: readonly { readonly path: string; readonly caption?: string; readonly text: string }[] }[]
    >
  >;
  /** The run that it is a clone of: that holds its points. */
  readonly root?: string;
}

export interface Double {
  readonly url: string;
  readonly key: string;
  /** Calls that were asked; `given away` where a signed address was asked with credentials. */
  readonly asked: string[];
  /** Answers so many requests with this status and header before going on. */
  fail(count: number, status: number, headers?: Readonly<Record<string, string>>): void;
  /** Ends all sessions. */
  logOut(): void;
  add(run: DrawnRun): void;
  close(): Promise<void>;
}

const key = 'k'.repeat(21);
const workspace = 'lab';
const project = 'digits.v2';
const projectId = 'p'.repeat(25);

/** Serves one project of one user. @param isOld as servers before 0.8: without calls for keys and tables */
export async function swanlabDouble(runs: DrawnRun[], isOld = false): Promise<Double> {
  const asked: string[] = [];
  const stored = new Map<string, string>();
  const sessions = new Set<string>();
  let opened = 0;
  let failing = { left: 0, status: 500, headers: {} as Readonly<Record<string, string>> };
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const json = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const none = (status = 404) => json(status, { code: `Code_${status}`, message: `no ${request.method} ${url.pathname}` });
    if (url.pathname.startsWith('/bucket/')) {
      if (request.headers['user-agent']?.startsWith('diptych') && (request.headers.cookie || request.headers.authorization)) asked.push('given away');
      const text = stored.get(decodeURIComponent(url.pathname.slice('/bucket/'.length)));
      return text === undefined ? response.writeHead(404).end() : response.end(text);
    }
    const call = /^\/api\/(.*)$/.exec(url.pathname)?.[1]?.split('/').map(decodeURIComponent).join('/');
    if (call === undefined) return response.writeHead(200, { 'content-type': 'text/html' }).end('<html>SwanLab</html>');
    if (failing.left > 0) {
      failing = { ...failing, left: failing.left - 1 };
      return response.writeHead(failing.status, failing.headers).end();
    }
    const userInfo = { name: 'A. Researcher', username: workspace };
    if (call === 'self_hosted/info') return json(200, { enabled: true, expired: false, root: false, plan: 'free', seats: 3 });
    if (call === 'login/api_key') {
      if (request.method !== 'POST' || request.headers.authorization !== key) return json(401, { code: 'Unauthorized', message: 'invalid api key' });
      const sid = `session-${++opened}`;
      sessions.add(sid);
      return json(200, { sid, expiredAt: '2099-01-01T00:00:00.000Z', userInfo });
    }
    if (!sessions.has(/\bsid=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '') || request.headers.authorization) return none(401);
    asked.push(call);
    const body = request.method === 'POST' ? (JSON.parse(await bodyOf(request)) as Question) : null;
    const put = (path: string, text: string): string => {
      stored.set(path, text);
      return path;
    };
    const address = `http://${request.headers.host}/bucket/`;
    let answer: unknown;
    try {
      answer = body ? posted(call, body, { runs, isOld, address, put }) : got(call, url.searchParams, { runs, isOld, address, put });
    } catch (error) {
      asked.push(`refused: ${String(error)}`);
      return json(400, { code: 'BadRequest', message: String(error) });
    }
    return answer === undefined ? none() : json(200, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    asked,
    fail: (left, status, headers = {}) => {
      failing = { left, status, headers };
    },
    logOut: () => sessions.clear(),
    add: (run) => void runs.unshift(run),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface Shop {
  readonly runs: readonly DrawnRun[];
  readonly isOld: boolean;
  readonly address: string;
  put(path: string, text: string): string;
}

/** Undefined for what is not there. */
function got(call: string, fields: URLSearchParams, { runs, isOld, address, put }: Shop): unknown {
  const home = `project/${workspace}/${project}`;
  if (call === `user/${workspace}/groups`)
    return [
      { username: workspace, name: 'A. Researcher', type: 'PERSON', role: 'OWNER' },
      { username: 'team', name: 'Team', type: 'TEAM', role: 'MEMBER' },
    ];
  const details = {
    cuid: projectId,
    name: project,
    username: workspace,
    path: `${workspace}/${project}`,
    visibility: 'PRIVATE',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: null,
    _count: { experiments: runs.length },
  };
  if (call === `project/${workspace}`) return page([details], fields);
  if (call === 'project/team') return page([], fields);
  if (call === home) return details;
  // The list tells the config of a run only.
  const brief = runs.map((run) => ({ ...told(run), profile: { config: run.profile?.config ?? {} } }));
  if (call === `${home}/runs`) return page(brief, fields);
  const run = runs.find(({ cuid }) => call === `${home}/runs/${cuid}`);
  if (run) return { ...told(run), profile: run.profile ?? {} };
  const [, id, old] = /^experiment\/([^/]+)\/(column(?:\/csv)?)$/.exec(call) ?? [];
  const holder = isOld ? runs.find(({ cuid }) => cuid === id) : undefined;
  if (!holder) return undefined;
  if (old === 'column')
    return {
      list: [...Object.keys(holder.scalars ?? {}).map((one) => ({ key: one, type: 'FLOAT', class: 'CUSTOM' })), { key: 'note', type: 'TEXT', class: 'CUSTOM' }],
    };
  const wanted = fields.get('key') ?? '';
  return { url: address + encodeURIComponent(put(`${id}-${wanted}.csv`, exported(holder, [wanted], holder.name))) };
}

function posted(call: string, body: Question, { runs, isOld, address, put }: Shop): unknown {
  if (call === `project/${workspace}/${project}/runs/shows`)
    return runs.filter((run) => (body.filters ?? []).every((filter) => found(run, filter))).map((run) => ({ ...told(run), profile: run.profile ?? {} }));
  const sign = (paths: readonly string[], prefix = '') => ({ urls: paths.map((path) => address + encodeURIComponent(prefix + path)) });
  if (call === 'files/presigned/get') return sign(body.paths ?? []);
  if (call === 'resources/presigned/get') {
    for (const { cuid, media = {} } of runs)
      for (const { files } of Object.values(media).flat()) for (const { path, text } of files) put(`${projectId}/${cuid}/${path}`, text);
    return sign(body.paths ?? [], `${body.prefix}/`);
  }
  if (!call.startsWith('house/') || isOld) return undefined;
  const trouble = refused(body, projectId, runs);
  if (trouble) throw new Error(trouble);
  const [ref] = body.experiments ?? body.columns ?? [];
  const run = runs.find(({ cuid }) => cuid === (ref?.rootExpId ?? ref?.experimentId)) as DrawnRun;
  switch (call) {
    case 'house/metrics/scalar/keys':
      return cursorPage(Object.keys(run.scalars ?? {}), body);
    case 'house/metrics/media/keys':
      return cursorPage(Object.keys(run.media ?? {}), body);
    case 'house/metrics/summaries':
      return summariesOf(body, runs);
    case 'house/metrics/scalar/value':
      return [];
    case 'house/metrics/scalar/export': {
      const columns = body.columns ?? [];
      if (columns.length > 16) throw new Error('more than 16 columns');
      const names = columns.map(({ key: one }) => one ?? '');
      return { cosKey: put(`exports/${run.cuid}-${names.join()}.csv`, exported(run, names, columns[0]?.experimentName ?? '')) };
    }
    case 'house/metrics/f_media':
      return (body.columns ?? []).map(({ key: one }) => {
        const metrics = (run.media?.[one ?? ''] ?? []).map(({ index, files }) => ({
          index,
          data: files.map(({ path }) => path),
          more: files.map(({ caption }) => (caption ? { caption } : {})),
        }));
        return { key: one, experimentId: run.cuid, metrics };
      });
    default:
      return undefined;
  }
}

const told = ({ cuid, name, state, description, labels = [], cluster, job, createdAt, finishedAt, root }: DrawnRun) => ({
  cuid,
  slug: null,
  name,
  type: 'CHAPTER',
  state,
  show: true,
  description: description ?? null,
  labels: labels.map((label) => ({ name: label, colors: [] })),
  cluster: cluster ?? null,
  job: job ?? null,
  createdAt,
  finishedAt: finishedAt ?? null,
  user: { name: 'A. Researcher', username: workspace },
  rootProId: root ? projectId : '',
  rootExpId: root ?? '',
});

/** EQ and LTE, as much as is asked here; a filter that is not active is no filter. */
function found(run: DrawnRun, { type, key: name, op, value, active }: NonNullable<Question['filters']>[number]): boolean {
  if (active !== true) throw new Error('a filter that is not active');
  const config = (run.profile?.config ?? {}) as Readonly<Record<string, { readonly value: unknown }>>;
  const is = type === 'STABLE' ? run[name as 'state'] : type === 'CONFIG' ? config[name]?.value : run.scalars?.[name]?.at(-1)?.[1];
  if (op === 'EQ') return String(is) === value[0];
  if (op === 'LTE') return is !== undefined && Number(is) <= Number(value[0]);
  throw new Error(`the stand-in knows no ${op}`);
}

function page(items: readonly unknown[], fields: URLSearchParams): object {
  const [at, size] = [Number(fields.get('page')), Number(fields.get('size'))];
  if (!(at >= 1) || ![10, 12, 15, 20, 24, 27, 50, 100].includes(size)) throw new Error(`no page ${at} of ${size}`);
  return { list: items.slice((at - 1) * size, at * size), size, total: items.length, pages: Math.ceil(items.length / size) };
}

/** Pages of keys are small here, so that a client has to turn them. */
function cursorPage(keys: readonly string[], { cursor = '' }: Question): object {
  const from = cursor === '' ? 0 : Number(cursor);
  const end = from + 7;
  return { keys: keys.slice(from, end), hasMore: end < keys.length, nextCursor: end < keys.length ? String(end) : '' };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part as Uint8Array);
  return Buffer.concat(parts).toString('utf8') || '{}';
}
