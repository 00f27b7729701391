// Training that lives in a notebook only.

import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'N-06',
    title: 'A training can be started without a notebook',
    severity: 'info',
    why: 'A notebook cannot be queued, repeated over seeds or reviewed line by line; a script can.',
    source: 'pynblint, “notebook-as-script”; Papermill',
  },
  *check({ project, trainings }) {
    const inNotebooks = trainings.filter(({ module }) => module.code.cells !== null);
    const [first] = inNotebooks;
    if (!first || inNotebooks.length < trainings.length) return;
    const exports = /papermill|nbconvert|jupytext|nbdev|ploomber|%%writefile/;
    const texts = [
      ...project.settings.values(),
      ...project.modules.map(({ code }) => code.text),
      ...[...project.notebooks.values()].flatMap(({ cells }) => cells.map(({ source }) => source)),
    ];
    if (texts.some((text) => exports.test(text))) return;
    yield {
      kind: 'finding',
      confidence: 0.8,
      places: [{ module: first.module, node: first.call.node }],
      summary: 'The training is in a notebook only.',
      fix: {
        text: 'Keep the training in a script that the notebook imports, or run the notebook with parameters.',
        code: `jupyter nbconvert --to script ${first.module.code.path.split('/').at(-1)}`,
        edits: [],
      },
    };
  },
};
