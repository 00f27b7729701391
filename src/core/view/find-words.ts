// Finds what a person means by a few letters: for the palette and other short lists.

export interface Found<T> {
  readonly item: T;
  /** Greater is better. */
  readonly score: number;
}

/**
 * Items that hold every word of the query, best first; with an empty query all, in their order.
 * A word at the beginning of the text counts most, then at the beginning of a word, then anywhere.
 */
export function findByWords<T>(items: readonly T[], query: string, textOf: (item: T) => string, most = 50): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items.slice(0, most);
  const found: Found<T>[] = [];
  for (const item of items) {
    const text = textOf(item).toLowerCase();
    let score = 0;
    for (const word of words) {
      const one = scoreOf(text, word);
      if (one === 0) {
        score = 0;
        break;
      }
      score += one;
    }
    if (score > 0) found.push({ item, score: score - text.length / 1000 });
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item);
}

function scoreOf(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 100;
  if (at > 0) return /[\s/._:-]/.test(text[at - 1] ?? '') ? 60 : 30;
  return 0;
}
