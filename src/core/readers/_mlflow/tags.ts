// What MLflow's own tags and the params say beyond themselves: header fields and facts.

import type { Fact } from '../../model/facts';
import type { RunHeader } from '../../model/run';
import type { Values } from '../../model/values';

type Texts = Readonly<Record<string, string>>;

/** Header fields that live in tags. */
export function headerOfTags(tags: Texts): Partial<RunHeader> {
  const parent = tags['mlflow.parentRunId'];
  const notes = tags['mlflow.note.content'];
  return { ...(parent ? { parent } : {}), ...(notes ? { notes } : {}) };
}

/** Facts from tags; the evidence is the tag's own place. */
export function factsOfTags(tags: Texts, place: (key: string) => { readonly file: string; readonly where?: string }): readonly Fact[] {
  const facts: Fact[] = [];
  const text = (kind: 'git_commit' | 'git_branch' | 'git_patch' | 'entry_point' | 'container', ...keys: readonly string[]): void => {
    const key = keys.find((name) => tags[name]);
    if (key) facts.push({ kind, value: tags[key] as string, evidence: [evidence(key)] });
  };
  const evidence = (key: string) => ({ ...place(key), value: (tags[key] as string).slice(0, 500) });
  text('git_commit', 'mlflow.source.git.commit');
  text('git_branch', 'mlflow.source.git.branch', 'mlflow.gitBranchName');
  text('git_patch', 'mlflow.source.git.diff');
  text('entry_point', 'mlflow.source.name');
  text('container', 'mlflow.docker.image.id', 'mlflow.docker.image.uri');
  const remote = ['mlflow.source.git.repoURL', 'mlflow.gitRepoURL'].find((key) => tags[key]);
  if (remote) {
    const value = withoutUser(tags[remote] as string);
    facts.push({ kind: 'git_remote', value, evidence: [{ ...place(remote), value }] });
  }
  const dirty = tags['mlflow.source.git.dirty'];
  if (dirty) facts.push({ kind: 'git_dirty', value: /^true$/i.test(dirty), evidence: [evidence('mlflow.source.git.dirty')] });
  return facts;
}

/** `https://user:token@host/…` → `https://host/…`: an address never carries a password on. */
const withoutUser = (address: string): string => address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');

const seedName = /(^|[./])((random|global)_?)?seed$|(^|[./])random_state$/i;

/** The seed among params: MLflow keeps none by itself. */
export function seedFact(params: Values, place: (key: string) => { readonly file: string; readonly where?: string }): Fact | null {
  const key = Object.keys(params).find((name) => seedName.test(name));
  const text = key === undefined ? undefined : params[key];
  if (key === undefined || typeof text !== 'string' || !/^\s*[+-]?\d+\s*$/.test(text)) return null;
  const number = Number(text);
  return { kind: 'seed', value: Number.isSafeInteger(number) ? number : text.trim(), evidence: [{ ...place(key), value: text }] };
}
