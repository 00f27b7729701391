// Names that a cell uses and no cell above it defines.

import type { PyModule } from '../python/module';
import type { Binding } from '../python/names';
import type { Syntax } from '../python/syntax';
import type { SetupRule } from '../rule';

const builtins = new Set(
  `abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir divmod
  enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len license list
  locals map max memoryview min next object oct open ord pow print property quit range repr reversed round set setattr slice sorted staticmethod str sum
  super tuple type vars zip NotImplemented Ellipsis self cls display get_ipython In Out _ __ ___ _i unicode xrange raw_input long reduce spark sc dbutils
  sqlContext`.split(/\s+/),
);
const conventional = /^__\w+__$|(Error|Exception|Warning|Interrupt|Exit|Iteration|Group)$|^_(i?\d+|oh|dh|ih)$/;
const bodies = new Set(['function_definition', 'lambda', 'class_definition', 'import_statement', 'import_from_statement', 'global_statement', 'type', 'ERROR']);

export const rule: SetupRule = {
  meta: {
    id: 'N-02',
    title: 'A notebook defines what it uses, before it uses it',
    severity: 'warn',
    why: 'The name was left in the kernel by a cell that is gone or stands further down: run from the top, the notebook stops here.',
    source: 'Pimentel et al., MSR 2019, “hidden states”; Grus, “I don’t like notebooks”',
  },
  *check({ project }) {
    for (const module of project.modules) {
      yield;
      const notebook = project.notebooks.get(module.code.path);
      if (!notebook || module.errors.length > 0) continue;
      const root = module.scopes.get(module.root);
      const raw = notebook.cells.map(({ source }) => source).join('\n');
      // Magics, shells and star imports bring names that cannot be seen.
      if (!root || root.bindings.has('*') || /^\s*%(run|store|pylab|load|loadpy|autoload|reload)\b|exec\(|globals\(\)|\bdel\s+globals/m.test(raw)) continue;
      const brought = new Set(raw.split('\n').flatMap((line) => (/^\s*[%!]|=\s*[!%]/.test(line) ? line.split(/\W+/) : [])));
      const told = new Set<string>();
      for (const node of usesOf(module)) {
        const name = module.textOf(node);
        if (told.has(name) || builtins.has(name) || conventional.test(name) || brought.has(name)) continue;
        const bindings = module.scopeOf(node).lookup(name);
        const cell = cellOf(node, module);
        if (bindings.some((one) => cellOf(one.node, module) <= cell && !isDeclaredGlobal(one, module))) continue;
        // A function above may set it as a global.
        if (new RegExp(`\\bglobal\\s[^\\n]*\\b${name}\\b`).test(module.code.text)) continue;
        told.add(name);
        yield {
          kind: 'finding',
          confidence: bindings.length === 0 ? 0.95 : 0.9,
          places: [{ module, node }],
          summary: bindings.length === 0 ? `\`${name}\` is used and defined in no cell.` : `\`${name}\` is used above the cell that defines it.`,
          fix: { text: bindings.length === 0 ? 'Import or define it in a cell above.' : 'Move the cell that defines it above.', code: null, edits: [] },
        };
      }
    }
  },
};

/** Names that a cell reads when it runs; what stands in functions runs later. */
function* usesOf(module: PyModule): Iterable<Syntax> {
  const open: Syntax[] = [module.root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node !== module.root && bodies.has(node.type)) continue;
    if (node.type === 'identifier' && !isName(node)) yield node;
    for (let at = node.children.length - 1; at >= 0; at--) open.push(node.children[at] as Syntax);
  }
}

/** An attribute, a keyword, a target: no read of a variable. */
function isName(node: Syntax): boolean {
  const { parent, field } = node;
  if (!parent) return true;
  if (field === 'attribute' || (field === 'name' && parent.type === 'keyword_argument') || field === 'alias') return true;
  if (/^(parameters|lambda_parameters|typed_parameter|as_pattern_target|dotted_name|aliased_import|decorator|case_pattern|keyword_pattern)$/.test(parent.type))
    return true;
  for (let at: Syntax = node; at.parent; at = at.parent) {
    if (at.field === 'left' && /^(assignment|for_statement|for_in_clause)$/.test(at.parent.type)) return true;
    if (/^(subscript|attribute|call)$/.test(at.parent.type)) return false;
  }
  return false;
}

const cellOf = (node: Syntax, module: PyModule): number => module.placeOf(node).cell ?? 0;

const isDeclaredGlobal = ({ node }: Binding, module: PyModule): boolean => module.functionAround(node) !== null && node.type === 'global_statement';
