// Ids of structure elements do not depend on what the browser drew before.
import { PDFDict, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { countElementIds } from '../../../src/host/pdf/element-ids';

/** A table of two heads and two cells, whose ids go on from `first`, and the tree by which they are found. */
async function tagged(first: number): Promise<PDFDocument> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const { context } = pdf;
  const id = (at: number) => PDFString.of(`node${String(first + 3 * at).padStart(8, '0')}`);
  const elements = [0, 1, 2, 3].map((at) => {
    const attributes = at < 2 ? { O: 'Table' } : { O: 'Table', Headers: [id(at - 2)] };
    return context.register(context.obj({ S: at < 2 ? 'TH' : 'TD', ID: id(at), A: [attributes], Alt: PDFString.of('node of a tree') }));
  });
  const names = elements.flatMap((ref, at) => [id(at), ref]);
  const tree = context.register(context.obj({ Kids: [{ Limits: [id(0), id(3)], Names: names }] }));
  pdf.catalog.set(PDFName.of('StructTreeRoot'), context.register(context.obj({ IDTree: tree, K: elements })));
  return pdf;
}

test('two prints that differ only in where counting began come out the same', async () => {
  const prints = await Promise.all([tagged(26), tagged(27), tagged(9_000_001)]);
  for (const { context } of prints) countElementIds(context);
  const [one, ...others] = await Promise.all(prints.map(async (pdf) => Buffer.from(await pdf.save({ useObjectStreams: false })).toString('latin1')));
  for (const other of others) expect(other).toBe(one);
  expect(one).toContain('(node00000001)');
  expect(one).toContain('(node of a tree)');
});

test('heads, cells and the tree still name each other', async () => {
  const { context } = await tagged(26).then((pdf) => {
    countElementIds(pdf.context);
    return pdf;
  });
  const dicts = context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFDict ? [object] : []));
  const text = (dict: PDFDict): string => dict.toString();
  const cells = dicts.filter((dict) => dict.get(PDFName.of('S')) === PDFName.of('TD'));
  expect(cells.map(text).map((words) => /\/Headers \[ \((\w+)\) \]/.exec(words)?.[1])).toEqual(['node00000001', 'node00000002']);
  expect(dicts.map(text).find((words) => words.includes('/Limits'))).toContain('/Limits [ (node00000001) (node00000004) ]');
});
