// Every parser of core/formats as one function of a file's bytes, with a valid sample to damage: for properties that hold for all of them.

import { gzipSync } from 'node:zlib';
import { openArchive } from '../../src/core/formats/archive/archive';
import { fromBase64 } from '../../src/core/formats/base64';
import { readSlices } from '../../src/core/formats/bytes';
import { readTable, sniffDialect } from '../../src/core/formats/csv';
import { EventFolder } from '../../src/core/formats/event-folder';
import { flatten } from '../../src/core/formats/flatten';
import { gunzip, gunzipHead } from '../../src/core/formats/gzip';
import { hoconTexts } from '../../src/core/formats/hocon';
import { parseJson } from '../../src/core/formats/json';
import { parsePartial } from '../../src/core/formats/json-partial';
import { LevelDbLog } from '../../src/core/formats/leveldb-log';
import { linesOf } from '../../src/core/formats/lines';
import { parseNumber } from '../../src/core/formats/numbers';
import { openParquet } from '../../src/core/formats/parquet';
import { WireFields, wire } from '../../src/core/formats/protobuf';
import { openSqlite } from '../../src/core/formats/sqlite';
import { sqliteSchema } from '../../src/core/formats/sqlite-schema';
import { decodeUtf8 } from '../../src/core/formats/text';
import { parseTimestamp } from '../../src/core/formats/timestamp';
import { parseYaml } from '../../src/core/formats/yaml';
import { defaultLimits } from '../../src/core/source/reader';
import { scriptedFile } from '../../src/core/source/scripted';
import { type SourceFile, walkFiles } from '../../src/core/source/source';
import { tarOf, zipOf } from './archives';
import { filesOf, fixtureCases } from './fixtures';
import { asset } from './read';

export interface ParserCase {
  readonly name: string;
  /** Valid bytes, for damage to begin from. */
  sample(): Promise<Uint8Array> | Uint8Array;
  /** Reads all that the parser finds in a file; refuses it with SyntaxError or SourceError, or in words of the library behind it. */
  parse(bytes: Uint8Array): unknown;
  readonly refusal?: RegExp;
}

const context = { signal: new AbortController().signal, limits: { ...defaultLimits, recordBytes: 1 << 20 }, progress: () => {}, asset, issue: () => {} };
const utf8 = new TextEncoder();
const text = (bytes: Uint8Array): string => decodeUtf8(bytes).text;
const file = (bytes: Uint8Array, name = 'file'): SourceFile => scriptedFile(name, bytes, { piece: 61 });

/** A file of the fixtures: of some case, the first whose path fits. */
function fixture(id: string, path: RegExp): Uint8Array {
  const found = fixtureCases.find((one) => one.id === id);
  const bytes = found && Object.entries(filesOf(found)).find(([name]) => path.test(name))?.[1];
  if (!bytes) throw new Error(`no file ${path} in ${id}`);
  return bytes;
}

async function drain(pieces: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of pieces);
}

async function readAll(files: Iterable<SourceFile>): Promise<void> {
  for (const one of files) {
    let at = 0;
    while (at < one.size) {
      const { length } = await one.read(at, 1 << 16);
      if (length === 0) break;
      at += length;
    }
  }
}

/** Every field of a message, and of what could be messages in it. */
function walkMessage(bytes: Uint8Array, start: number, end: number, depth = 0): void {
  const fields = new WireFields().open(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), start, end);
  while (fields.next()) if (fields.type === wire.bytes && depth < 3) attempt(() => walkMessage(bytes, fields.start, fields.end, depth + 1));
}

/** The payload of the first record of an event file. */
function firstMessage(bytes: Uint8Array): void {
  const start = Math.min(12, bytes.length);
  const length = start < 12 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  walkMessage(bytes, start, Math.min(start + length, bytes.length));
}

function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
}

const archive = (kind: 'zip' | 'tar' | 'tar.gz') => async (bytes: Uint8Array) =>
  readAll(walkFiles(await openArchive(scriptedFile(`a.${kind}`, bytes, { piece: 997 }), kind, null, context)));
const members = [
  { name: 'a/metrics.csv', data: 'step,loss\n0,1.5\n1,1.25\n'.repeat(20), deflate: true },
  { name: 'b.json', data: '{"a": [1, 2]}' },
];

