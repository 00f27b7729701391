// Reads projects of training code in tests, from a record of files or from a folder of this machine.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Project } from '../../src/core/setup/project/project';
import { readProject } from '../../src/core/setup/project/read';
import { scriptedTree } from '../../src/core/source/scripted';
import type { SourceTree } from '../../src/core/source/source';

const resolve = createRequire(import.meta.url).resolve;
const wasm: Readonly<Record<string, string>> = {
  'web-tree-sitter.wasm': resolve('web-tree-sitter/web-tree-sitter.wasm'),
  'tree-sitter-python.wasm': join(dirname(resolve('@vscode/tree-sitter-wasm/package.json')), 'wasm/tree-sitter-python.wasm'),
};

/** A training of four lines that stores, seeds and clears nothing: what is in it, many rules find. */
export const bareLoop = `import torch
net = torch.nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for x, y in data:
    loss = ((net(x) - y) ** 2).mean()
    loss.backward()
    opt.step()
`;

export async function grammarAsset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(readFileSync(wasm[name] ?? name));
}

export const projectOf = (tree: SourceTree): Promise<Project> => readProject(tree, { signal: new AbortController().signal, asset: grammarAsset });

/** A project from path → text. */
export const drawnProject = (files: Readonly<Record<string, string>>): Promise<Project> => projectOf(scriptedTree(files, { name: 'code' }));
