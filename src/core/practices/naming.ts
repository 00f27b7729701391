// How a metric's name is written: what stands between the split and the rest, and what it would be as split/metric.

import { wordsOf } from '../series/roles';

/** How a name joins its split to the rest: `val/loss`, `val_loss`, `val-loss`, `val.loss`, `val loss`, `valLoss`. */
export type NameStyle = '/' | '_' | '-' | '.' | ':' | ' ' | 'aB';

const splits = 'train|training|val|valid|validation|test|eval|dev';
const first = new RegExp(`(?:^|[/._: -])(${splits})([/._: -])`, 'i');
const last = new RegExp(`([/._: -])(${splits})(?:[/._: -]|$)`, 'i');
const camel = new RegExp(`^(?:${splits})[A-Z]|[a-z](?:Train|Training|Val|Valid|Validation|Test|Eval|Dev)$`);

/** Null for a name without a split word: it shows no style. */
export function styleOf(name: string): NameStyle | null {
  const separator = first.exec(name)?.[2] ?? last.exec(name)?.[1];
  if (separator !== undefined) return separator as NameStyle;
  return camel.test(name) ? 'aB' : null;
}

const splitWords: Readonly<Record<string, string>> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  dev: 'val',
  eval: 'eval',
  test: 'test',
};

/** The words of a name without regard to their order, case and separators: equal for `val/loss`, `val_loss` and `loss/val`. */
export function meaningOf(name: string): string {
  const words = wordsOf(name).map((word) => splitWords[word] ?? word);
  return [...words].sort().join(' ');
}

/** The name as `split<separator>metric`, lower snake case. */
export function renamed(name: string, style: NameStyle): string {
  const words = wordsOf(name).map((word) => splitWords[word] ?? word);
  const at = words.findIndex((word) => Object.values(splitWords).includes(word));
  const split = at < 0 ? [] : [words[at] as string];
  const rest = words.filter((_, index) => index !== at);
  if (style === 'aB') return [...split, ...rest].map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  return [split.join(''), rest.join('_')].filter((part) => part !== '').join(style);
}
