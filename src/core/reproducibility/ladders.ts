// How strong evidence of data and environment is: S0 to S4 and E0 to E4. S3, E3 and up pin; below that a change can pass unseen.

import { type Dataset, factValue } from '../model/facts';
import type { Run } from '../model/run';
import { artifactsLike, lockFile } from './evidence';
import type { CheckContext } from './item';

export type DataLevel = 'S1' | 'S2' | 'S3' | 'S4';
export type EnvironmentLevel = 'E0' | 'E1' | 'E2' | 'E3' | 'E4';

const contentHash = /^(sha256:|sha1:|md5:)?([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(\.dir)?$/i;
const commitId = /^([0-9a-f]{40}|[0-9a-f]{64})$/i;
/** Registries number versions without gaps and never change one: W&B `v12`, a commit behind `@`, numbers of Delta and LakeFS. */
const registryVersion = /^v\d+$|@[0-9a-f]{7,64}$/i;
const registrySource = /(^|[/:])(delta|lakefs)\b|:v\d+$|@[0-9a-f]{7,64}$/i;

/**
 * Strength of what pins a data set. S4: a hash of all content or a full commit; S3: an immutable version of a registry;
 * S2: a short digest, which trackers make of a sample; S1: a name, path, branch or tag, which can move.
 */
export function dataLevel({ digest, version, source, name }: Dataset): DataLevel {
  if ((digest && contentHash.test(digest)) || (version && (commitId.test(version) || contentHash.test(version)))) return 'S4';
  if ((version && registryVersion.test(version)) || registrySource.test(name) || (version && /^\d+$/.test(version) && source && registrySource.test(source)))
    return 'S3';
  return digest ? 'S2' : 'S1';
}

export const dataLevelTexts: Readonly<Record<DataLevel, string>> = {
  S4: 'S4: hash of the whole content',
  S3: 'S3: immutable version of a registry',
  S2: 'S2: digest that is short or over a sample',
  S1: 'S1: name only, or a version that can move',
};

export const environmentLevelTexts: Readonly<Record<EnvironmentLevel, string>> = {
  E4: 'E4: image by its digest, and a lock file',
  E3: 'E3: lock file, full freeze or image by its digest',
  E2: 'E2: packages that were imported or declared, or an image by its tag',
  E1: 'E1: packages without pinned versions',
  E0: 'E0: nothing',
};

/** A list that a tool made of all that was installed, by the name of its file. */
export const freezeFile = /(^|[/_.-])(pip[_-]?freeze|freeze|frozen)[^/]*\.(txt|lock)$/i;

export function environmentLevel({ run, records }: Pick<CheckContext, 'run' | 'records'>): EnvironmentLevel {
  const image = factValue(run.facts, 'container') ?? '';
  const pinnedImage = /sha256:[0-9a-f]{64}/i.test(image);
  const locked = artifactsLike(run, lockFile).length > 0;
  if (locked || pinnedImage) return locked && pinnedImage ? 'E4' : 'E3';
  if (artifactsLike(run, freezeFile).length > 0) return 'E3';
  const versions = Object.values(factValue(run.facts, 'packages') ?? {});
  const pinned = versions.filter((version) => version !== '').length;
  if (pinned > 0 && pinned === versions.length && (records.packages === 'auto' || isFreeze(run))) return 'E3';
  if (pinned > 0 || image !== '') return 'E2';
  return versions.length > 0 ? 'E1' : 'E0';
}

const isFreeze = (run: Run): boolean => run.facts.some(({ kind, evidence }) => kind === 'packages' && evidence.some(({ file }) => freezeFile.test(file)));
