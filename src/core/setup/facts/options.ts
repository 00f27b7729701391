// Values that a person can set from outside: argparse and click options, fields of dataclasses, dictionaries of settings, keys of YAML, JSON and TOML.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax } from '../python/syntax';
import { type PyValue, unknown } from '../python/values';
import { factOf, type Steps } from '../steps';

export interface Option {
  /** As code reads it: `batch_size`. */
  readonly name: string;
  /** Its default, as far as it is written; `unknown` where there is none. */
  readonly value: PyValue;
  /** The default says "not set": None, or nothing where it is not required. */
  readonly unset: boolean;
}

/** Every option of the project by its name. */
export const optionsOf = factOf(function* (project: Project): Steps<ReadonlyMap<string, readonly Option[]>> {
  const found = new Map<string, Option[]>();
  const add = (option: Option) => {
    const list = found.get(option.name);
    if (list) list.push(option);
    else found.set(option.name, [option]);
  };
  for (const module of project.modules) {
    yield;
    fromCalls(module).forEach(add);
    fromClasses(module).forEach(add);
  }
  for (const [path, text] of project.settings) if (/\.(ya?ml|json|toml)$/.test(path)) fromSettings(text).forEach(add);
  return found;
});

/** The name by which an expression reads a setting: `args.seed`, `cfg["seed"]`, `cfg.get("seed")`; null for others. */
export function optionName(node: Syntax, module: PyModule): string | null {
  if (node.type === 'attribute') {
    const name = fieldOf(node, 'attribute');
    return name ? module.textOf(name) : null;
  }
  if (node.type === 'subscript') {
    const key = fieldOf(node, 'subscript');
    const value = key ? constantOf(key, module) : unknown;
    return typeof value === 'string' ? value : null;
  }
  if (node.type === 'call' && /\.get$/.test(module.textOf(fieldOf(node, 'function') ?? node))) {
    const first = fieldOf(node, 'arguments')?.children[0];
    const value = first ? constantOf(first, module) : unknown;
    return typeof value === 'string' ? value : null;
  }
  return null;
}

/** The value of an expression where it is written anywhere: as a constant, or as the default of the setting that it reads. */
export function settingOf(node: Syntax, module: PyModule, project: Project): PyValue {
  const constant = constantOf(node, module);
  if (constant !== unknown) return constant;
  if (node.type === 'call' && /^(int|str|float|bool|(pathlib\.)?Path)$/.test(module.textOf(fieldOf(node, 'function') ?? node))) {
    const inner = fieldOf(node, 'arguments')?.children[0];
    return inner ? settingOf(inner, module, project) : unknown;
  }
  const name = optionName(node, module);
  if (name === null) return unknown;
  const holder = fieldOf(node, 'value') ?? fieldOf(node, 'object');
  const whole = holder ? constantOf(holder, module) : unknown;
  if (whole !== null && typeof whole === 'object' && !Array.isArray(whole)) {
    const value = (whole as { readonly [key: string]: PyValue })[name];
    if (value !== undefined) return value;
  }
  const values = (optionsOf(project).get(name) ?? []).map(({ value }) => value);
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : unknown;
}

/** Whether a place is reached only with an option that is off by default: `if args.pretrained:`. */
export function isBehindOption(node: Syntax, module: PyModule, project: Project): boolean {
  let below = node;
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent) {
    const condition = at.type === 'if_statement' && fieldOf(at, 'consequence') === below ? fieldOf(at, 'condition') : null;
    const tested = condition?.type === 'comparison_operator' ? condition.children[0] : condition;
    if (tested && optionName(tested, module) !== null) {
      const value = settingOf(tested, module, project);
      if (value === false || value === null || value === '' || (optionsOf(project).get(optionName(tested, module) as string) ?? []).some(({ unset }) => unset))
        return true;
    }
    below = at;
  }
  return false;
}

