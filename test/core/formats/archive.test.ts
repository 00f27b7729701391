// Archives as folders: what they hold is found, what is hostile in them is told and left out.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../../src/core/base/issues';
import { type ArchiveKind, archiveKind, openArchive } from '../../../src/core/formats/archive/archive';
import { defaultLimits, type Limits } from '../../../src/core/source/reader';
import { scriptedFile } from '../../../src/core/source/scripted';
import { type SourceDir, type SourceFile, walkFiles } from '../../../src/core/source/source';
import { tarOf, zipOf } from '../../support/archives';

async function open(bytes: Uint8Array, kind: ArchiveKind = 'zip', more: { limits?: Partial<Limits>; piece?: number } = {}) {
  const issues: Issue[] = [];
  const name = `a.${kind}`;
  const file = scriptedFile(`in/${name}`, bytes, more.piece === undefined ? {} : { piece: more.piece });
  const context = { signal: new AbortController().signal, limits: { ...defaultLimits, ...more.limits }, issue: (one: Issue) => void issues.push(one) };
  const dir = await openArchive(file, kind, null, context);
  return { dir, issues, codes: issues.map(({ code }) => code) };
}

const written = (name: string) => new Uint8Array(readFileSync(`test/core/formats/archives/${name}`));
const paths = (dir: SourceDir) => [...walkFiles(dir)].map(({ path }) => path);

/** The whole file, asked for in slices of a size. */
async function read(file: SourceFile | undefined, slice = 1 << 20): Promise<string> {
  let text = '';
  for (let at = 0; file && at < file.size; ) {
    const bytes = await file.read(at, slice);
    if (bytes.length === 0) break;
    text += Buffer.from(bytes).toString('latin1');
    at += bytes.length;
  }
  return text;
}

const long = Array.from({ length: 200_000 }, (_, i) => String.fromCharCode(97 + ((i * i) % 26))).join('');

