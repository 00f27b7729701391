// Writes W&B transaction logs: framing as LevelDB's, records as the SDK's.

import { crc32 } from 'node:zlib';
import { joinBytes } from '../../src/core/formats/bytes';
import { bytesField, type FieldSpec, intField, message } from './protobuf';

export const logHeader = Uint8Array.of(0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00);
const blockBytes = 32_768;

/** A log of records, split over blocks where they do not fit. @param check the sum over a chunk's type and payload */
export function frame(records: readonly Uint8Array[], header: Uint8Array = logHeader, check: (body: Uint8Array) => number = crc32): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [header];
  let length = header.length;
  const push = (part: Uint8Array) => {
    parts.push(part);
    length += part.length;
  };
  for (const record of records) {
    let at = 0;
    for (let first = true; first || at < record.length; first = false) {
      if (blockBytes - (length % blockBytes) < 7) push(new Uint8Array(blockBytes - (length % blockBytes)));
      const end = Math.min(record.length, at + blockBytes - (length % blockBytes) - 7);
      const last = end === record.length;
      const type = first ? (last ? 1 : 2) : last ? 4 : 3;
      const body = Uint8Array.of(type, ...record.subarray(at, end));
      const sum = check(body);
      push(Uint8Array.of(sum & 255, (sum >>> 8) & 255, (sum >>> 16) & 255, sum >>> 24, (end - at) & 255, (end - at) >>> 8));
      push(body);
      at = end;
    }
  }
  return joinBytes(parts);
}

/** A key as the Go core writes it (a path) or as the Python backend did (one text). */
export type Key = string | readonly string[];

const item = (key: Key, json: string): Uint8Array =>
  message(...(typeof key === 'string' ? [bytesField(1, key)] : key.map((part) => bytesField(2, part))), bytesField(16, json));

const record = (field: number, payload: Uint8Array): Uint8Array => message(intField(1, 1), bytesField(field, payload));
const timestamp = (ms: number): Uint8Array => message(intField(1, Math.floor(ms / 1000)), intField(2, Math.round((ms % 1000) * 1e6)));

/** Key → JSON text. */
export type Items = readonly (readonly [Key, string])[];

export const wandb = {
  run: (id: string, options: { project?: string; entity?: string; startedMs?: number; config?: Items; more?: readonly FieldSpec[] } = {}): Uint8Array =>
    record(
      17,
      message(
        bytesField(1, id),
        ...(options.entity ? [bytesField(2, options.entity)] : []),
        bytesField(3, options.project ?? 'digits'),
        bytesField(4, message(...(options.config ?? []).map(([key, json]) => bytesField(1, item(key, json))))),
        bytesField(17, timestamp(options.startedMs ?? 1_795_000_000_000)),
        ...(options.more ?? []),
      ),
    ),
  history: (...items: Items): Uint8Array => record(2, message(...items.map(([key, json]) => bytesField(1, item(key, json))))),
  /** A row with a step, a second later for each step. */
  row: (step: number | string, ...items: Items): Uint8Array =>
    wandb.history([['_step'], String(step)], ...items, [['_timestamp'], `${1_795_000_000 + Math.min(Number(step), 1e6)}`]),
  summary: (update: Items, remove: readonly Key[] = []): Uint8Array =>
    record(3, message(...update.map(([key, json]) => bytesField(1, item(key, json))), ...remove.map((key) => bytesField(2, item(key, ''))))),
  stats: (ms: number, ...items: readonly (readonly [string, string])[]): Uint8Array =>
    record(7, message(bytesField(2, timestamp(ms)), ...items.map(([key, json]) => bytesField(3, item(key, json))))),
  metric: (name: string, stepMetric: string, glob = false): Uint8Array => record(12, message(bytesField(glob ? 2 : 1, name), bytesField(4, stepMetric))),
  output: (line: string): Uint8Array => record(13, message(bytesField(3, line))),
  exit: (code: number): Uint8Array => record(18, message(...(code === 0 ? [] : [intField(1, code)]))),
  tensorboard: (dir: string): Uint8Array => record(9, message(bytesField(1, dir))),
  used: (name: string, type: string): Uint8Array => record(25, message(bytesField(2, type), bytesField(3, name))),
  environment: (...fields: readonly FieldSpec[]): Uint8Array => record(26, message(...fields)),
  raw: record,
};
