// What a run's attributes mean: Neptune keeps everything in one tree of paths, its own under `sys/`, `source_code/` and `monitoring/`.

import { epochMs } from '../../base/units';
import type { RunEvent, RunKey } from '../../model/events';
import type { Evidence, Fact } from '../../model/facts';
import type { RunHeader } from '../../model/run';
import type { Value } from '../../model/values';
import { isInternal } from './meta';

/** Path → value as logged; string sets are sorted lists, times ISO text. */
export type Attributes = ReadonlyMap<string, Value>;
/** Where an attribute stands. */
export type Place = (path: string) => Pick<Evidence, 'file' | 'where'>;

/** Told in the header or as tags of their own. */
const elsewhere: ReadonlySet<string> = new Set(['sys/tags', 'sys/name', 'sys/description']);

/** Header, params, tags and facts of a run. `set` is what its way of keeping runs tells besides, and wins. */
export function* attributeEvents(run: RunKey, attributes: Attributes, place: Place, set: Partial<RunHeader>): Generator<RunEvent> {
  const sorted = [...attributes].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  yield { kind: 'header', run, set: { ...headerOf(attributes), ...set } };
  yield { kind: 'params', run, values: Object.fromEntries(sorted.filter(([path]) => !isInternal(path))) };
  // Neptune's own attributes are kept beside a person's tags, as MLflow keeps its own: nothing of the export is lost.
  const own = sorted.filter(([path]) => isInternal(path) && !elsewhere.has(path));
  yield { kind: 'tags', run, values: Object.fromEntries([...textsOf(attributes.get('sys/tags')).map((tag) => [tag, true] as const), ...own]) };
  for (const fact of factsOf(attributes, place)) yield { kind: 'fact', run, fact };
}

function headerOf(attributes: Attributes): Partial<RunHeader> {
  const text = (path: string): string | null => {
    const value = attributes.get(path);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const groups = textsOf(attributes.get('sys/group_tags'));
  const created = Date.parse(text('sys/creation_time') ?? '');
  return {
    name: text('sys/name'),
    parent: text('sys/forking/parent'),
    group: groups.length === 1 ? (groups[0] as string) : null,
    // Nothing tells that a run ended well: `sys/failed` is false from the beginning.
    status: attributes.get('sys/failed') === true ? 'failed' : 'unknown',
    nativeStatus: text('sys/state'),
    startedMs: Number.isNaN(created) ? null : epochMs(created),
    user: text('sys/owner'),
    notes: text('sys/description'),
    deleted: attributes.get('sys/trashed') === true,
  };
}

const textsOf = (value: Value | undefined): readonly string[] => (Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []);

/** Kind of fact → paths that tell it, the first that is there counts: Neptune 3 and Scale before 1.x. */
const factPaths = [
  ['git_commit', ['source_code/commit/commit_id', 'source_code/git/commit_id']],
  ['git_branch', ['source_code/branch', 'source_code/git/branch']],
  ['command', ['source_code/run_command', 'source_code/entrypoint']],
  ['entry_point', ['source_code/entrypoint']],
  ['host', ['sys/hostname']],
] as const;

function* factsOf(attributes: Attributes, place: Place): Generator<Fact> {
  const evidence = (path: string, value: Value): readonly Evidence[] => [{ ...place(path), value: String(value).slice(0, 500) }];
  for (const [kind, paths] of factPaths) {
    const path = paths.find((one) => typeof attributes.get(one) === 'string' && attributes.get(one) !== '');
    const value = path === undefined ? undefined : attributes.get(path);
    if (path !== undefined && typeof value === 'string') yield { kind, value, evidence: evidence(path, value) };
  }
  for (const path of ['source_code/dirty', 'source_code/git/dirty']) {
    const value = attributes.get(path);
    if (typeof value !== 'boolean') continue;
    yield { kind: 'git_dirty', value, evidence: evidence(path, value) };
    break;
  }
  const remote = remoteOf(attributes);
  if (remote) yield { kind: 'git_remote', value: remote.value, evidence: evidence(remote.path, remote.value) };
  const seed = seedOf(attributes);
  if (seed) yield { kind: 'seed', value: seed.value, evidence: evidence(seed.path, seed.value) };
}

/** `origin` before others; an address never carries a password on. */
function remoteOf(attributes: Attributes): { readonly path: string; readonly value: string } | null {
  const others = [...attributes.keys()].filter((path) => path.startsWith('source_code/remote/')).sort();
  for (const path of ['source_code/remote/origin', ...others, 'source_code/git/remote_urls', 'source_code/git/remotes']) {
    const value = attributes.get(path);
    if (typeof value === 'string' && value !== '') return { path, value: value.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1') };
  }
  return null;
}

/** By the last part of the name, so that `parameters/seed` counts. */
const seedName = /(?:^|[./])(?:(?:random|rng|global|manual|torch|numpy|np|python|train(?:ing)?)[_-]?)?seed$|(?:^|[./])(?:seed_everything|random_state)$/i;

function seedOf(attributes: Attributes): { readonly path: string; readonly value: number | string } | null {
  for (const path of ['seed', ...[...attributes.keys()].sort()]) {
    const value = !isInternal(path) && seedName.test(path) ? attributes.get(path) : undefined;
    if (typeof value === 'number' && Number.isInteger(value)) return { path, value };
    if (typeof value === 'bigint') return { path, value: String(value) };
    // A client of Neptune writes what it cannot keep as text.
    if (typeof value === 'string' && /^\s*[+-]?\d{1,15}\s*$/.test(value)) return { path, value: Number(value) };
  }
  return null;
}