describe('zip', () => {
  test('stored and deflated members, folders, sorted; paths are below the archive', async () => {
    const { dir, issues } = await open(
      zipOf([{ name: 'b/long.txt', data: long, deflate: true }, { name: 'b/' }, { name: 'a.txt', data: 'hello' }, { name: 'b/a/c.txt' }]),
    );
    expect(dir.path).toBe('in/a.zip');
    expect(paths(dir)).toEqual(['in/a.zip!a.txt', 'in/a.zip!b/long.txt', 'in/a.zip!b/a/c.txt']);
    expect(await read(dir.files.get('a.txt'))).toBe('hello');
    expect(await read(dir.dirs.get('b')?.files.get('long.txt'))).toBe(long);
    expect(issues).toEqual([]);
  });

  test('deflated members are read at random, backward, overlapping and in pieces', async () => {
    const { dir } = await open(zipOf([{ name: 'x', data: long, deflate: true }]), 'zip', { piece: 1000 });
    const file = dir.files.get('x') as SourceFile;
    const part = async (offset: number, length: number) => Buffer.from(await file.read(offset, length)).toString();
    const wanted: [number, number][] = [
      [150_000, 10],
      [0, 5],
      [149_990, 30_000],
      [199_995, 100],
      [200_000, 5],
    ];
    expect(await Promise.all(wanted.map(([offset, length]) => part(offset, length)))).toEqual(
      wanted.map(([offset, length]) => long.slice(offset, offset + length)),
    );
  });

  test('zip64, a comment and bytes before the archive', async () => {
    const members = [{ name: 'x', data: 'hello', zip64: true }];
    for (const options of [{ zip64: true }, { comment: 'PK\x05\x06 is not the end' }, { prefix: '#!/bin/sh\nexec …\n' }, { prefix: 'abc', zip64: true }]) {
      const { dir } = await open(zipOf(members, options));
      expect(await read(dir.files.get('x')), JSON.stringify(options)).toBe('hello');
    }
  });

  test('what another tool wrote', async () => {
    const { dir } = await open(written('python.zip'));
    expect(await read(dir.dirs.get('größe')?.files.get('ä.txt'))).toBe('hello '.repeat(1000));
  });

  test.each(['../up.txt', 'a/../../up.txt', '/etc/passwd', 'C:\\windows\\x', '..\\up.txt', 'a\0b'])('a name that leads out is left out: %j', async (name) => {
    const { dir, codes } = await open(zipOf([{ name, data: 'x' }, { name: 'ok.txt' }]));
    expect(paths(dir)).toEqual(['in/a.zip!ok.txt']);
    expect(codes).toEqual(['outside-folder']);
  });

  test('links are not followed', async () => {
    expect(await open(zipOf([{ name: 'link', data: '/etc/passwd', mode: 0o120777 }]))).toMatchObject({ codes: ['outside-folder'] });
  });

  test('encrypted members are told once, the others are read', async () => {
    const { dir, codes } = await open(zipOf([{ name: 'a', encrypted: true }, { name: 'b', encrypted: true }, { name: 'c' }]));
    expect([paths(dir), codes]).toEqual([['in/a.zip!c'], ['encrypted']]);
  });

  test('unknown methods are told', async () => {
    expect(await open(zipOf([{ name: 'a', method: 14 }]))).toMatchObject({ codes: ['unsupported'] });
  });

  describe('bombs', () => {
    test('a member that unpacks too far is left out', async () => {
      const { dir, codes } = await open(zipOf([{ name: 'zeros', data: new Uint8Array(1 << 20), deflate: true }, { name: 'ok' }]), 'zip', {
        limits: { archiveRatio: 100 },
      });
      expect([paths(dir), codes]).toEqual([['in/a.zip!ok'], ['too-large']]);
    });
    test('a member never gives more than it claims', async () => {
      const { dir } = await open(zipOf([{ name: 'x', data: long, deflate: true, claims: 10 }]));
      expect(await read(dir.files.get('x'))).toBe(long.slice(0, 10));
    });
    test('members that share bytes are refused', async () => {
      const claims = Array.from({ length: 50 }, (_, i) => ({ name: `f${i}`, data: '' }));
      const bytes = Buffer.from(zipOf([{ name: 'x', data: 'x'.repeat(100) }, ...claims]));
      // Every entry of the directory claims the first member's bytes.
      for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1)) bytes.writeUInt32LE(bytes.length - 100, at + 20);
      await expect(open(new Uint8Array(bytes))).rejects.toMatchObject({ code: 'bad-record' });
    });
    test('files and bytes in all are bounded', async () => {
      const members = Array.from({ length: 9 }, (_, i) => ({ name: `f${i}`, data: 'x'.repeat(10) }));
      for (const limits of [{ entries: 5 }, { archiveBytes: 55 }]) {
        const { dir, codes } = await open(zipOf(members), 'zip', { limits });
        expect([paths(dir).length, codes]).toEqual([5, ['too-large']]);
      }
      expect(await open(zipOf([{ name: 'a/b/c/d/e' }]), 'zip', { limits: { depth: 4 } })).toMatchObject({ codes: ['too-large'] });
    });
  });

  test('damage is an error that says so, at any cut', async () => {
    const bytes = zipOf([{ name: 'x', data: long, deflate: true }]);
    for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 40)) {
      await expect(open(bytes.slice(0, length)), String(length)).rejects.toMatchObject({ code: 'bad-record' });
    }
    const garbled = bytes.slice();
    garbled.fill(0xff, 60, 200);
    const { dir } = await open(garbled);
    await expect(read(dir.files.get('x'))).rejects.toMatchObject({ code: 'bad-record', file: 'in/a.zip!x' });
  });
});

