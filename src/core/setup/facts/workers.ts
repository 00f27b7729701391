// Code that runs inside the worker processes of a data loader: methods of data sets, and what they call.

import type { NamedCall, Project } from '../project/project';
import type { PyClass, PyFunction } from '../python/module';
import type { Syntax } from '../python/syntax';
import { unknown } from '../python/values';
import { factOf, gathered, type Steps } from '../steps';
import { pinOf } from './environment';
import { settingOf } from './options';

export interface WorkerCode {
  readonly owner: PyClass;
  /** Nodes of the calls that its items are made by. */
  readonly calls: ReadonlySet<Syntax>;
  /** Whether a loader of the project has workers: `none` where every one that can be read has zero. */
  readonly workers: 'some' | 'none' | 'unknown';
}

export const isLoader = ({ name }: NamedCall): boolean =>
  name !== null && /^(torch\.utils\.data(\.dataloader)?\.DataLoader|torch_geometric\.(loader|data)\.DataLoader|monai\.data\.DataLoader)$/.test(name);

/** Classes whose items are made by a loader (`__getitem__`, `__iter__` of a Dataset). */
export const workersOf = factOf(function* (project: Project): Steps<readonly WorkerCode[]> {
  const loaders = project.calls.filter(isLoader);
  const counts = loaders.map(workerCount);
  const workers = counts.some((count) => count === 'some') ? 'some' : counts.length > 0 && counts.every((count) => count === 'none') ? 'none' : 'unknown';
  return yield* gathered(
    project.modules.flatMap(({ classes }) => classes),
    (owner): readonly WorkerCode[] => {
      const methods = owner.module.functions.filter((fn) => fn.owner === owner && /^(__getitem__|__getitems__|__iter__)$/.test(fn.name));
      const isDataset =
        methods.length > 0 &&
        (owner.bases.some((base) => /Dataset|ImageFolder/.test(owner.module.textOf(base))) || methods.some(({ name }) => name === '__getitem__'));
      return isDataset ? [{ owner, calls: callsUnder(methods, project), workers }] : [];
    },
  );

  function workerCount(call: NamedCall): 'some' | 'none' | 'unknown' {
    const given = call.keywords.get('num_workers') ?? call.args[5] ?? null;
    if (!given) return call.splat ? 'unknown' : 'none';
    const value = settingOf(given, call.module, project);
    return value === unknown || typeof value !== 'number' ? 'unknown' : value > 0 ? 'some' : 'none';
  }
});

function callsUnder(roots: readonly PyFunction[], project: Project): ReadonlySet<Syntax> {
  const found = new Set<Syntax>();
  const seen = new Set<PyFunction>(roots);
  const open = [...roots];
  for (let fn = open.pop(); fn; fn = open.pop())
    for (const call of fn.module.calls) {
      if (call.within !== fn) continue;
      found.add(call.node);
      for (const next of project.targetsOf(call))
        if (!seen.has(next)) {
          seen.add(next);
          open.push(next);
        }
    }
  return found;
}

/** Whether the project asks for a torch older than a version; false where nothing is said. */
export function torchIsOlder(project: Project, [major, minor]: readonly [number, number]): boolean {
  const pinned = pinOf(project, 'torch');
  return pinned !== null && (pinned[0] < major || (pinned[0] === major && pinned[1] < minor));
}
