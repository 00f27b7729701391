// Trainings that a search runs, one for each trial.

import type { NamedCall, Project } from '../project/project';
import { onceOf } from '../steps';
import type { Training } from './training';

/** A training that a search runs with settings of its choice. */
export const isTrial = ({ within }: Training, project: Project): boolean =>
  within !== null && searchesOf(project).some(({ args, module }) => args.some((one) => module.textOf(one).includes(within.name)));

const searchesOf = onceOf((project: Project): readonly NamedCall[] =>
  project.calls.filter(({ name, callee, module }) => /(^|\.)study\w*\.optimize$|^optuna\..*optimize$/.test(name ?? module.textOf(callee))),
);
