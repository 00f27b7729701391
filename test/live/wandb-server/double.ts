// A stand-in for a W&B server: answers GraphQL over drawn runs, strictly by a schema. It is right as far as W&B's own client reads it (wandb-server.test.ts).
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, graphql } from 'graphql';

export interface DrawnRun {
  readonly name: string;
  readonly displayName: string;
  readonly state: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly summary: Readonly<Record<string, unknown>>;
  /** Rows as JSON text, with their steps. */
  readonly history: readonly { readonly step: number; readonly text: string }[];
  readonly events: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly group?: string;
  readonly notes?: string;
  readonly commit?: string;
  readonly createdAt: string;
  readonly heartbeatAt: string;
  readonly artifacts?: readonly { readonly name: string; readonly type: string; readonly digest: string; readonly version: number; readonly used: boolean }[];
}

export interface Double {
  readonly url: string;
  readonly key: string;
  /** Names of the operations that were asked. */
  readonly asked: string[];
  /** Answers so many requests with this status and header before going on. */
  fail(count: number, status: number, headers?: Readonly<Record<string, string>>): void;
  add(run: DrawnRun): void;
  close(): Promise<void>;
}

const schema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
const entity = 'lab';
const project = 'größe';
const key = 'k'.repeat(40);

/** Serves one project of one entity. */
export async function wandbDouble(runs: DrawnRun[]): Promise<Double> {
  const asked: string[] = [];
  let failing = { left: 0, status: 500, headers: {} as Readonly<Record<string, string>> };
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const json = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname.startsWith('/file/')) {
      const [, , run = '', ...rest] = url.pathname.split('/').map(decodeURIComponent);
      const text = runs.find(({ name }) => name === run)?.files[rest.join('/')];
      // A signed address: whoever sends a key to it has given it away.
      if (request.headers.authorization !== undefined && url.searchParams.has('signed')) asked.push('key-given-away');
      return text === undefined ? response.writeHead(404).end() : response.end(text);
    }
    if (url.pathname !== '/graphql') return response.writeHead(404).end();
    if (request.method !== 'POST') return json(400, { errors: [{ message: 'Must provide query string.' }] });
    if (failing.left > 0) {
      failing = { ...failing, left: failing.left - 1 };
      return response.writeHead(failing.status, failing.headers).end();
    }
    const known = request.headers.authorization === `Basic ${Buffer.from(`api:${key}`).toString('base64')}`;
    if (request.headers.authorization && !known) return json(401, { errors: [{ message: 'user is not logged in' }] });
    const { query, variables } = JSON.parse(await bodyOf(request)) as { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> };
    asked.push(/(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? '?');
    const address = `http://${request.headers.host}`;
    const answer = await graphql({ schema, source: query, variableValues: variables ?? {}, rootValue: rootOf(runs, address, known) });
    return json(200, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    asked,
    fail: (left, status, headers = {}) => {
      failing = { left, status, headers };
    },
    add: (run) => void runs.unshift(run),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function rootOf(runs: readonly DrawnRun[], address: string, known: boolean) {
  const user = {
    id: 'VXNlcjox',
    name: 'A. Researcher',
    entity,
    username: 'researcher',
    email: 'a@lab.test',
    admin: false,
    flags: '{}',
    teams: { edges: [] },
    apiKeys: { edges: [] },
  };
  const theProject = {
    id: 'UHJvamVjdDox',
    internalId: 'UHJvamVjdEludGVybmFsSWQ6MQ==',
    name: project,
    entityName: entity,
    createdAt: '2026-01-01T00:00:00Z',
    isBenchmark: false,
    readOnly: false,
    user,
    runCount: ({ filters }: { readonly filters?: string }) => matching(runs, filters).length,
    runs: ({ filters, after, first, order }: { readonly filters?: string; readonly after?: string; readonly first?: number; readonly order?: string }) => {
      const sorted = [...matching(runs, filters)].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1) * (order?.startsWith('-') ? -1 : 1));
      return page(
        sorted.map((run) => runNode(run, user, address)),
        after,
        first ?? 50,
      );
    },
    run: ({ name }: { readonly name: string }) => {
      const found = runs.find((run) => run.name === name);
      return found ? runNode(found, user, address) : null;
    },
  };
  return {
    viewer: () => (known ? user : null),
    serverInfo: () => ({
      features: [],
      cliVersionInfo: {},
      latestLocalVersionInfo: { versionOnThisInstanceString: '0.80.0', outOfDate: false, latestVersionString: '0.80.0' },
    }),
    models: ({ entityName, after, first }: { readonly entityName: string; readonly after?: string; readonly first?: number }) =>
      entityName === entity ? page([theProject], after, first ?? 50) : page([], after, 50),
    project: ({ name, entityName }: { readonly name: string; readonly entityName: string }) =>
      known && name === project && entityName === entity ? theProject : null,
    entity: ({ name }: { readonly name: string }) => ({ name, organization: { name } }),
  };
}

