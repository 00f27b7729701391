// A large MLflow store, made from one real run by giving it other ids and longer curves.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fixture } from './fixture';

const original = '0dc60c6908b24744b383f593fadedd10';
const experiment = '489939139013498264';
const curve = 'train/loss';

/** What a whole run of the store has: `pointsOfCurve` in the long curve, 60 in each of the other three. */
export const wholePoints = (pointsOfCurve: number): number => pointsOfCurve + 3 * 60;

/** @returns the folder's path again */
export function manyRuns(folder: string, runs: number, pointsOfCurve: number): string {
  const from = join(fixture('mlflow-file/sweep-2.14'), 'mlruns', experiment);
  const to = join(folder, 'mlruns', experiment);
  mkdirSync(to, { recursive: true });
  cpSync(join(from, 'meta.yaml'), join(to, 'meta.yaml'));
  const meta = readFileSync(join(from, original, 'meta.yaml'), 'utf8');
  const points = Array.from({ length: pointsOfCurve }, (_, step) => `${1795424363000 + step} ${2 / (step + 1)} ${step}\n`).join('');
  for (let at = 0; at < runs; at++) {
    const id = (0x1000 + at).toString(16).padStart(32, 'a');
    cpSync(join(from, original), join(to, id), { recursive: true });
    writeFileSync(join(to, id, 'meta.yaml'), meta.replaceAll(original, id).replace('run_name: lr=0.1', `run_name: copy ${at}`));
    writeFileSync(join(to, id, 'tags/mlflow.runName'), `copy ${at}`);
    mkdirSync(dirname(join(to, id, 'metrics', curve)), { recursive: true });
    writeFileSync(join(to, id, 'metrics', curve), points);
  }
  return folder;
}
