// Ids stand for places: the same for the same place, lasting, unguessable, and only for what was named or picked.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { browse, sourceState } from '../../src/host/browse';
import { createPlaces } from '../../src/host/places';

let folder: string;
let runs: string;
const none = new AbortController().signal;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-places-'));
  runs = join(folder, 'runs');
  mkdirSync(runs);
});

describe('places', () => {
  test('the same place has the same id, by whatever way and after a restart', () => {
    symlinkSync(runs, join(folder, 'link'));
    const [first] = createPlaces(folder).admit([runs]);
    const [again] = createPlaces(folder).admit([join(folder, 'link')]);
    expect(again).toEqual(first);
    expect(first).toEqual({ id: expect.stringMatching(/^[a-f0-9]{24}$/), label: 'runs', path: runs, kind: 'folder' });
    expect(createPlaces(folder).source(first?.id as string)).toEqual(first);
  });

  test('another machine gives another id', () => {
    const other = mkdtempSync(join(tmpdir(), 'diptych-places-'));
    expect(createPlaces(other).admit([runs])[0]?.id).not.toBe(createPlaces(folder).admit([runs])[0]?.id);
  });

  test('what was only shown is no source, and what was never shown is nothing', () => {
    const places = createPlaces(folder);
    const id = places.show(runs);
    expect(places.shown(id)).toBe(runs);
    expect(() => places.source(id)).toThrow(expect.objectContaining({ code: 'unknown-id' }));
    expect(() => places.shown('0'.repeat(24))).toThrow(expect.objectContaining({ code: 'unknown-id' }));
    expect(() => places.admit([join(folder, 'absent')])).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('the list is readable by the user alone, and a damaged one is made anew', () => {
    createPlaces(folder).admit([runs]);
    const file = join(folder, 'places.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, '{"version":1');
    expect(createPlaces(folder).admit([runs])).toHaveLength(1);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 1, sources: [{ path: runs }] });
  });
});

describe('buckets', () => {
  test('an address that was named is a source, the same after a restart; other addresses are refused', () => {
    const [first] = createPlaces(folder).admit(['s3://runs/team/sweep/', runs]);
    expect(first).toEqual({ id: expect.stringMatching(/^[a-f0-9]{24}$/), label: 'sweep', path: 's3://runs/team/sweep', kind: 'bucket' });
    const id = first?.id as string;
    const again = createPlaces(folder);
    expect(again.source(id)).toEqual(first);
    expect(again.bucket(id)).toEqual({ settings: { place: 's3://runs/team/sweep' } });
    expect(again.admit(['s3://runs/team/sweep'])[0]?.id).toBe(id);
    expect(again.bucket(again.admit([runs])[0]?.id as string)).toBeNull();
    expect(() => again.admit(['gs://runs'])).toThrow(expect.objectContaining({ code: 'refused' }));
  });

  test('the same bucket of two services is two sources', () => {
    const places = createPlaces(folder);
    const at = (address: string) => places.admitBucket({ settings: { place: 's3://runs', address } }).id;
    expect(at('http://a:9000')).not.toBe(at('http://b:9000'));
    expect(at('http://a:9000')).toBe(at('http://a:9000'));
  });

  test('a list that was kept before there were buckets is read', () => {
    createPlaces(folder).admit([runs]);
    const file = join(folder, 'places.json');
    const { buckets: _none, ...before } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify(before));
    const [ref] = createPlaces(folder).admit([runs]);
    expect(createPlaces(folder).source(ref?.id as string)).toEqual(ref);
  });
});

describe('browsing', () => {
  test('folders first, then files, numbers in order, links as what they lead to', () => {
    for (const name of ['run10', 'run2', '.hidden']) mkdirSync(join(runs, name));
    writeFileSync(join(runs, 'a.csv'), 'step,loss\n');
    symlinkSync(join(runs, 'run2'), join(runs, 'best'));
    symlinkSync(join(runs, 'absent'), join(runs, 'broken'));
    const listing = browse(runs, createPlaces(folder));
    expect(listing.entries.map(({ name, kind, size }) => [name, kind, size])).toEqual([
      ['.hidden', 'folder', null],
      ['best', 'folder', null],
      ['run2', 'folder', null],
      ['run10', 'folder', null],
      ['a.csv', 'file', 10],
    ]);
    expect(listing.truncated).toBe(false);
  });

  test('ids lead up and down', () => {
    mkdirSync(join(runs, 'a'));
    const places = createPlaces(folder);
    const listing = browse(runs, places);
    expect(places.shown(listing.entries[0]?.id as string)).toBe(join(runs, 'a'));
    expect(places.shown(listing.parent as string)).toBe(folder);
    expect(browse('/', places).parent).toBeNull();
  });

  test('what cannot be listed says why', () => {
    const places = createPlaces(folder);
    expect(() => browse(join(runs, 'absent'), places)).toThrow(expect.objectContaining({ code: 'not-found' }));
    mkdirSync(join(runs, 'closed'));
    chmodSync(join(runs, 'closed'), 0);
    if (process.getuid?.() !== 0) expect(() => browse(join(runs, 'closed'), places)).toThrow(expect.objectContaining({ code: 'refused' }));
  });
});

describe('the state of a source', () => {
  test('tells of a file that grew, came, went or was touched', async () => {
    const fingerprints = new Set<string | null>();
    const note = async () => fingerprints.add((await sourceState(runs, none)).fingerprint);
    await note();
    writeFileSync(join(runs, 'a'), '1');
    utimesSync(join(runs, 'a'), 1, 1);
    await note();
    await note();
    expect(fingerprints.size).toBe(2);
    writeFileSync(join(runs, 'a'), '12');
    utimesSync(join(runs, 'a'), 1, 1);
    await note();
    utimesSync(join(runs, 'a'), 1, 2);
    await note();
    mkdirSync(join(runs, 'b'));
    writeFileSync(join(runs, 'b', 'c'), '123');
    await note();
    expect(fingerprints.size).toBe(5);
    expect(await sourceState(runs, none)).toMatchObject({ state: 'present', files: 2, bytes: 5 });
  });

  test('a single file and a place that is gone', async () => {
    writeFileSync(join(runs, 'a.csv'), '1234');
    expect(await sourceState(join(runs, 'a.csv'), none)).toMatchObject({ state: 'present', files: 1, bytes: 4 });
    rmSync(runs, { recursive: true });
    expect(await sourceState(runs, none)).toEqual({ state: 'gone', fingerprint: null, files: 0, bytes: 0, newestMs: null, quietMs: null });
  });
});
