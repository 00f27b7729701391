// Names of files beside a log that say what was run; apart from their reading, which needs parsers that a probe does not.

import type { SourceDir, SourceFile } from '../../source/source';

const configName =
  /^(?:config|conf|cfg|params?|parameters|hparams|hyperparams|hyperparameters|hyp|args|arguments|opts?|options|flags|settings)\.(?:json|ya?ml)$/i;
const commitName = /^(?:git[_-]?(?:hash|sha|commit|rev)|commit(?:[_-]?(?:hash|id|sha))?|revision)(?:\.txt)?$/i;
const packagesName = /^(?:requirements|pip[_-]?freeze|requirements[_-]frozen|freeze)\.txt$/i;
const patchName = /^(?:git[_-]?)?(?:diff|patch|code|changes|uncommitted)\.(?:patch|diff|txt)$/i;
const runName = /^run\.json$/i;
const artifactName = /\.(?:pt|pth|ckpt|safetensors|h5|keras|pkl|joblib|onnx|npz|npy|bin|model|png|jpe?g|svg|log|out|err|txt|md|py|sh)$/i;

/** Files that we write beside runs: lists of records in them look like a history, and are none. */
const ownName = /^diptych\.(?:project|mapping)\.json$/i;

export const isOwnFile = (name: string): boolean => ownName.test(name);

/** By its name a file of settings. */
export const isConfigFile = (name: string): boolean => configName.test(name);

/** Files that make a folder a run's own, whatever its place: where the settings of the run are. */
export const configsIn = (dir: SourceDir): SourceFile[] => [...dir.files.values()].filter(({ name }) => isConfigFile(name));

/** By its name the file that the checklist asks for where a tracker has no place for it. */
export const isRunFile = (name: string): boolean => runName.test(name);
export const isCommitFile = (name: string): boolean => commitName.test(name);
export const isPackagesFile = (name: string): boolean => packagesName.test(name);
export const isPatchFile = (name: string): boolean => patchName.test(name);

/** Config files of one log among several: `run1.json` or `run1_config.yaml` beside `run1.csv`. */
export function configsOf(dir: SourceDir, stem: string): SourceFile[] {
  return ['', '_config', '.config', '-config', '_params', '_args', '_hparams'].flatMap((suffix) =>
    ['json', 'yaml', 'yml'].flatMap((ending) => dir.files.get(`${stem}${suffix}.${ending}`) ?? []),
  );
}

/** Everything in a run's own folder that says more about the run. */
export const sidecarsIn = (dir: SourceDir): SourceFile[] =>
  [...dir.files.values()].filter(
    ({ name }) => isRunFile(name) || configName.test(name) || commitName.test(name) || packagesName.test(name) || patchName.test(name),
  );

/** Files of a run's own folder to list as its artifacts. */
export const artifactsIn = (dir: SourceDir): SourceFile[] => [...dir.files.values()].filter(({ name }) => artifactName.test(name));
