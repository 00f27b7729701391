// A stand-in for a Comet server: answers the REST interface over drawn experiments, strictly. It is right as far as Comet's own client reads it (comet-server.test.ts).
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strToU8, zipSync } from 'fflate';
import { type Group, holds } from './rules';

export interface DrawnPoint {
  readonly metricName: string;
  /** As the server keeps it: text. */
  readonly metricValue: string;
  readonly timestamp: number | null;
  readonly step: number | bigint | null;
  readonly epoch: number | null;
  readonly runContext: string | null;
}

export interface DrawnExperiment {
  readonly metadata: Readonly<Record<string, string | number | boolean | null>> & {
    readonly experimentKey: string;
    readonly archived: boolean;
    readonly startTimeMillis: number;
  };
  readonly tags?: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly others?: Readonly<Record<string, string>>;
  readonly points?: readonly DrawnPoint[];
  /** Metrics of which every point lies in a file, too. */
  readonly full?: readonly string[];
  readonly system?: object | null;
  readonly git?: object | null;
  readonly patch?: string;
  readonly code?: string;
  readonly output?: string;
  readonly assets?: readonly {
    readonly assetId: string;
    readonly fileName: string;
    readonly type: string;
    readonly step: number | null;
    readonly text: string;
  }[];
}

export interface Double {
  readonly url: string;
  readonly key: string;
  /** Calls that were asked, and what was searched for. */
  readonly asked: string[];
  readonly searched: unknown[];
  /** Answers so many requests with this status and header before going on. */
  fail(count: number, status: number, headers?: Readonly<Record<string, string>>): void;
  add(experiment: DrawnExperiment): void;
  close(): Promise<void>;
}

type Fields = Readonly<Record<string, string>>;

const key = 'k'.repeat(25);
const workspace = 'lab';
const project = 'größe';
/** Values of a metric that the service keeps. */
const mostValues = 15_000;

/** Serves one project of one workspace. @param version of the server */
export async function cometDouble(drawn: DrawnExperiment[], version = '3.58.1'): Promise<Double> {
  const asked: string[] = [];
  const searched: unknown[] = [];
  let failing = { left: 0, status: 500, headers: {} as Readonly<Record<string, string>> };
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const json = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(textOf(body));
    if (url.pathname === '/clientlib/isAlive/ver') return json(200, { version, msg: 'Healthy Server' });
    const call = /^\/api\/rest\/v2\/(.*)$/.exec(url.pathname)?.[1];
    if (call === undefined) return response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Comet</html>');
    if (failing.left > 0) {
      failing = { ...failing, left: failing.left - 1 };
      return response.writeHead(failing.status, failing.headers).end();
    }
    if (request.headers.authorization !== key) return json(401, { msg: 'API key is not valid', code: 401 });
    asked.push(call);
    const body = request.method === 'POST' ? (JSON.parse(await bodyOf(request)) as Readonly<Record<string, unknown>>) : null;
    const answer = body ? posted(call, body, drawn, searched) : got(call, Object.fromEntries(url.searchParams), drawn, version);
    if (answer instanceof Uint8Array) return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answer);
    return answer === undefined ? json(404, { msg: `no such thing: ${call}`, code: 404 }) : json(200, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    asked,
    searched,
    fail: (left, status, headers = {}) => {
      failing = { left, status, headers };
    },
    add: (experiment) => void drawn.unshift(experiment),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Undefined for what is not there. */
function got(call: string, fields: Fields, drawn: readonly DrawnExperiment[], version: string): unknown {
  const isOurs = fields.workspaceName === workspace && (fields.projectName ?? project) === project;
  if (call === 'account-details') return { userName: 'researcher', defaultWorkspaceName: workspace };
  if (call === 'workspaces') return { workspaceNames: [workspace, 'empty'] };
  const about = { projectId: 'p1', projectName: project, ownerUserName: 'researcher', projectDescription: '', workspaceName: workspace, isPublic: false };
  const details = { ...about, numberOfExperiments: drawn.length, lastUpdated: 1_780_000_000_000 };
  if (call === 'projects') return { projects: isOurs ? [details] : [] };
  if (call === 'project') return isOurs ? details : undefined;
  if (call === 'project/column-names') return isOurs ? { columns: columnsOf(drawn) } : undefined;
  if (call === 'experiments') return isOurs ? { experiments: listed(drawn, fields) } : undefined;
  const experiment = drawn.find(({ metadata }) => metadata.experimentKey === fields.experimentKey);
  return experiment && ofExperiment(call, fields, experiment, version);
}

function listed(drawn: readonly DrawnExperiment[], { archived = 'false', page, size, sortOrder }: Fields): readonly object[] {
  const found = drawn.map(({ metadata }) => metadata).filter((one) => one.archived === (archived.toLowerCase() === 'true'));
  if (sortOrder) found.sort((a, b) => (a.startTimeMillis - b.startTimeMillis) * (sortOrder === 'desc' ? -1 : 1));
  return page === undefined ? found : found.slice((Number(page) - 1) * Number(size), Number(page) * Number(size));
}

function ofExperiment(call: string, fields: Fields, experiment: DrawnExperiment, version: string): unknown {
  const { metadata, tags = [], parameters = {}, others = {}, points = [], system = null, git = null, assets = [], full = [] } = experiment;
  const kept = [...new Set(points.map(({ metricName }) => metricName))].flatMap((name) => sampled(points.filter(({ metricName }) => metricName === name)));
  const files = full.map((name, at) => ({
    assetId: `full${at}`,
    fileName: `${name.replace(/[^a-zA-Z0-9+-]+/g, '_')}_1.csv.zip`,
    type: 'ASSET_TYPE_FULL_METRIC',
  }));
  switch (call) {
    case 'experiment/metadata':
      return metadata;
    case 'experiment/tags':
      return { tags };
    case 'experiment/parameters':
      return { values: summaries(parameters) };
    case 'experiment/log-other':
      return { values: summaries(others) };
    case 'experiment/metrics/summary':
      return { values: summaries(Object.fromEntries(points.map(({ metricName, metricValue }) => [metricName, metricValue]))) };
    case 'experiment/metrics/get-all':
      return version.startsWith('3.5') ? { metrics: kept } : undefined;
    case 'experiment/metrics/get-metric':
      return { metrics: kept.filter(({ metricName }) => metricName === fields.metricName) };
    case 'experiment/system-details':
      return system;
    case 'experiment/git/metadata':
      return git;
    case 'experiment/git/patch':
      return experiment.patch === undefined ? { msg: 'no git patch' } : zipSync({ 'git_diff.patch': strToU8(experiment.patch) });
    case 'experiment/code':
      return { code: experiment.code ?? null };
    case 'experiment/output':
      return { output: experiment.output ?? null };
    case 'experiment/asset/list':
      return { assets: fields.type === 'all' ? assets.map((one) => assetOf(one, metadata.startTimeMillis)) : files.filter(({ type }) => type === fields.type) };
    case 'experiment/asset/get-asset': {
      const metric = full[files.findIndex(({ assetId }) => assetId === fields.assetId)];
      if (metric !== undefined) return csvOf(points.filter(({ metricName }) => metricName === metric));
      const asset = assets.find(({ assetId }) => assetId === fields.assetId);
      return asset && strToU8(asset.text);
    }
    default:
      return undefined;
  }
}

const summaries = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => ({
    name,
    valueMax: value,
    valueMin: value,
    valueCurrent: value,
    timestampCurrent: 1,
    stepCurrent: null,
    editable: false,
  }));

