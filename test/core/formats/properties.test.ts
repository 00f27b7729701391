// What holds for every parser: any bytes are read or refused as what they are, never anything else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../../src/core/formats/bytes';
import { SourceError } from '../../../src/core/source/source';
import { type ParserCase, parserCases } from '../../support/parsers';

const runs = Number(process.env.PROPERTY_RUNS ?? 60);
/** CPU time that a few thousand bytes may cost, whatever they say. */
const mostCpuMs = 2_000;

const anyText = fc.string({
  unit: fc.oneof(fc.constantFrom(...'{}[]",:-0123456789.eE\n\r\t \\'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
  maxLength: 400,
});
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  anyText.map((text) => new TextEncoder().encode(text)),
  fc.tuple(fc.constantFrom('[', '{"a":', '- ', 'a:\n ', '(', '"'), fc.nat(3000)).map(([open, times]) => new TextEncoder().encode(open.repeat(times))),
);
const anyDamage = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(40), put: fc.uint8Array({ maxLength: 12 }) }), {
  minLength: 1,
  maxLength: 4,
});

function damaged(bytes: Uint8Array, damage: readonly { readonly at: number; readonly cut: number; readonly put: Uint8Array }[]): Uint8Array {
  return damage.reduce((whole, { at, cut, put }) => {
    const from = Math.floor(at * whole.length);
    return joinBytes([whole.subarray(0, from), put, whole.subarray(from + cut)]);
  }, bytes);
}

/** @throws whatever is no answer of a parser to bytes that are not its own */
async function answers({ parse, refusal }: ParserCase, bytes: Uint8Array): Promise<void> {
  const before = process.cpuUsage();
  try {
    await parse(bytes);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof SourceError) && !(error instanceof Error && refusal?.test(error.message))) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(mostCpuMs);
}

describe.each(parserCases)('$name', (parser) => {
  test('reads its sample', async () => {
    await parser.parse(await parser.sample());
  });

  test('reads or refuses any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, (bytes) => answers(parser, bytes)),
      { numRuns: runs },
    );
  }, 600_000);

  test('reads or refuses its sample after any damage', async () => {
    const sample = await parser.sample();
    await fc.assert(
      fc.asyncProperty(anyDamage, (damage) => answers(parser, damaged(sample, damage))),
      { numRuns: runs },
    );
  }, 600_000);
});