/** `parser.add_argument("--batch-size", default=32)`, `@click.option("--lr", default=…)`, `typer.Option(…)` by its parameter. */
function fromCalls(module: PyModule): readonly Option[] {
  return module.calls.flatMap((call): readonly Option[] => {
    const written = module.textOf(call.callee);
    if (!/(^|\.)(add_argument|option|argument)$/.test(written)) return [];
    const flags = call.args.map((one) => constantOf(one, module)).filter((one): one is string => typeof one === 'string');
    const dest = call.keywords.get('dest');
    const named = dest ? constantOf(dest, module) : (flags.find((flag) => flag.startsWith('--')) ?? flags[0]);
    if (typeof named !== 'string') return [];
    const given = call.keywords.get('default');
    const required = call.keywords.get('required');
    const positional = !named.startsWith('-') && !dest;
    const isFlag = /store_true|store_false/.test(call.keywords.get('action') ? module.textOf(call.keywords.get('action') as Syntax) : '');
    const value = given ? defaultOf(given, module) : isFlag ? false : unknown;
    const unset = given ? value === null : !isFlag && !positional && !(required && module.textOf(required) === 'True');
    return [{ name: named.replace(/^-+/, '').split('/')[0]!.replaceAll('-', '_'), value, unset }];
  });
}

/** A constant, also as `Path("data/train.csv")`. */
function defaultOf(given: Syntax, module: PyModule): PyValue {
  const callee = given.type === 'call' ? fieldOf(given, 'function') : null;
  const [inner, ...others] = callee && /(^|\.)Path$/.test(module.textOf(callee)) ? (fieldOf(given, 'arguments')?.children ?? []) : [];
  return constantOf(inner && others.length === 0 ? inner : given, module);
}

/** Fields of classes: `seed: int = 6`, `lr: float = field(default=1e-3)`. */
function fromClasses(module: PyModule): readonly Option[] {
  return module.classes.flatMap(({ node }) =>
    (fieldOf(node, 'body')?.children ?? []).flatMap((statement): readonly Option[] => {
      const assignment = statement.type === 'expression_statement' ? statement.children[0] : statement;
      if (assignment?.type !== 'assignment') return [];
      const [left, right] = [fieldOf(assignment, 'left'), fieldOf(assignment, 'right')];
      if (left?.type !== 'identifier' || !right) return [];
      const call = right.type === 'call' && /(^|\.)(field|Field)$/.test(module.textOf(fieldOf(right, 'function') ?? right)) ? right : null;
      const inner = call
        ? (fieldOf(call, 'arguments')?.children ?? []).find((one) => {
            const name = fieldOf(one, 'name');
            return one.type === 'keyword_argument' && name !== null && module.textOf(name) === 'default';
          })
        : null;
      const given = call ? (inner ? fieldOf(inner, 'value') : null) : right;
      const value = given ? defaultOf(given, module) : unknown;
      return [{ name: module.textOf(left), value, unset: value === null }];
    }),
  );
}

/** Leaves of a settings file, line by line: enough for plain values, and a broken file gives what it can. */
function fromSettings(text: string): readonly Option[] {
  return [...text.matchAll(/^[ \t"'-]*([A-Za-z_]\w*)["']?[ \t]*[:=][ \t]*("[^"\n]*"|'[^'\n]*'|[^\s,#[\]{}"']+)[ \t]*,?[ \t]*(?:#.*)?$/gm)].flatMap(
    ([, name, raw]): readonly Option[] => {
      if (name === undefined || raw === undefined) return [];
      const plain = raw.replace(/^["']|["']$/g, '');
      const number = raw === plain && plain !== '' ? Number(plain) : Number.NaN;
      const value =
        raw !== plain
          ? plain
          : /^(null|~|None)$/.test(plain)
            ? null
            : /^(true|false)$/i.test(plain)
              ? /^true$/i.test(plain)
              : Number.isNaN(number)
                ? plain
                : number;
      return [{ name, value, unset: value === null }];
    },
  );
}
