// Pretrained weights that are named without a version.

import { isTry } from '../facts/order';
import { pretrainedOf } from '../facts/pretrained';
import { isApart } from '../facts/programs';
import { recipesOf } from '../facts/recipes';
import { modulesOf } from '../facts/training';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-17',
    title: 'Pretrained weights are pinned',
    severity: 'warn',
    why: 'A name on a hub, or “default”, can mean other weights tomorrow: the same code then starts from another model.',
    source: 'Hugging Face, “from_pretrained”, revision; torchvision, “Initializing pre-trained models”',
  },
  *check({ project, trainings }) {
    if (trainings.length === 0) {
      const unpinned = recipesOf(project).flatMap((one) => one.unpinned ?? []);
      const [model] = unpinned;
      if (model)
        yield {
          kind: 'finding',
          confidence: 0.75,
          places: unpinned.map(({ place }) => ({ place })),
          summary: `The weights of “${model.value}” are taken without a version.`,
          fix: { text: 'Name the commit of the weights beside the model.', code: null, edits: [] },
        };
      return;
    }
    const modules = modulesOf(trainings);
    const pretrained = yield* pretrainedOf.steps(project);
    const open = pretrained.filter(({ call }) => !isApart(call.module, modules, project) && !(isTry(call) && !modules.has(call.module)));
    const [first] = open;
    if (!first) return;
    yield {
      kind: 'finding',
      confidence: first.confidence,
      places: open.map(({ call }) => ({ module: call.module, node: call.node })),
      summary: first.model !== null ? `The weights of “${first.model}” are taken without a version.` : `${first.written} takes weights without a version.`,
      fix: { text: first.advice, code: first.code, edits: [] },
    };
  },
};
