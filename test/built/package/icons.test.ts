// The icons that the three systems show: every size that they ask for, in containers that say the same.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const png = [0x89, 0x50, 0x4e, 0x47];

/** Side of a square PNG, from its header. */
function sideOf(bytes: Buffer): number {
  expect([...bytes.subarray(0, 4)]).toEqual(png);
  expect(bytes.readUInt32BE(16)).toBe(bytes.readUInt32BE(20));
  return bytes.readUInt32BE(16);
}

test('Linux: a file for each size, named by it', () => {
  const names = readdirSync('packaging/icons');
  expect(names.map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b)).toEqual([16, 24, 32, 48, 64, 128, 256, 512]);
  for (const name of names) expect(`${sideOf(readFileSync(`packaging/icons/${name}`))}x${sideOf(readFileSync(`packaging/icons/${name}`))}.png`).toBe(name);
});

test('Windows: one file with all sizes up to 256', () => {
  const bytes = readFileSync('packaging/icon.ico');
  expect([bytes.readUInt16LE(0), bytes.readUInt16LE(2)]).toEqual([0, 1]);
  // A side of 256 is written as 0.
  const sides = Array.from({ length: bytes.readUInt16LE(4) }, (_, index) => bytes[6 + index * 16] || 256);
  expect(sides.sort((a, b) => a - b)).toEqual([16, 24, 32, 48, 64, 128, 256]);
});

test('macOS: one file with all sizes up to 1024, also for dense screens', () => {
  const bytes = readFileSync('packaging/icon.icns');
  expect(bytes.toString('latin1', 0, 4)).toBe('icns');
  expect(bytes.readUInt32BE(4)).toBe(bytes.byteLength);
  const sides = new Map<string, number | null>();
  for (let at = 8; at < bytes.byteLength; at += bytes.readUInt32BE(at + 4)) {
    const content = bytes.subarray(at + 8, at + bytes.readUInt32BE(at + 4));
    sides.set(bytes.toString('latin1', at, at + 4), png.every((byte, index) => content[index] === byte) ? sideOf(content) : null);
  }
  expect(Object.fromEntries(sides)).toMatchObject({ ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 });
  expect([...sides.keys()]).toEqual(expect.arrayContaining(['ic04', 'ic05']));
});
