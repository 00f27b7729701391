// What an HTML document of our own says of itself in its head: the PDF made of it says the same.

export interface About {
  readonly title: string;
  readonly authors: readonly string[];
  readonly subject: string;
  readonly creator: string;
  readonly language: string;
  /** Milliseconds since the epoch; null where the document carries no date. */
  readonly createdMs: number | null;
}

/** The head is read up to here: everything that it says stands before its style sheet. */
const headBytes = 64 * 1024;

/** @param title where the document has none */
export function aboutOf(html: string, title: string): About {
  const head = html.slice(0, headBytes);
  const meta = (name: string): readonly string[] =>
    [...head.matchAll(new RegExp(`<meta name="${name}" content="([^"]*)">`, 'g'))].map(([, value]) => plain(value ?? ''));
  const created = Date.parse(meta('date')[0] ?? '');
  return {
    title: plain(/<title>([^<]*)<\/title>/.exec(head)?.[1] ?? title),
    authors: meta('author'),
    subject: meta('description')[0] ?? '',
    creator: meta('generator')[0] ?? 'Diptych',
    language: /<html lang="([A-Za-z-]{2,35})"/.exec(head)?.[1] ?? 'en',
    createdMs: Number.isNaN(created) ? null : created,
  };
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The five entities that our own escaping writes (core/report/escape.ts). */
const plain = (text: string): string => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => named[name] as string);