export const parserCases: readonly ParserCase[] = [
  { name: 'numbers', sample: () => utf8.encode('-1.5e-30'), parse: (bytes) => parseNumber(text(bytes)) },
  { name: 'timestamp', sample: () => utf8.encode('2026-11-25T23:59:59.123456+01:00'), parse: (bytes) => parseTimestamp(text(bytes)) },
  { name: 'base64', sample: () => utf8.encode('AAECAwQFBgc='), parse: (bytes) => fromBase64(text(bytes)) },
  {
    name: 'json',
    sample: () => utf8.encode('{"a": [1, NaN, {"b": "\\u00e9", "c": -0.0}], "d": 9007199254740993}'),
    parse: (bytes) => flatten(parseJson(text(bytes))),
  },
  { name: 'json, cut', sample: () => utf8.encode('[{"a": 1}, {"a": [2, 3'), parse: (bytes) => parsePartial(text(bytes)) },
  {
    name: 'yaml',
    sample: () => utf8.encode('a: &x [1, 2]\nb: *x\nc:\n  - {d: 1e-3, e: yes}\n  - |\n    text\n<<: {f: 0o17}\n'),
    parse: (bytes) => flatten(parseYaml(text(bytes))),
  },
  {
    name: 'hocon',
    sample: () =>
      utf8.encode(`api { host: https://a.test # here\n credentials {"k" = "x", s = \${k}\${?H}"y" } }\nl = [1, {a: [2]}]\ninclude "b"\nt = """z"""\n`),
    parse: (bytes) => hoconTexts(text(bytes), () => undefined),
  },
  { name: 'lines', sample: () => utf8.encode('a\r\nb\nc\r'), parse: (bytes) => drain(linesOf(readSlices(file(bytes), context), 64)) },
  {
    name: 'csv',
    sample: () => utf8.encode('step,"train/loss",note\n0,1.5,"a ""b"""\n1,NaN,\n2,1e-5,x\n'),
    async parse(bytes) {
      const dialect = sniffDialect(bytes.subarray(0, 4096), bytes.length <= 4096);
      if (dialect) await drain(readTable(readSlices(file(bytes), context), dialect, new Set()));
    },
  },
  {
    name: 'gzip',
    sample: () => gzipSync('step,loss\n'.repeat(100)),
    parse: (bytes) => drain(gunzip(readSlices(file(bytes), context), 'file', 1000, { whole: false })),
  },
  { name: 'gzip, head', sample: () => gzipSync('step,loss\n'.repeat(100)), parse: gunzipHead },
  { name: 'zip', sample: () => zipOf(members), parse: archive('zip') },
  { name: 'zip64', sample: () => zipOf(members, { zip64: true, comment: 'c' }), parse: archive('zip') },
  { name: 'tar', sample: () => tarOf(members), parse: archive('tar') },
  { name: 'tar.gz', sample: () => gzipSync(tarOf(members)), parse: archive('tar.gz') },
  { name: 'protobuf', sample: () => fixture('tensorboard/truncated', /tfevents/), parse: firstMessage },
  {
    name: 'event files',
    sample: () => fixture('tensorboard/hparams-trials', /tfevents/),
    async parse(bytes) {
      const folder = new EventFolder([file(bytes, 'events.out.tfevents.1.a')]);
      await drain(folder.read(context));
    },
  },
  {
    name: 'LevelDB log',
    sample: () => fixture('wandb/odd-values', /\.wandb$/).slice(0, 40_000),
    async parse(bytes) {
      const log = new LevelDbLog(file(bytes), context, { record: () => {} }, { headerBytes: 7 });
      while (await log.next());
    },
  },
  {
    name: 'SQLite schema',
    sample: () => fixture('optuna/rdb-5.0', /\.db$/).slice(0, 60_000),
    parse: (bytes) => sqliteSchema(file(bytes), undefined, context.signal),
  },
  {
    name: 'SQLite',
    refusal: /database|malformed|corrupt|SQL logic error|no such/,
    sample: () => fixture('trackio/sweep-nonfinite', /\.db$/),
    async parse(bytes) {
      const database = await openSqlite(scriptedFile('a.db', bytes), undefined, context);
      try {
        for (const table of ['metrics', 'configs'])
          for (const column of database.columns(table)) for (const _ of database.rows(`SELECT "${column}" FROM ${table}`));
      } finally {
        database.close();
      }
    },
  },
  {
    name: 'Parquet',
    sample: () => fixture('neptune-export/codecs', /\.parquet$/),
    async parse(bytes) {
      const table = await openParquet(scriptedFile('a.parquet', bytes), context);
      for (let group = 0; group < table.groups; group++) for (const column of table.columns) await table.column(group, column);
    },
  },
];
