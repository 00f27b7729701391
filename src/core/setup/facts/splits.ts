// Which split a name speaks of: `val_loader`, `xte`, `X_train`, `evalDataset`.

import type { PyModule } from '../python/module';
import { type Syntax, walk } from '../python/syntax';

export type Split = 'train' | 'validation' | 'test';

const words: Readonly<Record<Split, RegExp>> = {
  train: /^(train|training|trn|tr|fit|xt|yt|xtr|ytr|tl|dtr|dtrain)$/,
  validation:
    /^(val|vals|valid|validate|validation|dev|devel|eval|evaluate|evaluation|evaluator|holdout|heldout|held|oof|va|vl|xv|yv|xva|yva|dva|dval|dvalid)$/,
  test: /^(test|tests|tst|testing|te|xte|yte|dte|dtest)$/,
};

/** `valLoader_2` → val, loader. */
export const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');

/** Names come again and again, nested expressions over and over: each is taken apart once. */
const known = new Map<string, Split | null>();
const mostKnown = 20_000;
const longestKnown = 60;

/** The split that a name speaks of; null where it names none, or several. */
export function splitOf(name: string): Split | null {
  const cached = known.get(name);
  if (cached !== undefined) return cached;
  const split = splitNamed(name);
  if (known.size > mostKnown) known.clear();
  if (name.length <= longestKnown) known.set(name, split);
  return split;
}

function splitNamed(name: string): Split | null {
  // `testloader`, `valset`, `traindata`: written as one word.
  const parts = wordsOf(name).map((part) => part.replace(/^(\w{2,})(?:(?:data)?(?:loader|sets?)|data|iter|gen)$/, '$1'));
  const named = (Object.keys(words) as Split[]).filter((split) => parts.some((part) => words[split].test(part)));
  if (named.length === 1) return named[0] as Split;
  // `eval_train`, `test_val_split`: what is named beside evaluation is the data.
  if (named.length === 2 && named.includes('validation') && parts.some((part) => /^eval/.test(part))) return named.find((one) => one !== 'validation') ?? null;
  return null;
}

/** `dev = "cuda" if … else "cpu"`: a device, and no development set. */
function isDevice(node: Syntax, module: PyModule): boolean {
  if (module.textOf(node) !== 'dev') return false;
  if (node.parent?.type === 'keyword_argument' && module.textOf(node.parent).startsWith('device')) return true;
  return module
    .scopeOf(node)
    .lookup('dev')
    .some((one) => (one.kind === 'assign' || one.kind === 'with') && one.value !== null && /\b(cuda|cpu|mps|xpu|device)\b/.test(module.textOf(one.value)));
}

/** The split that an expression's names and keys speak of; null where they name none, or several. */
export function splitOfExpression(node: Syntax, module: PyModule): Split | null {
  const found = new Set<Split>();
  for (const at of walk(node)) {
    if (at.type !== 'identifier' && at.type !== 'string_content') continue;
    const split = at.type === 'identifier' && isDevice(at, module) ? null : splitOf(module.textOf(at));
    if (split) found.add(split);
  }
  return found.size === 1 ? ([...found][0] as Split) : null;
}
