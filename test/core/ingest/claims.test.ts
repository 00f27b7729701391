// Who gets which file when claims overlap.
import { expect, test } from 'vitest';
import { filesByRun, type ReaderClaim, settleClaims } from '../../../src/core/ingest/claims';
import { scriptedTree } from '../../../src/core/source/scripted';
import { dirAt, fileAt, type SourceTree } from '../../../src/core/source/source';
import { drawnReader } from '../../support/drawn-reader';

const tree = scriptedTree({ 'run/metrics.csv': 'a', 'run/events.1': 'b', 'run/notes.txt': 'c', 'run/deep/table.csv': 'd' });

function claim(reader: string, confidence: number, root: string, key: string, files: readonly string[], from: SourceTree = tree): ReaderClaim {
  const file = (path: string) => {
    const found = fileAt(from.root, path);
    if (!found) throw new Error(`no file ${path}`);
    return found;
  };
  const dir = dirAt(from.root, root);
  if (!dir) throw new Error(`no folder ${root}`);
  return { reader: drawnReader(reader, []), claim: { root: dir, confidence, key: [file(key)], files: [key, ...files].map(file) } };
}

const outcome = (claims: readonly ReaderClaim[]) =>
  settleClaims(claims).map(({ reader, claim: { files } }) => `${reader.meta.id}: ${files.map(({ path }) => path).join(' ')}`);

test('the surer claim takes its files, the other keeps the rest', () => {
  const claims = [claim('table', 0.3, 'run', 'run/metrics.csv', ['run/notes.txt']), claim('events', 0.9, 'run', 'run/events.1', ['run/notes.txt'])];
  expect(outcome(claims)).toEqual(['events: run/events.1 run/notes.txt', 'table: run/metrics.csv']);
});

test('a claim that loses a key file falls, and frees nothing that it never had', () => {
  const claims = [
    claim('tracker', 0.95, '.', 'run/metrics.csv', ['run/deep/table.csv']),
    claim('table', 0.3, 'run', 'run/metrics.csv', ['run/notes.txt']),
    claim('notes', 0.2, 'run', 'run/notes.txt', []),
  ];
  expect(outcome(claims)).toEqual(['tracker: run/metrics.csv run/deep/table.csv', 'notes: run/notes.txt']);
});

test('of equally sure claims the deeper one goes first', () => {
  const claims = [claim('wide', 0.9, '.', 'run/events.1', ['run/deep/table.csv']), claim('deep', 0.9, 'run/deep', 'run/deep/table.csv', [])];
  expect(outcome(claims)).toEqual(['wide: run/events.1', 'deep: run/deep/table.csv']);
});

test('the order in which readers were asked does not matter', () => {
  const claims = [
    claim('a', 0.9, 'run', 'run/metrics.csv', ['run/notes.txt']),
    claim('b', 0.9, 'run', 'run/events.1', ['run/notes.txt']),
    claim('c', 0.9, 'run', 'run/notes.txt', []),
  ];
  const first = outcome(claims);
  expect(outcome([...claims].reverse())).toEqual(first);
  expect(outcome([claims[1], claims[2], claims[0]].filter((one) => one !== undefined))).toEqual(first);
});

test('a run has the files at and below its path, or all of a store that lies elsewhere', () => {
  const files = ['a', 'a/b', 'a/b/c', 'a/bc', 'x.zip', 'x.zip!d/e'].map((path) => ({
    name: path,
    path,
    size: 0,
    modifiedMs: null,
    read: () => new Uint8Array(0),
  }));
  const of = filesByRun(files);
  expect(of('a/b')).toEqual(['a/b', 'a/b/c']);
  expect(of('x.zip')).toEqual(['x.zip', 'x.zip!d/e']);
  expect(of('x.zip!d')).toEqual(['x.zip!d/e']);
  expect(of('.')).toHaveLength(6);
  expect(of('elsewhere')).toHaveLength(6);
});
