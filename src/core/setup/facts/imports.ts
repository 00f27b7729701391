// Where a file's imports end, and by which name it knows a module: what a patch at the top needs.

import type { TextEdit } from '../finding';
import type { PyModule } from '../python/module';
import type { Syntax } from '../python/syntax';

/** The name under which a module is imported at the top of a file, or null: of `import numpy as np` for `numpy` it is `np`. */
export function localName(module: PyModule, dotted: string): string | null {
  const scope = module.scopes.get(module.root);
  for (const [name, bindings] of scope?.bindings ?? [])
    if (bindings.length === 1 && bindings.every((one) => one.kind === 'import' && one.dotted === dotted)) return name;
  return null;
}

/** Statements of the top of a file that import, docstrings and `from __future__` among them. */
function importsOf(module: PyModule): readonly Syntax[] {
  return module.root.children.filter(({ type }) => /^(import_statement|import_from_statement|future_import_statement)$/.test(type));
}

/**
 * An edit that puts lines below a file's last import at the top. Null for notebooks, and where there is no import to stand below.
 * @param lines without the newline at the end
 */
export function belowImports(module: PyModule, lines: string): TextEdit | null {
  const last = importsOf(module).at(-1);
  if (!last || module.code.cells !== null) return null;
  const end = module.code.text.indexOf('\n', last.to);
  const at = end < 0 ? module.code.text.length : end;
  // `import a; do()`: something else stands on that line.
  if (!/^\s*(#.*)?$/.test(module.code.text.slice(last.to, at))) return null;
  return { file: module.code.path, cell: null, from: at, to: at, text: `\n${lines}` };
}

/** An edit that imports a module above the file's first import, or null where it is there, or cannot be added. */
export function importAbove(module: PyModule, dotted: string): TextEdit | null {
  const first = importsOf(module).find(({ type }) => type !== 'future_import_statement');
  if (!first || module.code.cells !== null || localName(module, dotted) !== null) return null;
  return { file: module.code.path, cell: null, from: first.from, to: first.from, text: `import ${dotted}\n` };
}
