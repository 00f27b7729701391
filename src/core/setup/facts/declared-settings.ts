// Names under which a program declares its settings: options, fields of dataclasses, keys of settings files.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, walk } from '../python/syntax';
import { onceOf } from '../steps';
import { normal } from './params';

/** In plain form (`normal`): what they hold is a setting already. */
export function declaredNames(project: Project, program: ReadonlySet<PyModule>): ReadonlySet<string> {
  return new Set([...[...program].flatMap((module) => declaredIn(module, project)), ...declaredInFiles(project)]);
}

const declaredIn = onceOf((module: PyModule, project: Project): readonly string[] => {
  const names: string[] = [];
  for (const call of project.callsIn(module))
    if (/\.add_argument$|click\.option$|DEFINE_\w+$/.test(module.textOf(call.callee)))
      for (const one of call.args) if (one.type === 'string') names.push(normal(module.textOf(one).replace(/['"]/g, '')));
  for (const { node } of module.classes)
    for (const inner of walk(node, (at) => at.type !== 'function_definition')) {
      const left = inner.type === 'assignment' && fieldOf(inner, 'type') ? fieldOf(inner, 'left') : null;
      if (left?.type === 'identifier') names.push(normal(module.textOf(left)));
    }
  // A module that keeps its own arguments: their names are settings that are kept.
  for (const { name, node } of module.functions)
    if (name === '__init__' && /\bsave_hyperparameters\(/.test(module.textOf(node)))
      for (const one of fieldOf(node, 'parameters')?.children ?? []) {
        const named = one.type === 'identifier' ? one : (fieldOf(one, 'name') ?? one.children[0]);
        if (named) names.push(normal(module.textOf(named)));
      }
  return names;
});

const declaredInFiles = onceOf((project: Project): readonly string[] =>
  [...project.settings].flatMap(([path, text]) =>
    /\.(ya?ml|toml|json)$/.test(path) && !/lock|package|pyproject/.test(path)
      ? [...text.matchAll(/^\s*"?([\w-]+)"?\s*[:=]/gm)].map(([, key]) => normal(key as string))
      : [],
  ),
);
