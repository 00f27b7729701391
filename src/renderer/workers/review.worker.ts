// Reviews training code in a worker of the page: parses what was dropped or what the host read, and judges it again when runs join it.

import grammarWasm from '@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm?url';
import runtimeWasm from 'web-tree-sitter/web-tree-sitter.wasm?url';
import type { Run } from '../../core/model/run';
import { withRoles } from '../../core/project/metric-roles';
import type { SetupReview } from '../../core/setup/finding';
import { unpackCode } from '../../core/setup/project/pack';
import type { Project } from '../../core/setup/project/project';
import { readProject } from '../../core/setup/project/read';
import { reviewSetup } from '../../core/setup/review';
import { defaultLimits } from '../../core/source/reader';
import { reviewedCode } from '../../core/view/code-review';
import type { AppStore } from '../storage/contract';
import { openStore } from '../storage/dexie-store';
import { jobStoreOf } from './analysis-store';
import type { DroppedRoot } from './dropped';
import { type FileLike, type ListedFile, treeOf } from './dropped-tree';
import type { FromReview, JoinedRuns, ToReview } from './review-messages';

/** The part of a worker's scope that is used; the compiler knows this folder as a page. */
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ToReview>) => void) | null;
  postMessage(message: FromReview): void;
};

const assets: Readonly<Record<string, string>> = { 'web-tree-sitter.wasm': runtimeWasm, 'tree-sitter-python.wasm': grammarWasm };

async function asset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const url = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (!url) throw new Error(`there is no asset ${name}`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the asset ${name} could not be loaded (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Often enough to look alive, seldom enough to cost nothing. */
const progressMs = 80;

let roots: readonly DroppedRoot[] = [];
const files: (ListedFile & { readonly root: number })[] = [];
let runs: readonly Run[] | null = null;
/** Runs that are still read out of the store. */
let loading: Promise<void> = Promise.resolve();
let waived: readonly string[] = [];
let project: Project | null = null;
let review: SetupReview | null = null;

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'roots':
      roots = data.roots;
      break;
    case 'files':
      files.push(...data.files);
      break;
    case 'packed':
      for (const { root, path, size, text } of unpackCode(data.bytes)) files.push({ root, path, file: text === null ? nameOnly(size) : fileOf(text) });
      break;
    case 'listed':
      guarded(read);
      break;
    case 'runs': {
      const { joined } = data;
      loading = loading.then(async () => {
        runs = joined && (await runsOf(joined));
        judge();
      });
      guarded(() => loading);
      break;
    }
    case 'waived':
      waived = data.rules;
      if (review) guarded(tell);
      break;
  }
};

function guarded(work: () => void | Promise<void>): void {
  Promise.resolve()
    .then(work)
    .catch((error: unknown) => scope.postMessage({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
}

async function read(): Promise<void> {
  const [only] = roots;
  const isOne = roots.length === 1 && only !== undefined;
  // Several things that were dropped together are one project, each below its own name.
  const top: DroppedRoot = isOne ? only : { kind: 'folder', name: 'code' };
  const listed = files.map(({ root, path, file }) => ({ path: isOne || roots[root]?.kind === 'file' ? path : `${roots[root]?.name}/${path}`, file }));
  const tree = treeOf(top, listed, { limits: defaultLimits, issue: () => {} });
  let told = 0;
  const parsed = await readProject(tree, {
    // Cancel is the end of this worker, so the signal never fires.
    signal: new AbortController().signal,
    asset,
    progress(done, all) {
      if (Date.now() - told < progressMs) return;
      told = Date.now();
      scope.postMessage({ kind: 'progress', done, all });
    },
  });
  files.length = 0;
  await loading;
  project = parsed;
  judge();
}

let opened: Promise<AppStore> | null = null;
const store = jobStoreOf(() => {
  opened ??= openStore({
    onClosed: () => {
      opened = null;
    },
  });
  return opened;
});

async function runsOf({ refs, roles }: JoinedRuns): Promise<readonly Run[]> {
  return (await store.runs(refs)).map((run) => withRoles(run, roles));
}

function judge(): void {
  if (!project) return;
  review = reviewSetup(project, { runs: runs ?? [] });
  tell();
}

function tell(): void {
  if (!project || !review) return;
  const joined = runs?.map(({ id }) => id) ?? null;
  scope.postMessage({ kind: 'reviewed', code: reviewedCode(project, review, { runs: runs ?? [], waived }), joined });
}

function fileOf(text: string): FileLike {
  const blob = new Blob([text]);
  return { size: blob.size, lastModified: 0, slice: (from, to) => blob.slice(from, to) };
}

const nameOnly = (size: number): FileLike => ({
  size,
  lastModified: 0,
  slice: () => ({ arrayBuffer: () => Promise.reject(new Error('only its name was handed over')) }),
});