describe('tar', () => {
  const members = [{ name: './run/', type: '5' }, { name: './run/a.txt', data: 'hello' }, { name: 'run/empty' }, { name: 'link', type: '2' }];

  test('files, by themselves and in a gzip', async () => {
    for (const [bytes, kind] of [
      [tarOf(members), 'tar'],
      [new Uint8Array(gzipSync(tarOf(members))), 'tar.gz'],
    ] as const) {
      const { dir, issues } = await open(bytes, kind, { piece: 700 });
      expect(paths(dir)).toEqual([`in/a.${kind}!run/a.txt`, `in/a.${kind}!run/empty`]);
      expect(await read(dir.dirs.get('run')?.files.get('a.txt'), 2)).toBe('hello');
      expect(issues).toEqual([]);
    }
  });

  test('long names of GNU and pax', async () => {
    const name = `${'d'.repeat(90)}/${'f'.repeat(90)}`;
    const record = (length: number): string => `${length} path=${name}\n`;
    const gnu = await open(
      tarOf([
        { name: '././@LongLink', type: 'L', data: `${name}\0` },
        { name: 'short', data: '1' },
      ]),
      'tar',
    );
    const pax = await open(
      tarOf([
        { name: 'x', type: 'x', data: record(record(100).length) },
        { name: 'short', data: '1' },
      ]),
      'tar',
    );
    for (const { dir } of [gnu, pax]) expect(paths(dir)).toEqual([`in/a.tar!${name}`]);
  });

  test.each(['gnu', 'pax', 'ustar'])('what another tool wrote: %s', async (format) => {
    const { dir } = await open(written(`${format}.tar.gz`), 'tar.gz');
    expect(paths(dir).sort()).toEqual([`in/a.tar.gz!a/${'n'.repeat(95)}/b.txt`, 'in/a.tar.gz!c.txt']);
  });

  test('names that lead out are left out', async () => {
    const { dir, codes } = await open(tarOf([{ name: '../x', data: '1' }, { name: '/etc/x' }, { name: 'ok' }]), 'tar');
    expect([paths(dir), codes]).toEqual([['in/a.tar!ok'], ['outside-folder', 'outside-folder']]);
  });

  test('a cut keeps what is whole and tells the rest', async () => {
    const bytes = tarOf([
      { name: 'a', data: 'x'.repeat(600) },
      { name: 'b', data: 'y'.repeat(600) },
    ]);
    const { dir, codes } = await open(bytes.slice(0, 2600), 'tar');
    expect([paths(dir), codes]).toEqual([['in/a.tar!a'], ['truncated']]);
    const gz = new Uint8Array(
      gzipSync(
        tarOf([
          { name: 'a', data: 'hello' },
          { name: 'b', data: long },
        ]),
      ),
    );
    expect(paths((await open(gz.slice(0, gz.length - 1000), 'tar.gz')).dir)).toContain('in/a.tar.gz!a');
  });

  test('damage in a header ends it there', async () => {
    const bytes = tarOf([{ name: 'a' }, { name: 'b' }]);
    bytes[512 + 3] = 0x41;
    const { dir, codes } = await open(bytes, 'tar');
    expect([paths(dir), codes]).toEqual([['in/a.tar!a'], ['bad-record']]);
  });

  test('a gzip that unpacks without end is refused', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(4 << 20)));
    await expect(open(bomb, 'tar.gz', { limits: { archiveRatio: 10 } })).rejects.toMatchObject({ code: 'too-large' });
    await expect(open(bomb, 'tar.gz', { limits: { archiveBytes: 1000 } })).rejects.toMatchObject({ code: 'too-large' });
  });
});

test('what is opened as an archive', () => {
  const zip = zipOf([{ name: 'x' }]);
  const tar = tarOf([{ name: 'x' }]);
  const gz = new Uint8Array(gzipSync(tar));
  expect(archiveKind('runs.ZIP', zip, false)).toBe('zip');
  expect(archiveKind('weights.npz', zip, false)).toBeNull();
  expect(archiveKind('download', zip, true)).toBe('zip');
  expect(archiveKind('fake.zip', tar, false)).toBeNull();
  expect(archiveKind('runs.tar', tar, false)).toBe('tar');
  expect(archiveKind('runs.tgz', gz, false)).toBe('tar.gz');
  expect(archiveKind('metrics.jsonl.gz', gz, true)).toBeNull();
});
