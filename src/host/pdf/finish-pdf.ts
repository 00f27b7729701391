// What a browser leaves undone in a PDF: metadata that say what it is, artifacts marked as such, and the same bytes for the same document.

import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import type { About } from './about';
import { markArtifacts } from './artifacts';
import { countElementIds } from './element-ids';

/**
 * The same pages, with title, authors, subject and language, dated as the document says, and with what PDF/UA-1 asks for beyond the browser's tags.
 * @throws Error where the bytes are no PDF that can be read
 */
export async function finishPdf(bytes: Uint8Array, about: About): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const { context, catalog } = pdf;
  for (const page of pdf.getPages()) {
    const content = contentOf(page.node.get(PDFName.of('Contents')), context);
    if (!content) continue;
    for (const ref of refsOf(page.node.get(PDFName.of('Contents')))) context.delete(ref);
    const dict = context.obj({ Filter: 'FlateDecode' });
    page.node.set(PDFName.of('Contents'), context.register(PDFRawStream.of(dict, new Uint8Array(deflateSync(markArtifacts(content))))));
  }

  countElementIds(context);

  const moment = new Date(about.createdMs ?? Date.now());
  const date = PDFString.fromDate(moment);
  const info = context.lookup(context.trailerInfo.Info);
  const producer = info instanceof PDFDict ? info.get(PDFName.of('Producer')) : undefined;
  const fresh = context.obj({});
  fresh.set(PDFName.of('Title'), PDFHexString.fromText(about.title));
  if (about.authors.length > 0) fresh.set(PDFName.of('Author'), PDFHexString.fromText(about.authors.join(', ')));
  if (about.subject !== '') fresh.set(PDFName.of('Subject'), PDFHexString.fromText(about.subject));
  fresh.set(PDFName.of('Creator'), PDFHexString.fromText(about.creator));
  if (producer) fresh.set(PDFName.of('Producer'), producer);
  fresh.set(PDFName.of('CreationDate'), date);
  fresh.set(PDFName.of('ModDate'), date);
  if (context.trailerInfo.Info instanceof PDFRef) context.delete(context.trailerInfo.Info);
  context.trailerInfo.Info = context.register(fresh);

  catalog.set(PDFName.of('Lang'), PDFString.of(about.language));
  catalog.set(PDFName.of('ViewerPreferences'), context.obj({ DisplayDocTitle: true }));
  const metadata = context.obj({ Type: 'Metadata', Subtype: 'XML' });
  catalog.set(PDFName.of('Metadata'), context.register(PDFRawStream.of(metadata, new TextEncoder().encode(xmpOf(about, moment)))));

  // Readers tell files apart by this id: it is made from what the pages say, not from the moment.
  const id = PDFHexString.of(
    createHash('sha256')
      .update(JSON.stringify(about))
      .update(await pdf.save(saving))
      .digest('hex')
      .slice(0, 32),
  );
  context.trailerInfo.ID = context.obj([id, id]);
  return new Uint8Array(await pdf.save(saving));
}

const saving = { useObjectStreams: true, addDefaultPage: false, updateFieldAppearances: false } as const;

/** The streams that a page's content is made of. */
function refsOf(entry: PDFObject | undefined): readonly PDFRef[] {
  const entries = entry instanceof PDFArray ? entry.asArray() : [entry];
  return entries.filter((one) => one instanceof PDFRef);
}

/** The decoded content of a page, its parts joined. */
function contentOf(entry: PDFObject | undefined, context: PDFContext): Uint8Array | null {
  const contents = entry && context.lookup(entry);
  if (contents instanceof PDFRawStream) return decodePDFRawStream(contents).decode();
  if (!(contents instanceof PDFArray)) return null;
  const parts = contents.asArray().map((_, at) => contents.lookup(at));
  return Buffer.concat(parts.flatMap((part) => (part instanceof PDFRawStream ? [decodePDFRawStream(part).decode(), new Uint8Array([0x0a])] : [])));
}

/** XMP with Dublin Core and the identification of PDF/UA-1 (ISO 14289-1, 5). */
function xmpOf({ title, authors, subject, creator, language }: About, moment: Date): string {
  const lines = [
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xml(title)}</rdf:li></rdf:Alt></dc:title>`,
    ...(authors.length > 0 ? [`<dc:creator><rdf:Seq>${authors.map((author) => `<rdf:li>${xml(author)}</rdf:li>`).join('')}</rdf:Seq></dc:creator>`] : []),
    ...(subject === '' ? [] : [`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${xml(subject)}</rdf:li></rdf:Alt></dc:description>`]),
    `<dc:language><rdf:Bag><rdf:li>${xml(language)}</rdf:li></rdf:Bag></dc:language>`,
    `<xmp:CreatorTool>${xml(creator)}</xmp:CreatorTool>`,
    `<xmp:CreateDate>${moment.toISOString()}</xmp:CreateDate>`,
    `<xmp:ModifyDate>${moment.toISOString()}</xmp:ModifyDate>`,
    '<pdfuaid:part>1</pdfuaid:part>',
  ];
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
${lines.join('\n')}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

const xml = (text: string): string =>
  text
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
