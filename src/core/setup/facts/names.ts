// How a metric is called: which split, which quantity, in which style.

import { type Split, splitOf, wordsOf } from './splits';

export interface MetricName {
  readonly text: string;
  readonly split: Split | null;
  /** The name without its split, in plain lower case: `loss`. */
  readonly family: string;
  /** What joins its parts, whether it is capitalised, and where the split stands. */
  readonly style: string;
}

const splitWord = /^(train|training|val|valid|validation|test|eval|dev)$/;

/** A name taken apart; null where parts of it are filled in by a run. */
export function metricNameOf(text: string): MetricName | null {
  if (text.includes('{}') || text === '') return null;
  const words = wordsOf(text);
  const at = words.findIndex((word) => splitWord.test(word));
  const split = splitOf(text);
  const family = words
    .filter((word) => !splitWord.test(word))
    .join(' ')
    .replace(/\baccuracy\b/, 'acc');
  const joint = text.includes('/')
    ? '/'
    : text.includes(' ')
      ? ' '
      : text.includes('_')
        ? '_'
        : text.includes('.')
          ? '.'
          : text.includes('-')
            ? '-'
            : /[a-z][A-Z]/.test(text)
              ? 'camel'
              : '';
  return { text, split, family, style: `${joint}|${/^[A-Z]/.test(text) ? 'Capital' : 'lower'}|${at <= 0 ? 'first' : 'last'}` };
}
