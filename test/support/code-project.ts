// Draws projects of training code from a seed: packages whose modules import each other, settings, notebooks, and scripts that train.

import { type Random, randomOf } from '../../src/core/base/random';
import { notebookText } from '../../src/core/setup/project/notebook-text';
import { scriptOf } from './code-scripts';

/** Files of code in one package; each has a script that trains, a notebook in every second, and settings. */
const perPackage = 20;

const nouns = ['batch', 'sample', 'token', 'image', 'mask', 'label', 'score', 'record', 'window', 'feature', 'anchor', 'frame', 'graph', 'query'];
const verbs = ['load', 'scale', 'merge', 'split', 'encode', 'decode', 'filter', 'sort', 'pack', 'crop', 'resize', 'count', 'match', 'rank'];
const kinds = ['data', 'models', 'layers', 'utils', 'metrics', 'export', 'io', 'text', 'vision'];

/**
 * A project as path → text.
 * @param files of code: modules, scripts and notebooks
 * @param lines of a module, about
 */
export function codeProject(files: number, seed: number, lines = 150): Readonly<Record<string, string>> {
  const random = randomOf(`code-${seed}`);
  const found: Record<string, string> = { '.gitignore': 'runs/\n', 'pyproject.toml': '[project]\nname = "acme"\ndependencies = ["torch==2.1.0"]\n' };
  const names: string[] = [];
  for (let at = 0, made = 0; made < files; at++) {
    const pack = `acme/${pick(kinds, random)}_${at}`;
    const own: string[] = [];
    found[`src/${pack}/__init__.py`] = `"""Part ${at} of the project."""\n`;
    found[`conf/part_${at}.yaml`] =
      `lr: 0.00${1 + random.integer(9)}\nepochs: ${5 + random.integer(50)}\nseed: ${random.integer(100)}\nmodel:\n  width: ${64 * (1 + random.integer(8))}\n`;
    made++;
    const notebook = at % 2 === 1 ? 1 : 0;
    for (let one = 0; one < perPackage - 2 - notebook && made < files; one++, made++) {
      const name = `${pick(verbs, random)}_${pick(nouns, random)}_${one}`;
      found[`src/${pack}/${name}.py`] = moduleText(name, [...own, ...names.slice(0, 2 * perPackage)], lines, random);
      own.push(`${pack.replace('/', '.')}.${name}`);
    }
    if (made++ < files) found[`scripts/train_${at}.py`] = scriptOf(at, own, random);
    if (notebook && made++ < files)
      found[`notebooks/look_${at}.ipynb`] = notebookText(
        scriptOf(at + 1, own, random)
          .split('\n\n\n')
          .map((source, executed) => ({ source, executed: executed + 1 })),
      );
    names.push(...own);
  }
  return found;
}

export const pick = <T>(from: readonly T[], random: Random): T => from[random.integer(from.length)] as T;

/** Functions and classes that call each other and those of a few other modules, as library code does. */
function moduleText(name: string, others: readonly string[], lines: number, random: Random): string {
  const used = Array.from({ length: Math.min(3, others.length) }, () => pick(others, random));
  const text = [
    '"""Helpers."""',
    'import os',
    'import math',
    'from dataclasses import dataclass',
    '',
    'import numpy as np',
    'import torch',
    'from torch import nn',
    '',
  ];
  for (const one of new Set(used)) text.push(`from ${one} import ${last(one)}_all${random.integer(2) ? `, ${nameOfClass(last(one))}` : ''}`);
  text.push('', '', `LIMIT_${name.toUpperCase()} = ${random.integer(1000)}`, '');
  const callable = used.map((one) => `${last(one)}_all`);
  for (let at = 0; text.length < lines; at++) {
    const lastOwn = `${name}_${Math.max(0, at - 1)}`;
    text.push('', '', ...(at % 4 === 3 ? classLines(name, at, lastOwn, random) : functionLines(name, at, [...callable, ...(at > 0 ? [lastOwn] : [])], random)));
    if (at === 2) text.push('', '', ...classLines(name, 0, lastOwn, random));
  }
  const own = text.flatMap((line) => /^(?:def|class) (\w+)/.exec(line)?.[1] ?? []);
  text.push(
    '',
    '',
    `def ${name}_all(items, size=1):`,
    ...own.map((one) => (/^[A-Z]/.test(one) ? `    ${one}(size).summary()` : `    ${one}(items, size=size)`)),
  );
  return `${text.join('\n')}\n`;
}

const last = (dotted: string): string => dotted.slice(dotted.lastIndexOf('.') + 1);
const nameOfClass = (name: string): string => name.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

function functionLines(name: string, at: number, callable: readonly string[], random: Random): readonly string[] {
  const [a, b] = [pick(nouns, random), pick(nouns, random)];
  return [
    `def ${name}_${at}(${a}s, size=${random.integer(64)}, *, ${b}_rate=0.${random.integer(9)}, verbose=False):`,
    `    """Goes over the ${a}s and keeps those above the rate."""`,
    '    found = []',
    '    total = 0.0',
    `    for index, ${a} in enumerate(${a}s):`,
    `        if ${a} is None or index % 7 == ${random.integer(7)}:`,
    '            continue',
    `        value = math.sqrt(abs(${a})) * ${b}_rate + size`,
    `        total += value`,
    callable.length > 0 ? `        found.append(${pick(callable, random)}([value, total], size=index))` : '        found.append((index, value))',
    '    if verbose:',
    `        print("${a}", len(found), total / max(1, len(found)))`,
    `    weights = np.asarray([one for one in range(size)], dtype=np.float32)`,
    `    lookup = {"${a}": found, "${b}": weights, "path": os.path.join("out", "${name}.json")}`,
    '    return lookup',
  ];
}

function classLines(name: string, at: number, own: string, random: Random): readonly string[] {
  const label = nameOfClass(name) + (at === 0 ? '' : String(at));
  return [
    `class ${label}(nn.Module):`,
    `    def __init__(self, width=${32 * (1 + random.integer(8))}, depth=${1 + random.integer(6)}, dropout=0.1):`,
    '        super().__init__()',
    '        self.width = width',
    '        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])',
    '        self.norm = nn.LayerNorm(width)',
    '        self.drop = nn.Dropout(dropout)',
    '        self.cache = []',
    '',
    '    def forward(self, x, mask=None):',
    '        for layer in self.layers:',
    '            x = self.drop(torch.relu(layer(self.norm(x))))',
    '        if mask is not None:',
    '            x = x.masked_fill(mask, 0.0)',
    '        return x',
    '',
    '    def summary(self):',
    `        self.cache.append(${own}([self.width], size=2))`,
    '        return {"width": self.width, "params": sum(p.numel() for p in self.parameters())}',
  ];
}
