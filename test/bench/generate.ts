// Writes training data as the trackers write it, from a seed: TensorBoard event files, .wandb logs, MLflow file stores.

import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { seededRandom } from '../support/read';

const cache = '.cache/bench';
/** Monday, 2026-11-23, 09:00 UTC, in seconds. */
const start = 1795424400;

/** Makes a data set once; its name holds everything that it depends on. @returns its folder */
export function cached(name: string, write: (folder: string) => void): string {
  const folder = join(cache, name);
  const stamp = join(folder, '..', `${name}.complete`);
  if (!existsSync(stamp)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    write(folder);
    writeFileSync(stamp, '');
  }
  return folder;
}

/** A loss that falls, with noise. */
const lossAt = (step: number, random: () => number): number => 2.5 * Math.exp(-step / 20_000) + 0.1 * random() + 0.05;

const metricNames = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, at) => `${['train', 'val', 'layers', 'optim'][at % 4]}/${['loss', 'accuracy', 'grad_norm', 'lr', 'weight_norm'][at % 5]}_${at}`,
  );

/** Collects bytes and writes them in large blocks. */
class Sink {
  readonly buffer = Buffer.allocUnsafe(1 << 22);
  at = 0;
  written = 0;
  private readonly file: number;

  constructor(path: string) {
    this.file = openSync(path, 'w');
  }

  /** Makes room for so many bytes at `at`. */
  room(bytes: number): void {
    if (this.at + bytes > this.buffer.length) this.flush();
  }

  flush(): void {
    writeSync(this.file, this.buffer, 0, this.at);
    this.written += this.at;
    this.at = 0;
  }

  put(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.buffer.set(bytes, this.at);
    this.at += bytes.length;
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }
}

function varint(buffer: Uint8Array, at: number, value: number): number {
  let rest = value;
  let next = at;
  for (; rest > 127; rest = Math.floor(rest / 128)) buffer[next++] = (rest % 128) | 128;
  buffer[next++] = rest;
  return next;
}

