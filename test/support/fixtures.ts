// The real runs under test/fixtures: listing cases and loading one as a tree in memory.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../src/core/formats/json';
import { mapFiles, scriptedFile, scriptedTree } from '../../src/core/source/scripted';
import type { SourceFile, SourceTree } from '../../src/core/source/source';
import type { Answer } from './answer';

const root = 'test/fixtures';

export interface FixtureCase {
  readonly format: string;
  readonly name: string;
  /** `csv/xgboost-cv`. */
  readonly id: string;
  readonly input: string;
}

/** Every case that has an answer, sorted. */
export const fixtureCases: readonly FixtureCase[] = readdirSync(root)
  .sort()
  .flatMap((format) =>
    readdirSync(join(root, format))
      .sort()
      .map((name) => ({ format, name, id: `${format}/${name}`, input: join(root, format, name, 'input') })),
  )
  .filter(({ input }) => existsSync(join(input, '..', 'expected.json')));

/** The answer; integers beyond 2^53 are exact. */
export function answerOf(fixture: FixtureCase): Answer {
  return parseJson(readFileSync(join(fixture.input, '..', 'expected.json'), 'utf8')) as unknown as Answer;
}

/** Path below the input folder → bytes. */
export function filesOf(fixture: FixtureCase): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const entry of readdirSync(fixture.input, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(fixture.input.length + 1).replaceAll('\\', '/')] = new Uint8Array(readFileSync(path));
  }
  return files;
}

/** A case as a tree in memory, as if its input folder had been dropped under the name `input`. */
export function treeOf(files: Readonly<Record<string, Uint8Array>>, name = 'input'): SourceTree {
  return scriptedTree(files, { name });
}

/** The tree with one file's bytes replaced. */
export function withBytes(tree: SourceTree, path: string, bytes: Uint8Array): SourceTree {
  return mapFiles(tree, (file) => (file.path === path ? scriptedFile(path, bytes) : file));
}

/** Every file of a tree that comes in pieces of at most so many bytes. */
export function slowTree(files: Readonly<Record<string, Uint8Array>>, piece: number): SourceTree {
  return scriptedTree(Object.fromEntries(Object.entries(files).map(([path, bytes]): [string, SourceFile] => [path, scriptedFile(path, bytes, { piece })])), {
    name: 'input',
  });
}
