// RocksDB stores: read as RocksDB reads them, and with the loss of what is damaged only.
import { describe, expect, test } from 'vitest';
import { readStore, storeSamples, treeOfStore } from '../../support/rocksdb';

const unread = new Set(['bzip2', 'version-6', 'xxh3']);

describe.each(storeSamples)('$name', ({ name, files, entries }) => {
  test('as RocksDB reads it', async () => {
    const read = await readStore(treeOfStore(files));
    expect(read.issues.map(({code, message})=> `${code} ${message}`)).toEqual([]);
    expect(read.entries).toEqual(entries);
  });
});
