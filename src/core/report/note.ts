// Notes in light Markdown: paragraphs, lists, headings, code, emphasis and links. HTML in them is text, pictures are their words.

import { Lexer, type Token, type Tokens } from 'marked';

export type Span =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'em'; readonly spans: readonly Span[] }
  /** `href` is http, https or mailto; anything else stays text. */
  | { readonly kind: 'link'; readonly href: string; readonly spans: readonly Span[] }
  | { readonly kind: 'break' };

export type NotePart =
  | { readonly kind: 'paragraph' | 'heading' | 'quote'; readonly spans: readonly Span[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Span[])[] }
  | { readonly kind: 'code'; readonly text: string };

/** A note is read by people: what is longer is cut. */
const longest = 20_000;
const deepest = 8;

/** The parts of a note, in order. Never throws: what is no Markdown is text. */
export function noteParts(note: string): readonly NotePart[] {
  const text = note.length > longest ? `${note.slice(0, longest)}…` : note;
  try {
    return partsOf(new Lexer({ gfm: true, breaks: true }).lex(text), 0);
  } catch (error) {
    // Thousands of levels in each other are no note: the library gives up on them, and the words stand as they are.
    if (error instanceof RangeError) return [plain(text)];
    throw error;
  }
}

function partsOf(tokens: readonly Token[], depth: number): readonly NotePart[] {
  return tokens.flatMap((token): readonly NotePart[] => {
    switch (token.type) {
      case 'space':
      case 'hr':
      case 'def':
      case 'checkbox':
        return [];
      case 'code':
        return [{ kind: 'code', text: token.text }];
      case 'heading':
        return [{ kind: 'heading', spans: spansOf(token.tokens ?? [], depth) }];
      case 'list':
        return [{ kind: 'list', ordered: (token as Tokens.List).ordered, items: (token as Tokens.List).items.map((item) => itemSpans(item, depth)) }];
      case 'blockquote':
        return depth > deepest
          ? [plain(token.raw)]
          : partsOf(token.tokens ?? [], depth + 1).map((part) => (part.kind === 'paragraph' ? { ...part, kind: 'quote' } : part));
      case 'paragraph':
      case 'text':
        return [{ kind: 'paragraph', spans: spansOf(token.tokens ?? [token], depth) }];
      default:
        return [plain(token.raw)];
    }
  });
}

const plain = (raw: string): NotePart => ({ kind: 'paragraph', spans: [{ kind: 'text', text: raw.trimEnd() }] });

/** Lists in lists become lines of their item. */
function itemSpans(item: Tokens.ListItem, depth: number): readonly Span[] {
  const box: readonly Span[] = item.task ? [{ kind: 'text', text: item.checked ? '☑ ' : '☐ ' }] : [];
  const lines = depth > deepest ? [plain(item.text)] : partsOf(item.tokens, depth + 1);
  return lines.flatMap((part, at): readonly Span[] => [...(at > 0 ? [{ kind: 'break' } as const] : box), ...lineOf(part)]);
}

function lineOf(part: NotePart): readonly Span[] {
  if (part.kind === 'code') return [{ kind: 'code', text: part.text }];
  if (part.kind !== 'list') return part.spans;
  return part.items.flatMap((spans, at): readonly Span[] => [...(at > 0 ? [{ kind: 'break' } as const] : []), { kind: 'text', text: '– ' }, ...spans]);
}

function spansOf(tokens: readonly Token[], depth: number): readonly Span[] {
  return tokens.flatMap((token): readonly Span[] => {
    const tokens = ('tokens' in token && token.tokens) || [];
    const inner = (): readonly Span[] => (depth > deepest ? [{ kind: 'text', text: token.raw }] : spansOf(tokens, depth + 1));
    switch (token.type) {
      case 'strong':
      case 'em':
        return [{ kind: token.type, spans: inner() }];
      case 'codespan':
        return [{ kind: 'code', text: token.text }];
      case 'checkbox':
        return [];
      case 'br':
        return [{ kind: 'break' }];
      case 'link':
        return /^(?:https?:|mailto:)/i.test(token.href) ? [{ kind: 'link', href: token.href, spans: inner() }] : [{ kind: 'text', text: token.raw }];
      case 'image':
        return [{ kind: 'text', text: token.text }];
      case 'escape':
        return [{ kind: 'text', text: token.text }];
      case 'text':
        return tokens.length > 0 ? inner() : [{ kind: 'text', text: token.raw }];
      default:
        return [{ kind: 'text', text: token.raw }];
    }
  });
}
