// Ids of structure elements, counted anew: the browser goes on from whatever its process has drawn before, so that two prints differ.

import { PDFArray, type PDFContext, PDFDict, type PDFObject, PDFRawStream, PDFString } from '@cantoo/pdf-lib';

/** As Skia names them, in `ID`, `Headers` and the names of `IDTree`. */
const named = /^node(\d{8})$/;

/** Gives the first element id the number 1, the next 2. Their order, by which readers search them, stays. */
export function countElementIds(context: PDFContext): void {
  const ids = new Set<string>();
  eachString(context, (text) => {
    if (named.test(text)) ids.add(text);
    return null;
  });
  const numbers = new Map([...ids].sort().map((id, at) => [id, `node${String(at + 1).padStart(8, '0')}`]));
  eachString(context, (text) => numbers.get(text) ?? null);
}

/** Calls back for each string of the document outside of streams; what it answers takes the string's place. */
function eachString(context: PDFContext, change: (text: string) => string | null): void {
  const visit = (object: PDFObject, put: (fresh: PDFObject) => void): void => {
    if (object instanceof PDFString) {
      const fresh = change(object.asString());
      if (fresh !== null) put(PDFString.of(fresh));
    } else if (object instanceof PDFArray) {
      for (let at = 0; at < object.size(); at++) visit(object.get(at), (fresh) => object.set(at, fresh));
    } else if (object instanceof PDFDict || object instanceof PDFRawStream) {
      const dict = object instanceof PDFDict ? object : object.dict;
      for (const [key, value] of dict.entries()) visit(value, (fresh) => dict.set(key, fresh));
    }
  };
  for (const [ref, object] of context.enumerateIndirectObjects()) visit(object, (fresh) => context.assign(ref, fresh));
}
