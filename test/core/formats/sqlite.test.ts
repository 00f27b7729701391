// SQLite from bytes: the write-ahead log as SQLite applies it, the schema without the library, and what a stranger's file may not do.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../../../src/core/formats/sqlite';
import { sqliteSchema } from '../../../src/core/formats/sqlite-schema';
import { overlayWal } from '../../../src/core/formats/sqlite-wal';
import { defaultLimits } from '../../../src/core/source/reader';
import { scriptedFile } from '../../../src/core/source/scripted';
import { filesOf, fixtureCases } from '../../support/fixtures';
import { asset } from '../../support/read';
import { changedPages, type DrawnFrame, drawDatabase, drawWal } from '../../support/sqlite';

const { signal } = new AbortController();
const context = { limits: defaultLimits, signal, asset, progress: () => {} };
const wide = (rows: number) => Array.from({ length: rows }, (_, row) => `INSERT INTO t VALUES (${row}, '${'x'.repeat(300)}');`).join('');
const sqlOf = (rows: number) => `CREATE TABLE t (a, b); ${wide(rows)}`;

/** Numbers of rows, one state of the database each; every step to the next is a transaction in the log. */
const states = [1, 4, 9];
let images: Uint8Array<ArrayBuffer>[];
let steps: DrawnFrame[][];
const frameBytes = 24 + 512;

beforeAll(async () => {
  images = await Promise.all(states.map((rows) => drawDatabase(sqlOf(rows))));
  steps = [changedPages(images[0]!, images[1]!), changedPages(images[1]!, images[2]!)];
});

/** Rows that the library sees, and what is said to be lost. */
async function open(main: Uint8Array, wal: Uint8Array | null): Promise<{ rows: number; lost: string | null }> {
  const database = await openSqlite(scriptedFile('a.db', main), wal ? scriptedFile('a.db-wal', wal) : undefined, context);
  try {
    const [row] = [...database.rows('SELECT count(b) FROM t')];
    return { rows: Number(row?.[0]), lost: database.lost };
  } finally {
    database.close();
  }
}

describe('the write-ahead log', () => {
  test('is laid over the main file, whose bytes alone are old', async () => {
    expect(await open(images[0]!, null)).toEqual({ rows: 1, lost: null });
    expect(await open(images[0]!, drawWal(steps.flat()))).toEqual({ rows: 9, lost: null });
  });

  test('may have its checksums in either byte order', async () => {
    expect(await open(images[0]!, drawWal(steps.flat(), { bigEndian: true }))).toEqual({ rows: 9, lost: null });
  });

  test('ends where a frame’s checksum is wrong, and that is told', async () => {
    const wal = drawWal(steps.flat());
    const at = 32 + steps[0]!.length * frameBytes + 100;
    wal[at] = wal[at]! ^ 1;
    expect(await open(images[0]!, wal)).toEqual({ rows: 4, lost: expect.stringContaining('damaged at byte') });
  });

  test('leaves out a transaction that was never committed, which is no loss', async () => {
    const open2 = steps[1]!.map((frame) => ({ ...frame, commit: 0 }));
    expect(await open(images[0]!, drawWal([...steps[0]!, ...open2]))).toEqual({ rows: 4, lost: null });
  });

  test('leaves out frames with other salts: they are from before the last checkpoint', async () => {
    const stale = steps[1]!.map((frame) => ({ ...frame, salt: 7 }));
    expect(await open(images[0]!, drawWal([...steps[0]!, ...stale]))).toEqual({ rows: 4, lost: null });
  });

  test('a smaller database after a commit is cut', async () => {
    const smaller = [{ page: 1, content: images[0]!.subarray(0, 512), commit: images[0]!.length / 512 }];
    const rest = changedPages(images[1]!, images[0]!);
    const wal = drawWal([...smaller, ...rest].map((frame) => ({ ...frame, commit: images[0]!.length / 512 })));
    const { bytes } = overlayWal(images[1]!.slice(), wal);
    expect(bytes.length).toBe(images[0]!.length);
    expect((await open(images[1]!, wal)).rows).toBe(1);
  });

  test('cut anywhere gives the last state whose commit is whole', async () => {
    const wal = drawWal(steps.flat());
    const commits = [32 + steps[0]!.length * frameBytes, wal.length];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: wal.length }), async (end) => {
        const { rows, lost } = await open(images[0]!, wal.slice(0, end));
        expect(rows).toBe(states[commits.filter((commit) => commit <= end).length]);
        expect(lost === null).toBe(end >= 32 && (end - 32) % frameBytes === 0);
      }),
      { numRuns: 60 },
    );
  });

  test('with a lie about its size takes no memory', () => {
    const wal = drawWal([{ page: 0xffff_fffe, content: new Uint8Array(512), commit: 0xffff_ffff }]);
    expect(overlayWal(images[0]!.slice(), wal).bytes.length).toBeLessThan(128 * 1024 * 1024);
  });

  test('of any bytes never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), fc.uint8Array({ maxLength: 2000 }), (main, wal) => void overlayWal(Uint8Array.from(main), wal)));
  });
});