const assetOf = ({ text, ...asset }: NonNullable<DrawnExperiment['assets']>[number], createdAt: number) => ({
  ...asset,
  fileSize: strToU8(text).length,
  runContext: null,
  createdAt,
  remote: false,
  dir: 'assets',
  image: asset.type === 'image',
  metadata: null,
  // The service puts the key of whoever asks into every asset.
  curlDownload: `curl "…" -H"Authorization: ${key}"`,
});

/** As many as the service keeps, spread evenly. */
const sampled = (points: readonly DrawnPoint[]): readonly DrawnPoint[] =>
  points.length <= mostValues ? points : Array.from({ length: mostValues }, (_, at) => points[Math.floor((at * points.length) / mostValues)] as DrawnPoint);

/** Every point of a metric, as total-fidelity files hold it: times in seconds. */
function csvOf(points: readonly DrawnPoint[]): Uint8Array {
  const rows = points.map(({ metricValue, timestamp, step, epoch }) => [metricValue, (timestamp ?? 0) / 1000, step ?? '', epoch ?? ''].join(','));
  return zipSync({ 'metric.csv': strToU8(['value,timestamp,step,epoch', ...rows, ''].join('\n')) });
}

function posted(call: string, body: Readonly<Record<string, unknown>>, drawn: readonly DrawnExperiment[], searched: unknown[]): unknown {
  if (call !== 'experiments/search' || body.projectId !== 'p1') return undefined;
  searched.push(body.rulesTree);
  const found = drawn.filter((one) => one.metadata.archived === body.deleted && holds(one, body.rulesTree as Group));
  const [page, limit] = [Number(body.page), Number(body.limit)];
  return { experiments: found.slice((page - 1) * limit, page * limit).map(({ metadata }) => ({ experimentKey: metadata.experimentKey })) };
}

function columnsOf(drawn: readonly DrawnExperiment[]): readonly object[] {
  const named = (source: string, type: string, names: readonly string[]) => [...new Set(names)].map((name) => ({ id: name, name, source, type }));
  return [
    ...named(
      'metrics',
      'double',
      drawn.flatMap(({ points = [] }) => points.map(({ metricName }) => metricName)),
    ),
    ...named(
      'params',
      'string',
      drawn.flatMap(({ parameters = {} }) => Object.keys(parameters)),
    ),
    ...named(
      'log_other',
      'string',
      drawn.flatMap(({ others = {} }) => Object.keys(others)),
    ),
    ...named(
      'tag',
      'string',
      drawn.flatMap(({ tags = [] }) => tags),
    ),
    { id: 'start_server_timestamp', name: 'start_server_timestamp', source: 'metadata', type: 'datetime' },
  ];
}

/** Integers that no double holds are written as they are. */
const textOf = (body: unknown): string =>
  JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? `@${value}@` : value)).replace(/"@(\d+)@"/g, '$1');

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part as Uint8Array);
  return Buffer.concat(parts).toString('utf8');
}
