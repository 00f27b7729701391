// Where rows are split into a part to fit and a part to score: by a function, by cross validation, by slices.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import { factOf, type Steps } from '../steps';

export interface RowSplit {
  readonly module: PyModule;
  readonly node: Syntax;
  /** The expressions whose rows are split. */
  readonly data: readonly Syntax[];
  readonly kind: 'split' | 'score' | 'slice';
}

const splitters = /^sklearn\.model_selection\.train_test_split$|^torch\.utils\.data\.random_split$/;
/** Estimates that split by themselves: the data comes second. */
const scores = /^sklearn\.model_selection\.(cross_val_score|cross_validate|cross_val_predict)$/;
const searches = /^sklearn\.model_selection\.\w*SearchCV\.fit$/;
const folds = /^sklearn\.model_selection\.\w*(Fold|Split)\.split$/;

export const rowSplitsOf = factOf(function* (project: Project): Steps<readonly RowSplit[]> {
  const found: RowSplit[] = [];
  for (const { name, node, module, args, keywords } of project.calls) {
    yield;
    if (name === null) continue;
    const features = keywords.get('X');
    const data = (at: number) => [args[at] ?? features].filter((one) => one !== undefined);
    if (splitters.test(name)) found.push({ module, node, data: args, kind: 'split' });
    else if (scores.test(name)) found.push({ module, node, data: data(1), kind: 'score' });
    else if (folds.test(name) || searches.test(name)) found.push({ module, node, data: data(0), kind: searches.test(name) ? 'score' : 'split' });
  }
  for (const module of project.modules) {
    yield;
    found.push(...slicesOf(module, project));
  }
  return found;
});

/** `train = data[:n]` and `test = data[n:]` with the same border. */
function slicesOf(module: PyModule, project: Project): readonly RowSplit[] {
  const heads = new Map<string, Syntax>();
  const found: RowSplit[] = [];
  for (const node of walk(module.root)) {
    if (node.type !== 'subscript') continue;
    const value = fieldOf(node, 'value');
    const slice = fieldOf(node, 'subscript');
    if (!value || slice?.type !== 'slice') continue;
    const within = module.functionAround(node);
    if (!project.reaches({ node, within, module })) continue;
    const text = module.textOf(slice).replaceAll(/\s/g, '');
    const scope = `${within?.dotted ?? ''}/${module.textOf(value)}`;
    const border = /^:([\w.]+)$/.exec(text)?.[1];
    // A window of earlier rows is handed on with the later part: `rows[cut - lookback:]`.
    const rest = /^([\w.]+)(-[\w.]+)?:$/.exec(text)?.[1];
    if (border && !heads.has(`${scope}/${border}`)) heads.set(`${scope}/${border}`, node);
    const head = rest ? heads.get(`${scope}/${rest}`) : undefined;
    if (head && isNamed(head, node, module)) found.push({ module, node: head, data: [fieldOf(head, 'value') as Syntax], kind: 'slice' });
  }
  return found;
}

/** The two parts go by names of splits: `train`, `test`. */
function isNamed(head: Syntax, tail: Syntax, module: PyModule): boolean {
  const nameOf = (node: Syntax): string => {
    let at: Syntax | null = node;
    while (at && at.type !== 'assignment') at = at.parent;
    const left = at ? fieldOf(at, 'left') : null;
    return left ? module.textOf(left) : '';
  };
  return /tr(ai)?n|^x_?tr|fit/i.test(nameOf(head)) && /test|val|dev|te\b|eval|hold/i.test(nameOf(tail));
}
