// A folder with everything that goes wrong: cut, garbled, empty, infinite, and made to attack the page.
import { cpSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from './fixture';

const experiment = '489939139013498264';
const original = '0dc60c6908b24744b383f593fadedd10';

/** Marked by attribute, so that a page that took it for markup can be told. */
export const attack = `<img src=x onerror="window.attacked=1" data-attack><script>window.attacked=1</script>`;
export const rightToLeft = '\u202Egnp.exe \u2067עברית';
/** Of the run that lies outside and must not come in by a link. */
export const outsideName = 'from outside';

export interface Hostile {
  readonly folder: string;
  /** Names of the runs that are good. */
  readonly good: readonly string[];
}

/** @param base an empty folder to write into */
export function hostileFolder(base: string): Hostile {
  const folder = join(base, 'hostile');
  const store = join(folder, 'mlruns', experiment);
  mkdirSync(store, { recursive: true });
  const from = join(fixture('mlflow-file/sweep-2.14'), 'mlruns', experiment);
  for (const part of ['meta.yaml', 'datasets']) cpSync(join(from, part), join(store, part), { recursive: true });
  copyRun(from, store, 1, 'a good run');
  copyRun(from, store, 2, attack);
  copyRun(from, store, 3, rightToLeft);
  copyRun(from, store, 4, 'long '.repeat(200_000));
  const odd = copyRun(from, store, 5, 'not finite');
  writeFileSync(join(odd, 'metrics/val/loss'), '1 nan 0\n2 inf 1\n3 -Infinity 2\n4 NaN 3\n');
  writeFileSync(join(odd, 'params', attack.replaceAll('/', '_')), attack);
  const garbled = copyRun(from, store, 6, 'garbled');
  writeFileSync(join(garbled, 'meta.yaml'), Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256)));

  const events = join(folder, 'tensorboard');
  const cut = 'mlp_lr0.2/events.out.tfevents.1795424161.vm.29956.2';
  cpSync(join(fixture('tensorboard/torch-mlp'), 'runs'), events, { recursive: true });
  truncateSync(join(events, cut), 1500);
  mkdirSync(join(events, 'empty'));
  writeFileSync(join(events, 'empty/events.out.tfevents.1795424156.vm.29956.9'), '');

  writeFileSync(join(folder, 'broken.zip'), Buffer.concat([Buffer.from('PK\u0003\u0004'), readFileSync(join(from, 'meta.yaml'))]));
  writeFileSync(join(folder, 'metrics.csv'), '');

  const outside = join(base, 'outside', experiment);
  mkdirSync(outside, { recursive: true });
  cpSync(join(from, 'meta.yaml'), join(outside, 'meta.yaml'));
  copyRun(from, outside, 9, outsideName);
  symlinkSync(join(base, 'outside'), join(folder, 'link-out'));
  symlinkSync(folder, join(folder, 'link-round'));
  return { folder, good: ['a good run', attack, rightToLeft, 'not finite', 'mlp_lr0.02', 'mlp_lr50'] };
}

function copyRun(from: string, store: string, at: number, name: string): string {
  const id = at.toString(16).padStart(32, 'b');
  const folder = join(store, id);
  cpSync(join(from, original), folder, { recursive: true });
  const meta = readFileSync(join(folder, 'meta.yaml'), 'utf8');
  writeFileSync(join(folder, 'meta.yaml'), meta.replaceAll(original, id).replace('run_name: lr=0.1', `run_name: ${JSON.stringify(name)}`));
  writeFileSync(join(folder, 'tags/mlflow.runName'), name);
  return folder;
}
