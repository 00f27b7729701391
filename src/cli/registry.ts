// The verbs, found by a glob: a new file in verbs/ is a new verb. Each is loaded only when it is used.

import type { Verb } from './verb';

const loaders = import.meta.glob<Verb>('./verbs/*.ts', { import: 'verb' });
const idOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.ts'.length);

export const verbIds: readonly string[] = Object.keys(loaders).map(idOf).sort();

/** @throws Error when its `meta.id` is not its file's name */
export async function loadVerb(id: string): Promise<Verb> {
  const verb = await loaders[`./verbs/${id}.ts`]?.();
  if (verb?.meta.id !== id) throw new Error(`verbs/${id}.ts: its meta.id is '${verb?.meta.id}'`);
  return verb;
}
