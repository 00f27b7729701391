// Content streams: what stands in no tag is marked as an artifact, everything else stays byte for byte.
import { expect, test } from 'vitest';
import { markArtifacts } from '../../../src/host/pdf/artifacts';

const marked = (content: string): string => Buffer.from(markArtifacts(new Uint8Array(Buffer.from(content, 'latin1')))).toString('latin1');

test('a footer and a background outside of tags', () => {
  expect(marked('q\n1 0 0 1 0 0 cm\n0 0 9 9 re\nf\nQ\nBT\n/F1 8 Tf\n(1) Tj\nET\n/P <</MCID 0>>BDC\nBT\n(x) Tj\nET\nEMC\n')).toBe(
    'q\n1 0 0 1 0 0 cm\n/Artifact BMC\n0 0 9 9 re\nf\nEMC\nQ\n/Artifact <</Type /Pagination>> BDC\nBT\n/F1 8 Tf\n(1) Tj\nET\nEMC\n/P <</MCID 0>>BDC\nBT\n(x) Tj\nET\nEMC\n',
  );
});

test.each([
  ['a clip paints nothing', 'q\n0 0 9 9 re\nW* n\nQ\n'],
  ['operators in strings are words', '/P <</MCID 0 /T (BT \\) EMC (re f) )>>BDC\n(EMC) Tj\nEMC\n'],
  ['what is tagged inside a text stays', 'BT\n/P <</MCID 1>>BDC\n(x) Tj\nEMC\nET\n'],
  ['in tags in tags', '/A BMC\n/B BMC\n0 0 m 1 1 l S\nEMC\n0 0 m 1 1 l S\nEMC\n'],
  ['an image in tags', '/P <</MCID 0>>BDC\nBI /W 1 /H 1 ID \u0001 EMC \u0002 EI\nEMC\n'],
  ['nothing', ''],
  ['what is no content at all', '((((( ]] >> /'],
])('%s', (_, content) => {
  expect(marked(content)).toBe(content);
});

test('a picture and a shading are marked as well', () => {
  expect(marked('/X1 Do\n/S1 sh\n')).toBe('/Artifact BMC\n/X1 Do\nEMC\n/Artifact BMC\n/S1 sh\nEMC\n');
});
