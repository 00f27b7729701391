// Seals an HTML document before a browser opens it from disk: whatever it holds, nothing runs and nothing is fetched.

/** A policy that comes first stays in force, whatever the document says later. */
const seal =
  '<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; img-src data:; font-src data:">';

/** @param title used where the document has none */
export function sealed(html: string, title: string): string {
  const hasTitle = /<title[\s>]/i.test(html.slice(0, 10_000));
  return `${seal}${hasTitle ? '' : `<title>${title.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`)}</title>`}${html}`;
}
