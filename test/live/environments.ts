// The Python environments that scripts/live.mjs made: an interpreter per folder of this lane, or why there is none.

type Environment = { readonly python: string } | { readonly why: string };

const told = process.env.DIPTYCH_LIVE;
if (told === undefined) throw new Error('run this with npm run test:live');

/** Folder of test/live → its environment. */
export const environments = JSON.parse(told) as Readonly<Record<string, Environment>>;

/** The interpreter of a folder, or null where it could not be had (the lane has said why). */
export function pythonOf(folder: string): string | null {
  const found = environments[folder];
  return found && 'python' in found ? found.python : null;
}