/** `$and`, `$or`, equality, `$gte`, `$in` over state, name, createdAt and config: as much as is asked here. */
function matching(runs: readonly DrawnRun[], filters: string | undefined): readonly DrawnRun[] {
  type Filter = Readonly<Record<string, unknown>>;
  const field = (run: DrawnRun, name: string): unknown =>
    name.startsWith('config.') ? run.config[name.slice(7).replace(/\.value$/, '')] : run[name as keyof DrawnRun];
  const holds = (run: DrawnRun, filter: Filter): boolean =>
    Object.entries(filter).every(([name, wanted]) => {
      if (name === '$and') return (wanted as readonly Filter[]).every((one) => holds(run, one));
      if (name === '$or') return (wanted as readonly Filter[]).some((one) => holds(run, one));
      const value = field(run, name);
      if (typeof wanted !== 'object' || wanted === null) return value === wanted;
      return Object.entries(wanted).every(([operator, bound]) => {
        if (operator === '$gte') return String(value) >= String(bound);
        if (operator === '$lt') return (value as number) < (bound as number);
        if (operator === '$in') return (bound as readonly unknown[]).includes(value);
        throw new Error(`the stand-in knows no ${operator}`);
      });
    });
  const filter = JSON.parse(filters ?? '{}') as Filter;
  return runs.filter((run) => holds(run, filter));
}

function runNode(run: DrawnRun, user: object, address: string) {
  const steps = run.history.map(({ step }) => step);
  const between = ({ minStep, maxStep, samples }: { readonly minStep?: string | number; readonly maxStep?: string | number; readonly samples?: number }) => {
    const rows = run.history.filter(({ step }) => step >= Number(minStep ?? 0) && step < Number(maxStep ?? Number.POSITIVE_INFINITY)).map(({ text }) => text);
    // More rows than samples are thinned, as the server does.
    const wanted = samples ?? 500;
    return rows.length <= wanted ? rows : rows.filter((_, at) => at % Math.ceil(rows.length / wanted) === 0);
  };
  const values = Object.fromEntries(Object.entries(run.config).map(([name, value]) => [name, { desc: null, value }]));
  return {
    id: `run-${run.name}`,
    projectId: 1,
    name: run.name,
    displayName: run.displayName,
    sweepName: null,
    state: run.state,
    config: JSON.stringify(values),
    group: run.group ?? null,
    jobType: null,
    commit: run.commit ?? null,
    readOnly: false,
    createdAt: run.createdAt,
    heartbeatAt: run.heartbeatAt,
    description: null,
    notes: run.notes ?? null,
    systemMetrics: '{}',
    summaryMetrics: JSON.stringify(run.summary),
    historyLineCount: run.history.length,
    historyKeys: steps.length > 0 ? { sets: [], keys: {}, lastStep: Math.max(...steps) } : null,
    tags: run.tags,
    user,
    history: between,
    sampledHistory: () => [],
    events: ({ samples }: { readonly samples?: number }) => run.events.slice(0, samples ?? 500),
    parquetHistory: () => ({ liveData: [], parquetUrls: [] }),
    fileCount: Object.keys(run.files).length,
    files: ({ names, after, first }: { readonly names?: readonly string[]; readonly after?: string; readonly first?: number }) => {
      const wanted = Object.entries(run.files).filter(([name]) => !names || names.length === 0 || names.includes(name));
      const nodes = wanted.map(([name, text]) => {
        const url = `${address}/file/${run.name}/${name.split('/').map(encodeURIComponent).join('/')}`;
        return {
          id: `file-${name}`,
          name,
          url: () => url,
          directUrl: `${url}?signed=1`,
          sizeBytes: Buffer.byteLength(text),
          mimetype: 'text/plain',
          updatedAt: run.heartbeatAt,
          md5: '',
        };
      });
      return page(nodes, after, first ?? 50);
    },
    outputArtifacts: () => page(artifactsOf(run, false), undefined, 100),
    inputArtifacts: () => page(artifactsOf(run, true), undefined, 100),
  };
}

const artifactsOf = (run: DrawnRun, used: boolean) =>
  (run.artifacts ?? [])
    .filter((one) => one.used === used)
    .map(({ name, type, digest, version }) => ({ id: name, digest, versionIndex: version, artifactType: { name: type }, artifactSequence: { name } }));

function page<T>(nodes: readonly T[], after: string | undefined | null, first: number) {
  const from = after ? Number(after) : 0;
  const edges = nodes.slice(from, from + first).map((node, at) => ({ node, cursor: String(from + at + 1) }));
  return { totalCount: nodes.length, edges, pageInfo: { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: from + first < nodes.length } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part as Uint8Array);
  return Buffer.concat(parts).toString('utf8');
}
