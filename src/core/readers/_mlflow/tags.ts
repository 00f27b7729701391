// What MLflow's own tags and the params say beyond themselves: header fields and facts.

import type { Evidence, Fact } from '../../model/facts';
import type { RunHeader } from '../../model/run';
import type { Values } from '../../model/values';

type Texts = Readonly<Record<string, string>>;
type Place = Pick<Evidence, 'file' | 'where'>;

/** Header fields that live in tags. */
export function headerOfTags(tags: Texts): Partial<RunHeader> {
  const parent = tags['mlflow.parentRunId'];
  const notes = tags['mlflow.note.content'];
  return { ...(parent ? { parent } : {}), ...(notes ? { notes } : {}) };
}

/** Facts from tags; the evidence is the tag's own place. */
export function factsOfTags(tags: Texts, place: (key: string) => Place): readonly Fact[] {
  const facts: Fact[] = [];
  const tell = (kind: 'git_commit' | 'git_branch' | 'git_remote' | 'git_patch' | 'entry_point' | 'container', ...keys: readonly string[]): void => {
    for (const key of keys) {
      if (!tags[key]) continue;
      const value = withoutUser(tags[key]);
      facts.push({ kind, value, evidence: [{ ...place(key), value: value.slice(0, 500) }] });
      return;
    }
  };
  tell('git_commit', 'mlflow.source.git.commit');
  tell('git_branch', 'mlflow.source.git.branch', 'mlflow.gitBranchName');
  tell('git_remote', 'mlflow.source.git.repoURL', 'mlflow.gitRepoURL');
  tell('git_patch', 'mlflow.source.git.diff');
  tell('entry_point', 'mlflow.source.name');
  tell('container', 'mlflow.docker.image.id', 'mlflow.docker.image.uri');
  const dirty = tags['mlflow.source.git.dirty'];
  if (dirty) facts.push({ kind: 'git_dirty', value: /^true$/i.test(dirty), evidence: [{ ...place('mlflow.source.git.dirty'), value: dirty.slice(0, 500) }] });
  return facts;
}

/** `https://user:token@host/…` → `https://host/…`: an address never carries a password on. */
const withoutUser = (address: string): string => address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');

/** What stands in the run's own record, where MLflow kept it before it had tags (until 2018). */
export interface SourceFields {
  readonly name: string | null;
  readonly version: string | null;
}

/** Facts from those fields, for runs that have no tag for them. */
export function factsOfSource(source: SourceFields, tags: Texts, place: (field: keyof SourceFields) => Place): readonly Fact[] {
  const facts: Fact[] = [];
  if (source.name && !tags['mlflow.source.name']) {
    const value = withoutUser(source.name);
    facts.push({ kind: 'entry_point', value, evidence: [{ ...place('name'), value }] });
  }
  if (source.version && /^[0-9a-f]{40}$/i.test(source.version) && !tags['mlflow.source.git.commit'])
    facts.push({ kind: 'git_commit', value: source.version, evidence: [{ ...place('version'), value: source.version }] });
  return facts;
}

/** By the last part of the name, so that `data.seed` counts; a seed of the split alone is a setting like others. */
const seedName =
  /(?:^|[./])(?:(?:random|rng|global|manual|torch|numpy|np|python|train(?:ing)?)[_-]?)?seed$|(?:^|[./])seed_everything$|(?:^|[./])random_state$/i;

/** The seed among params, `seed` itself before others: MLflow has no place of its own for it. */
export function seedFact(params: Values, place: (key: string) => Place): Fact | null {
  for (const key of ['seed', ...Object.keys(params)]) {
    const text = seedName.test(key) && Object.hasOwn(params, key) ? params[key] : undefined;
    if (typeof text !== 'string' || !/^\s*[+-]?\d+\s*$/.test(text)) continue;
    const number = Number(text);
    return { kind: 'seed', value: Number.isSafeInteger(number) ? number : text.trim(), evidence: [{ ...place(key), value: text }] };
  }
  return null;
}