describe('the schema', () => {
  const schemaOf = (main: Uint8Array, wal?: Uint8Array) =>
    sqliteSchema(scriptedFile('a.db', main, { piece: 97 }), wal && scriptedFile('a.db-wal', wal), signal);

  test('is found without the library, over many pages', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `table_${index}`);
    const bytes = await drawDatabase(names.map((name) => `CREATE TABLE ${name} (${'x'.repeat(index(name))} TEXT);`).join(''));
    expect(await schemaOf(bytes)).toEqual({ tables: new Set(names), whole: true });
  });

  test('of a database that was killed at birth is in the log', async () => {
    const empty = await drawDatabase('CREATE TABLE gone (a); DROP TABLE gone;');
    const wal = drawWal(changedPages(empty, images[0]!));
    expect(await schemaOf(empty)).toEqual({ tables: new Set(), whole: true });
    expect(await schemaOf(empty, wal)).toEqual({ tables: new Set(['t']), whole: true });
  });

  test('of a cut database is known not to be whole', async () => {
    const bytes = await drawDatabase(Array.from({ length: 60 }, (_, at) => `CREATE TABLE table_${at} (a);`).join(''));
    expect((await schemaOf(bytes.slice(0, 700)))?.whole).toBe(false);
  });

  test('of other files is none', async () => {
    expect(await schemaOf(new TextEncoder().encode('SQLite format 2 and more'))).toBeNull();
  });

  test('never throws, whatever is damaged', async () => {
    const whole = images[2]!;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }), fc.nat(whole.length), async (changes, end) => {
        const bytes = whole.slice(0, end);
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        await schemaOf(bytes);
      }),
    );
  });
});

describe('a database', () => {
  test('answers the same statement again and again, also when one was left half-way or failed', async () => {
    const database = await openSqlite(scriptedFile('a.db', images[2]!), undefined, context);
    const sql = 'SELECT a FROM t WHERE a >= ? ORDER BY a';
    const values = (from: number) => Array.from(database.rows(sql, [from]), ([a]) => a);
    for (const _ of database.rows(sql, [0])) break;
    expect([values(7), values(8)]).toEqual([[7, 8], [8]]);
    expect(() => [...database.rows('SELECT missing FROM t')]).toThrow(/no such column/);
    expect(values(7)).toEqual([7, 8]);
    database.close();
  });

  test('knows the columns of tables; views of a stranger are not run', async () => {
    const bytes = await drawDatabase(
      `CREATE TABLE "a b" (X, y); CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT n FROM r;`,
    );
    const database = await openSqlite(scriptedFile('a.db', bytes), undefined, context);
    expect([database.columns('a b'), database.columns('v'), database.columns('none')]).toEqual([new Set(['x', 'y']), new Set(), new Set()]);
    database.close();
  });

  test('the real one, copied while open, has a run more than its main file', async () => {
    const fixture = fixtureCases.find(({ id }) => id === 'mlflow-sqlite/live-wal-3.17')!;
    const files = filesOf(fixture);
    const count = async (wal: Uint8Array | undefined) => {
      const database = await openSqlite(scriptedFile('a.db', files['tracking.db']!), wal && scriptedFile('a.db-wal', wal), context);
      const [row] = [...database.rows('SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM metrics)')];
      database.close();
      return row;
    };
    expect([await count(undefined), await count(files['tracking.db-wal'])]).toEqual([
      [1, 40],
      [2, 101],
    ]);
  });
});

const index = (name: string): number => 1 + Number(name.slice(6)) * 3;
