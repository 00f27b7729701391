// The settings that a search fills in and keeps with each trial: what is named in its space.

import type { NamedCall, Project } from '../project/project';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import { onceOf } from '../steps';
import { flowOf } from './flow';
import { normal } from './params';
import { sweptNames } from './swept';

/** Names of what a search tries, which its trials keep; null where no search of the program keeps its own, or its space cannot be seen. */
export const spaceOf = onceOf((calls: readonly NamedCall[], project: Project): ReadonlySet<string> | null => {
  const names = new Set<string>();
  const isStudied = calls.some(
    ({ name, module, keywords }) => name === 'optuna.create_study' && keywords.has('storage') && module.textOf(keywords.get('storage') as Syntax) !== 'None',
  );
  for (const call of calls) {
    const { name, module, callee, args, keywords } = call;
    // Names alone: a trial is handed in, and what it is cannot be told.
    if (isStudied && callee.type === 'attribute' && /\.suggest_\w+$/.test(module.textOf(callee)) && args[0]) addStrings(args[0], call, project, names);
    if (/^ray\.tune\.(run|Tuner)$/.test(name ?? ''))
      for (const space of [keywords.get('config'), keywords.get('param_space')]) if (space) addStrings(space, call, project, names);
    if (/^wandb\.sweep$/.test(name ?? '') && args[0]) addStrings(args[0], call, project, names);
  }
  // The sheet of a sweep is read with the other files of settings.
  for (const [path, text] of project.settings)
    if (/\.ya?ml$/.test(path) && /^method:/m.test(text) && /^parameters:/m.test(text) && [...new Set(calls.map(({ module }) => module))].some(readsConfig))
      for (const [, key] of text.matchAll(/^\s+([\w-]+):/gm)) names.add(normal(key as string));
  for (const name of sweptNames(calls)) names.add(normal(name));
  return names.size > 0 ? names : null;
});

const readsConfig = ({ code }: NamedCall['module']): boolean => /\bwandb\.config\b/.test(code.text);

function addStrings(value: Syntax, { module }: NamedCall, project: Project, names: Set<string>): void {
  for (const [node, where] of flowOf(project).of(value, module).nodes) {
    if (node.type === 'string_content') names.add(normal(where.textOf(node)));
    else if (node.type === 'keyword_argument') {
      const name = fieldOf(node, 'name') ?? node.children[0];
      if (name) names.add(normal(where.textOf(name)));
    }
  }
  for (const node of walk(value)) if (node.type === 'string_content') names.add(normal(module.textOf(node)));
}
