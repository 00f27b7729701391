// Versions of Comet's server: `3.20.60`.

/** @param version null where it is not known: then it is none */
export function isSince(version: string | null, least: readonly number[]): boolean {
  const parts = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version ?? '')?.slice(1) ?? [];
  if (parts.length === 0) return false;
  for (const [at, wanted] of least.entries()) {
    const part = Number(parts[at] ?? 0);
    if (part !== wanted) return part > wanted;
  }
  return true;
}
