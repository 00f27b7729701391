// Turns a glob of modules into a sorted list of members and refuses one whose id is not its place.

interface Member {
  readonly meta: { readonly id: string };
}

/**
 * Members of a registry, sorted by id.
 * @param modules what `import.meta.glob(…, {eager: true, import: …})` returned: path → member
 * @param idOf the id that a path stands for, or null for a path to leave out (`_skeleton`)
 * @throws Error when a member's `meta.id` differs from its folder or file name, or an id repeats
 */
export function registryOf<T extends Member>(modules: Record<string, T>, idOf: (path: string) => string | null): readonly T[] {
  const members = new Map<string, T>();
  for (const [path, member] of Object.entries(modules)) {
    const id = idOf(path);
    if (id === null) continue;
    if (member?.meta?.id !== id) throw new Error(`${path}: its meta.id is '${member?.meta?.id}', its place says '${id}'`);
    if (members.has(id)) throw new Error(`${path}: the id '${id}' is taken`);
    members.set(id, member);
  }
  return [...members.values()].sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1));
}

/** `./mlflow-file/reader.ts` → `mlflow-file`; folders that start with `_` are left out. */
export function folderId(path: string): string | null {
  const id = path.split('/').at(-2) ?? '';
  return id.startsWith('_') ? null : id;
}

/** `./items/R01.ts` → `R01`; files that start with `_` are left out. */
export function fileId(path: string): string | null {
  const id = (path.split('/').at(-1) ?? '').replace(/\.tsx?$/, '');
  return id.startsWith('_') ? null : id;
}
