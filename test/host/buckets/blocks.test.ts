// Parts of objects: the right bytes whoever asks how, each asked for once, ahead of whoever reads on, and within bounds.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListedObject } from '../../../src/host/buckets/answers';
import { Blocks, blockBytes } from '../../../src/host/buckets/blocks';

const objectsOf = (sizes: readonly number[], nameOf = (at: number) => `o${at}`): ListedObject[] =>
  sizes.map((size, at) => ({ key: nameOf(at), size, modifiedMs: null, etag: null }));
const byteAt = (object: number, offset: number): number => (object * 31 + offset * 7 + (offset >> 8)) & 255;

function counted(objects: readonly ListedObject[], isBlank = false) {
  const asked: { readonly key: string; readonly from: number; readonly to: number }[] = [];
  const blocks = new Blocks(objects, async (object, from, to) => {
    asked.push({ key: object.key, from, to });
    if (isBlank) return new Uint8Array(to - from);
    const index = objects.indexOf(object);
    return Uint8Array.from({ length: to - from }, (_, at) => byteAt(index, from + at));
  });
  return { asked, blocks };
}

test('any reads give the bytes that lie there, and no part is asked for twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 5 * blockBytes }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.tuple(fc.nat(4), fc.nat(5 * blockBytes), fc.nat(3 * blockBytes)), { maxLength: 12 }),
      async (sizes, reads) => {
        const { asked, blocks } = counted(objectsOf(sizes));
        for (const [at, offset, length] of reads) {
          const index = at % sizes.length;
          const bytes = await blocks.read(index, offset, length);
          const end = Math.min(sizes[index] as number, offset + length);
          expect(bytes.length).toBe(Math.max(0, end - offset));
          for (const place of [0, bytes.length >> 1, bytes.length - 1]) if (place in bytes) expect(bytes[place]).toBe(byteAt(index, offset + place));
        }
        const parts = asked.flatMap(({ key, from, to }) =>
          Array.from({ length: Math.ceil((to - from) / blockBytes) }, (_, at) => `${key}/${from / blockBytes + at}`),
        );
        expect(new Set(parts).size).toBe(parts.length);
      },
    ),
    { numRuns: 60 },
  );
});

test('who reads on through a large object waits for few questions, and nothing is asked beyond its end', async () => {
  const size = 40 * 1024 * 1024 + 17;
  const { asked, blocks } = counted(objectsOf([size]), true);
  for (let at = 0; at < size; at += 256 * 1024) await blocks.read(0, at, 256 * 1024);
  expect(asked.length).toBeLessThan(30);
  expect(Math.max(...asked.map(({ from, to }) => to - from))).toBeLessThanOrEqual(4 * 1024 * 1024);
  expect(Math.max(...asked.map(({ to }) => to))).toBe(size);
  expect(asked.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(size);
});

test('who looks at a head asks for no more than that', async () => {
  const { asked, blocks } = counted(objectsOf([10 * 1024 * 1024]));
  await blocks.read(0, 0, 512);
  expect(asked).toEqual([{ key: 'o0', from: 0, to: blockBytes }]);
});

test('small objects one after another, and those of one name far apart, are there before they are read', async () => {
  const inTurn = counted(objectsOf(Array.from({ length: 200 }, () => 30)));
  let waited = 0;
  for (let at = 0; at < 200; at++) {
    const bytes = inTurn.blocks.read(at, 0, 30);
    if (bytes instanceof Promise) waited++;
    await bytes;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(waited).toBeLessThan(8);
  expect(inTurn.asked.length).toBe(200);
  const nameOf = (at: number) => (at % 40 === 0 ? `run${at / 40}/meta.yaml` : `run${Math.floor(at / 40)}/artifact${at % 40}.bin`);
  const apart = counted(
    objectsOf(
      Array.from({ length: 4000 }, () => 30),
      nameOf,
    ),
  );
  waited = 0;
  for (let at = 0; at < 4000; at += 40) {
    const bytes = apart.blocks.read(at, 0, 30);
    if (bytes instanceof Promise) waited++;
    await bytes;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(waited).toBeLessThan(8);
  expect(apart.asked.every(({ key }) => key.endsWith('meta.yaml'))).toBe(true);
});

test('who reads here and there has nothing asked ahead', async () => {
  const { asked, blocks } = counted(
    objectsOf(
      Array.from({ length: 100 }, () => 30),
      (at) => String.fromCodePoint(0x4e00 + at),
    ),
  );
  for (const at of [50, 3, 99, 20, 77, 9, 60]) await blocks.read(at, 0, 30);
  expect(asked.length).toBe(7);
});

test('a failure is told to who asked, and the next asks again', async () => {
  let fails = true;
  const blocks = new Blocks(objectsOf([10]), async () => {
    if (fails) throw new Error('away');
    return new Uint8Array(10);
  });
  await expect(blocks.read(0, 0, 10)).rejects.toThrow('away');
  fails = false;
  expect((await blocks.read(0, 0, 10)).length).toBe(10);
});

test('what is kept has a bound', async () => {
  const count = 60;
  const { asked, blocks } = counted(
    objectsOf(
      Array.from({ length: count }, () => 4 * 1024 * 1024),
      (at) => String.fromCodePoint(0x4e00 + at),
    ),
    true,
  );
  for (let at = count - 1; at >= 0; at--) await blocks.read(at, 0, 4 * 1024 * 1024);
  const once = asked.length;
  await blocks.read(0, 0, 4 * 1024 * 1024);
  expect(asked.length).toBe(once);
  await blocks.read(count - 1, 0, 4 * 1024 * 1024);
  expect(asked.length).toBe(once + 1);
});
