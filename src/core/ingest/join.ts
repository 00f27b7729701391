// Which claims describe one run: what lies side by side in a folder, and the configuration above it (docs/decisions/0264).

import type { SourceDir } from '../source/source';
import type { ReaderClaim } from './claims';

/** Claims to be read together; one alone where nothing lies beside it. */
export interface ClaimGroup<J extends ReaderClaim = ReaderClaim> {
  /** The folder that the joined run is: paths of its artifacts and evidence are relative to it. */
  readonly root: SourceDir;
  /** Those that give runs. */
  readonly members: readonly J[];
  /** Those that only say what was run. */
  readonly companions: readonly J[];
}

/** Up to here a reader knows the form of a file and not whose it is: two such logs are one run's only if they are called alike. */
const handMade = 0.5;

export const isHandMade = ({ claim }: ReaderClaim): boolean => claim.confidence <= handMade;

/**
 * Puts claims of one tree together: members at or below a companion's folder (the nearest one above them), else claims of different
 * readers on the very same folder. Whether they are one run is known when they are read (`readGroup`).
 * @returns groups in the order of their first claim
 */
export function joinClaims<J extends ReaderClaim>(claims: readonly J[]): readonly ClaimGroup<J>[] {
  const companions = byFolder(claims.filter(({ claim }) => claim.companion));
  const below = new Map<SourceDir, J[]>([...companions.keys()].map((dir) => [dir, []]));
  const free: J[] = [];
  for (const one of claims) if (!one.claim.companion) (below.get(folderAbove(one.claim.root, companions) as SourceDir) ?? free).push(one);
  const groups: ClaimGroup<J>[] = [...below].map(([root, members]) => ({ root, members, companions: companions.get(root) as J[] }));
  for (const [root, members] of byFolder(free)) for (const set of besideEachOther(members)) groups.push({ root, members: set, companions: [] });
  const places = new Map(claims.map((one, place) => [one, place]));
  const placeOf = ({ members, companions: own }: ClaimGroup<J>): number =>
    Math.min(...[members[0], own[0]].map((one) => (one && places.get(one)) ?? Number.POSITIVE_INFINITY));
  return groups
    .map((group) => ({ group, place: placeOf(group) }))
    .sort((a, b) => a.place - b.place)
    .map(({ group }) => group);
}

function folderAbove(dir: SourceDir, folders: ReadonlyMap<SourceDir, unknown>): SourceDir | null {
  for (let at: SourceDir | null = dir; at !== null; at = at.parent) if (folders.has(at)) return at;
  return null;
}

function byFolder<J extends ReaderClaim>(claims: readonly J[]): Map<SourceDir, J[]> {
  const folders = new Map<SourceDir, J[]>();
  for (const one of claims) {
    const known = folders.get(one.claim.root);
    if (known) known.push(one);
    else folders.set(one.claim.root, [one]);
  }
  return folders;
}

/** Several claims of one reader on a folder are runs of their own. Of hand-made logs alone those of one name belong together. */
function besideEachOther<J extends ReaderClaim>(claims: readonly J[]): readonly (readonly J[])[] {
  const counts = new Map<string, number>();
  for (const { reader } of claims) counts.set(reader.meta.id, (counts.get(reader.meta.id) ?? 0) + 1);
  const isOnly = ({ reader }: J): boolean => counts.get(reader.meta.id) === 1;
  const repeated = claims.filter((one) => !isOnly(one)).map((one) => [one]);
  const single = claims.filter(isOnly);
  if (single.some((one) => !isHandMade(one))) return [single, ...repeated];
  const named = new Map<string, J[]>();
  for (const one of single) named.set(stemOf(one), [...(named.get(stemOf(one)) ?? []), one]);
  return [...named.values(), ...repeated];
}

const stemOf = ({ claim }: ReaderClaim): string => (claim.key[0]?.name ?? '').replace(/\.gz$/i, '').replace(/\.[^.]*$/, '');
