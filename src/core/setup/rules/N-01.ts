// Cells that were not run from top to bottom.

import type { NotebookCell } from '../project/notebook';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'N-01',
    title: 'A notebook was run from top to bottom',
    severity: 'note',
    why: 'Outputs of cells that were run in another order cannot be had again by running the notebook.',
    source: 'Pimentel et al., MSR 2019, “A large-scale study about quality and reproducibility of Jupyter notebooks”; pynblint, “non-linear-execution”',
  },
  *check({ project }) {
    for (const [file, { cells }] of project.notebooks) {
      yield;
      const run = cells.filter(({ executed, source }) => executed !== null && source.trim() !== '');
      const back = run.find(({ executed }, at) => at > 0 && numberOf(executed) < numberOf(run[at - 1]?.executed ?? null));
      const gap = run.find(({ executed }, at) => numberOf(executed) !== (at === 0 ? 1 : numberOf(run[at - 1]?.executed ?? null) + 1));
      const odd = back ?? gap;
      if (!odd) continue;
      yield {
        kind: 'finding',
        severity: back ? 'note' : 'info',
        confidence: 0.95,
        places: [{ place: placeOf(file, odd) }],
        summary: back ? 'A cell was run before one that stands above it.' : 'The numbers of the cells have gaps: cells were run again, or deleted.',
        fix: {
          text: 'Restart the kernel and run all cells before the notebook is kept.',
          code: 'jupyter nbconvert --to notebook --execute --inplace notebook.ipynb',
          edits: [],
        },
      };
    }
  },
};

const numberOf = (executed: number | null): number => executed ?? 0;

const placeOf = (file: string, { cell }: NotebookCell) => ({ file, line: 1, endLine: 1, cell });