// --- TensorBoard -------------------------------------------------------------

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** Masked CRC-32C, as TFRecord keeps it; a plain table, so that it shares nothing with what it is to check. */
function maskedCrc(bytes: Uint8Array, from: number, to: number): number {
  let crc = -1;
  for (let at = from; at < to; at++) crc = crcTable[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

export interface TensorboardShape {
  readonly runs: number;
  readonly tags: number;
  readonly steps: number;
  readonly seed: number;
  /** Bends the plain falling curve, so that runs fall sick. */
  readonly bend?: (value: number, at: { readonly run: number; readonly step: number }) => number;
}

/** One event file per run, one record per value, as torch's SummaryWriter writes scalars. */
export function writeTensorboard(folder: string, shape: TensorboardShape): void {
  const tags = metricNames(shape.tags).map((tag) => Buffer.from(tag));
  for (let run = 0; run < shape.runs; run++) {
    const random = seededRandom(shape.seed + run);
    mkdirSync(join(folder, `run_${run}`));
    const sink = new Sink(join(folder, `run_${run}`, `events.out.tfevents.${start}.bench.${run}.0`));
    tfRecord(sink, (buffer, at) => {
      const version = Buffer.from('brain.Event:2');
      buffer[at] = 0x09;
      buffer.writeDoubleLE(start, at + 1);
      buffer[at + 9] = 0x1a;
      buffer[at + 10] = version.length;
      buffer.set(version, at + 11);
      return at + 11 + version.length;
    });
    for (let step = 0; step < shape.steps; step++)
      for (const tag of tags) {
        const plain = lossAt(step, random);
        const value = shape.bend?.(plain, { run, step }) ?? plain;
        tfRecord(sink, (buffer, from) => {
          buffer[from] = 0x09;
          buffer.writeDoubleLE(start + step * 0.05, from + 1);
          buffer[from + 9] = 0x10;
          let at = varint(buffer, from + 10, step);
          buffer[at++] = 0x2a;
          buffer[at++] = tag.length + 9;
          buffer[at++] = 0x0a;
          buffer[at++] = tag.length + 7;
          buffer[at++] = 0x0a;
          buffer[at++] = tag.length;
          buffer.set(tag, at);
          at += tag.length;
          buffer[at++] = 0x15;
          return buffer.writeFloatLE(value, at);
        });
      }
    sink.close();
  }
}

/** Length, its check sum, the data that `fill` puts down (it returns where it ends), its check sum. */
function tfRecord(sink: Sink, fill: (buffer: Buffer, at: number) => number): void {
  sink.room(256);
  const { buffer, at } = sink;
  const end = fill(buffer, at + 12);
  buffer.writeUInt32LE(end - at - 12, at);
  buffer.writeUInt32LE(0, at + 4);
  buffer.writeUInt32LE(maskedCrc(buffer, at, at + 8), at + 8);
  buffer.writeUInt32LE(maskedCrc(buffer, at + 12, end), end);
  sink.at = end + 4;
}

// --- W&B ---------------------------------------------------------------------

export interface WandbShape {
  readonly runs: number;
  readonly keys: number;
  readonly steps: number;
  readonly seed: number;
  /** Config values of each run; none when left out. */
  readonly params?: number;
  /** Names that keys and params are taken from, other ones in every run; as many as there are when left out. */
  readonly of?: { readonly keys: number; readonly params: number };
}

/** One folder per run with its `.wandb` log: run, config, one history row per step, exit. */
export function writeWandb(folder: string, shape: WandbShape): void {
  const { params = 0, of = { keys: shape.keys, params } } = shape;
  const allKeys = metricNames(of.keys);
  const allParams = Array.from({ length: of.params }, (_, at) => `${['model', 'optimizer', 'data'][at % 3]}.option_${at}`);
  const taken = (names: readonly string[], count: number, run: number): string[] =>
    Array.from({ length: count }, (_, at) => names[(run * count + at) % names.length] as string);
  for (let run = 0; run < shape.runs; run++) {
    const random = seededRandom(shape.seed + run);
    const id = `bench${String(run).padStart(3, '0')}`;
    const keys = taken(allKeys, shape.keys, run);
    const home = join(folder, 'wandb', `offline-run-20261123_09000${run % 10}-${id}`);
    mkdirSync(home, { recursive: true });
    const log = new WandbLog(join(home, `run-${id}.wandb`));
    let number = 0;
    const record = (field: number, payload: Buffer) => log.record(Buffer.concat([intField(1, ++number), bytesField(field, payload)]));
    record(17, Buffer.concat([bytesField(1, id), bytesField(3, 'bench'), bytesField(8, `bench run ${run}`), bytesField(17, intField(1, start))]));
    if (params > 0) {
      const config = taken(allParams, params, run).map((name, at) => historyItem(name, at % 3 === 0 ? `"choice ${run % 7}"` : String(random())));
      record(5, Buffer.concat(config));
    }
    for (let step = 0; step < shape.steps; step++) {
      const items = keys.map((key) => historyItem(key, String(lossAt(step, random))));
      items.push(historyItem('_step', String(step)), historyItem('_runtime', String(step * 0.05)), historyItem('_timestamp', String(start + step * 0.05)));
      record(2, Buffer.concat([...items, bytesField(2, intField(1, step))]));
    }
    record(18, Buffer.concat([intField(1, 0), intField(2, Math.round(shape.steps * 0.05))]));
    log.close();
  }
}

const historyItem = (key: string, json: string): Buffer => bytesField(1, Buffer.concat([bytesField(1, key), bytesField(16, json)]));

function intField(field: number, value: number): Buffer {
  const bytes = Buffer.allocUnsafe(20);
  return bytes.subarray(0, varint(bytes, varint(bytes, 0, field * 8), value));
}

function bytesField(field: number, content: string | Buffer): Buffer {
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  const bytes = Buffer.allocUnsafe(20 + body.length);
  const at = varint(bytes, varint(bytes, 0, field * 8 + 2), body.length);
  bytes.set(body, at);
  return bytes.subarray(0, at + body.length);
}

/** LevelDB's framing with plain CRC-32, in blocks of 32 KB that count from the file's start. */
class WandbLog {
  private readonly sink: Sink;
  private position = 7;

  constructor(path: string) {
    this.sink = new Sink(path);
    this.sink.put(Buffer.from('3a572642e1be00', 'hex'));
  }

  record(payload: Buffer): void {
    let at = 0;
    for (let first = true; first || at < payload.length; first = false) {
      const left = 32768 - (this.position % 32768);
      if (left < 7) this.write(Buffer.alloc(left));
      const room = 32768 - (this.position % 32768) - 7;
      const part = payload.subarray(at, at + room);
      at += part.length;
      const last = at === payload.length;
      const type = first ? (last ? 1 : 2) : last ? 4 : 3;
      const chunk = Buffer.allocUnsafe(7 + part.length);
      chunk[6] = type;
      chunk.set(part, 7);
      chunk.writeUInt32LE(zlibCrc32(chunk.subarray(6)), 0);
      chunk.writeUInt16LE(part.length, 4);
      this.write(chunk);
    }
  }

  close(): void {
    this.sink.close();
  }

  private write(bytes: Buffer): void {
    this.sink.put(bytes);
    this.position += bytes.length;
  }
}

// --- MLflow ------------------------------------------------------------------

/** A file store with one experiment: `meta.yaml`, params, tags and one file per metric. */
export function writeMlflow(folder: string, shape: { readonly runs: number; readonly metrics: number; readonly steps: number; readonly seed: number }): void {
  const experiment = '100000000000000001';
  const home = join(folder, 'mlruns', experiment);
  const text = (path: string, content: string) => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
  };
  text(
    join(home, 'meta.yaml'),
    `artifact_location: ./mlruns/${experiment}\ncreation_time: ${start}000\nexperiment_id: '${experiment}'\nlast_update_time: ${start}000\nlifecycle_stage: active\nname: bench\n`,
  );
  for (let run = 0; run < shape.runs; run++) {
    const random = seededRandom(shape.seed + run);
    const id = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
    text(
      join(home, id, 'meta.yaml'),
      `artifact_uri: ./mlruns/${experiment}/${id}/artifacts\nend_time: ${start + 3600}000\nentry_point_name: ''\nexperiment_id: '${experiment}'\nlifecycle_stage: active\nrun_id: ${id}\nrun_name: bench-${run}\nrun_uuid: ${id}\nsource_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: ${start}000\nstatus: 3\ntags: []\nuser_id: bench\n`,
    );
    text(join(home, id, 'params', 'lr'), String(10 ** -(1 + 3 * random())));
    text(join(home, id, 'tags', 'mlflow.runName'), `bench-${run}`);
    mkdirSync(join(home, id, 'artifacts'));
    for (const name of metricNames(shape.metrics)) {
      const lines = Array.from({ length: shape.steps }, (_, step) => `${start * 1000 + step * 50} ${lossAt(step, random)} ${step}\n`);
      text(join(home, id, 'metrics', name), lines.join(''));
    }
  }
}

// --- large files ---------------------------------------------------------------

/** A table of about so many bytes: `step` and numbers with all their digits, as a hand-written CSV log. */
export function writeCsv(folder: string, bytes: number, columns: number, seed: number): void {
  const random = seededRandom(seed);
  const sink = new Sink(join(folder, 'metrics.csv'));
  sink.put(Buffer.from(`step,${Array.from({ length: columns }, (_, at) => `train/loss_${at}`).join(',')}\n`));
  for (let step = 0; sink.written + sink.at < bytes; step++) {
    let line = String(step);
    for (let at = 0; at < columns; at++) line += `,${lossAt(step, random)}`;
    sink.put(Buffer.from(`${line}\n`));
  }
  sink.close();
}

/** An event file that is nearly all images: after each scalar one of `imageBytes`, which no image decoder would take. */
export function writeFatEvents(folder: string, steps: number, imageBytes: number): void {
  const sink = new Sink(join(folder, `events.out.tfevents.${start}.bench.0.0`));
  const random = seededRandom(imageBytes);
  const image = Buffer.from(Uint8Array.from({ length: imageBytes }, () => Math.floor(random() * 256)));
  const bytesField = (field: number, bytes: Buffer) => {
    const head = Buffer.alloc(6);
    head[0] = (field << 3) | 2;
    return Buffer.concat([head.subarray(0, varint(head, 1, bytes.length)), bytes]);
  };
  const event = (step: number, value: Buffer) => {
    const head = Buffer.alloc(16);
    head[0] = 0x09;
    head.writeDoubleLE(start + step, 1);
    head[9] = 0x10;
    return Buffer.concat([head.subarray(0, varint(head, 10, step)), bytesField(5, bytesField(1, value))]);
  };
  const record = (data: Buffer) => {
    const framed = Buffer.alloc(data.length + 16);
    framed.writeUInt32LE(data.length, 0);
    framed.writeUInt32LE(maskedCrc(framed, 0, 8), 8);
    framed.set(data, 12);
    framed.writeUInt32LE(maskedCrc(framed, 12, 12 + data.length), 12 + data.length);
    sink.put(framed);
  };
  const scalar = Buffer.alloc(5);
  scalar[0] = 0x15;
  for (let step = 0; step < steps; step++) {
    scalar.writeFloatLE(lossAt(step, random), 1);
    record(event(step, Buffer.concat([bytesField(1, Buffer.from('train/loss')), scalar])));
    record(event(step, Buffer.concat([bytesField(1, Buffer.from('samples')), bytesField(4, bytesField(4, image))])));
  }
  sink.close();
}
