// What a review looked at, in one sentence.
import { expect, test } from 'vitest';
import { toldOf } from '../../../src/core/setup/told';

const at = (framework: string, file: string, line: number, cell: number | null = null) => ({ framework, place: { file, line, endLine: line, cell } });

test('names what trains, where, and what records it', () => {
  const trainings = [at('pytorch', 'a.py', 3), at('pytorch', 'a.py', 3), at('sklearn', 'eda.ipynb', 2, 4)];
  expect(toldOf([{ files: ['a.py', 'eda.ipynb'], trainings, trackers: ['wandb', 'mlflow'], recipes: [] }])).toBe(
    '2 files; 3 trainings (PyTorch: a.py:3; scikit-learn: eda.ipynb cell 4, line 2), recorded by MLflow, Weights & Biases.',
  );
});

test('several reviews are told as one, and no more places than help', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((name) => at('a-new-library', `${name}.py`, 1));
  expect(
    toldOf([
      { files: ['a.py'], trainings: many, trackers: [], recipes: [] },
      { files: ['z.py'], trainings: [], trackers: [], recipes: [] },
    ]),
  ).toBe('2 files; 5 trainings (a-new-library: a.py:1, b.py:1, c.py:1 and 2 more), and no tracker in use.');
});

test('suggests a tracker where none is in use, for what trains most', () => {
  const trainings = [at('a-new-library', 'a.py', 1), at('sklearn', 'b.py', 2), at('lightning', 'c.py', 3), at('lightning', 'c.py', 9)];
  expect(toldOf([{ files: ['a.py'], trainings, trackers: [], recipes: [] }])).toMatch(
    /, and no tracker in use\. For Lightning, MLflow needs .*MLFlowLogger\(\)\)\.$/,
  );
});

test('counts where there are too many places to read', () => {
  const trainings = ['pytorch', 'sklearn', 'keras'].flatMap((framework) => [1, 2, 3, 4].map((line) => at(framework, `${framework}.py`, line)));
  expect(toldOf([{ files: ['a.py'], trainings, trackers: ['mlflow'], recipes: [] }])).toBe(
    '1 file; 12 trainings (PyTorch 4, scikit-learn 4, Keras 4), recorded by MLflow.',
  );
});

test('says where there is no training, and what to do', () => {
  expect(toldOf([{ files: ['a.py'], trainings: [], trackers: [], recipes: [] }])).toMatch(/^1 file; no training was found: .* Name the folder/);
});

test('says which settings a framework trains from, where no code trains', () => {
  expect(toldOf([{ files: [], trainings: [], trackers: [], recipes: [at('axolotl', 'config.yml', 1)] }])).toBe(
    '0 files; no code here trains: Axolotl: config.yml:1 is a settings file that a framework trains from. Only what stands there was judged; what the framework does by itself was not seen.',
  );
});
