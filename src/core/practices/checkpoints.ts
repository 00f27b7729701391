// Checkpoints among the artifacts of a run: which step each was saved at, which to keep.

import { factValue } from '../model/facts';
import type { Artifact, Run, Series } from '../model/run';
import type { Project } from '../project/project';
import { gather } from './scopes';

export interface SavedCheckpoint {
  /** The file, or the folder that holds its files. */
  readonly path: string;
  readonly files: readonly Artifact[];
  readonly bytes: number;
  /** Step or epoch in the name, or as recorded; null where neither tells. */
  readonly step: number | null;
}

const file = /\.(ckpt|pt|pth|safetensors|h5|hdf5|keras|weights|pkl|bin|msgpack|index|data-\d+-of-\d+)$/i;
const folder = /^(.*?(?:checkpoint|ckpt|epoch|step|iter)[-_=]?\d+[^/]*)\/.+$/i;
const stepIn = /(?:step|iter(?:ation)?|global_step|checkpoint|ckpt)[-_=]?(\d+)/i;
const epochIn = /epoch[-_=]?(\d+)/i;
const numbered = /(\d+)(?=\.[a-z0-9]+$|$)/i;

/** Checkpoints in the order of their steps; optimizer and model of one folder are one. */
export function checkpointsOf(run: Run): readonly SavedCheckpoint[] {
  const recorded = new Map((factValue(run.facts, 'checkpoint') ?? []).map(({ path, step }) => [path, step] as const));
  const places = new Map<string, Artifact[]>();
  for (const artifact of run.artifacts) {
    if (artifact.kind !== 'file' || !(file.test(artifact.path) || recorded.has(artifact.path))) continue;
    const place = folder.exec(artifact.path)?.[1] ?? artifact.path;
    gather(places, place, artifact);
  }
  return [...places]
    .map(([path, files]) => ({ path, files, bytes: files.reduce((sum, { size }) => sum + (size ?? 0), 0), step: recorded.get(path) ?? stepOf(path) }))
    .sort((a, b) => (a.step ?? -1) - (b.step ?? -1) || (a.path < b.path ? -1 : 1));
}

/** Numbers that count something else than training. */
const otherNumber = /fold|shard|part|seed|split|cv[-_]?\d|-\d+-of-\d+/i;

function stepOf(path: string): number | null {
  const name = path.split('/').at(-1) as string;
  if (otherNumber.test(name)) return null;
  const digits = stepIn.exec(name)?.[1] ?? epochIn.exec(name)?.[1] ?? numbered.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

const bestName = /(^|[^a-z])best([^a-z]|$)/i;
const lastName = /(^|[^a-z])(last|final|latest)([^a-z]|$)/i;

export interface Retention {
  readonly keep: readonly SavedCheckpoint[];
  readonly free: readonly SavedCheckpoint[];
  readonly bytes: number;
  /** How the best was known. */
  readonly best: string;
}

/** What could go when best, last and every k-th are kept; null where the best is not known, for then nothing is safe to delete. */
export function retentionOf(run: Run, every: number, project: Project): Retention | null {
  const saved = checkpointsOf(run);
  const numberedOnes = saved.filter(({ step, path }) => step !== null && !bestName.test(path) && !lastName.test(path));
  const named = saved.some(({ path }) => bestName.test(path));
  const nearest = named ? null : bestByMetric(run, numberedOnes, project);
  if (numberedOnes.length < 3 || (!named && nearest === null)) return null;
  const last = numberedOnes.at(-1);
  const free = numberedOnes.filter((one, index) => one !== last && one !== nearest?.checkpoint && index % every !== 0);
  return {
    keep: saved.filter((one) => !free.includes(one)),
    free,
    bytes: free.reduce((sum, { bytes }) => sum + bytes, 0),
    best: named ? 'a checkpoint is named best' : (nearest?.metric as string),
  };
}

/** The checkpoint saved at the best step of the contract's metric, or of the run's only held-out loss; it must be at that very step. */
function bestByMetric(run: Run, saved: readonly SavedCheckpoint[], project: Project): { readonly checkpoint: SavedCheckpoint; readonly metric: string } | null {
  const metric = project.contract?.metric;
  const candidates = run.series.filter((series) => (metric === undefined ? series.role === 'loss' && series.split === 'val' : series.name === metric));
  const [series] = candidates;
  if (!series || candidates.length > 1) return null;
  const at = bestStep(series, project);
  const checkpoint = at === null ? undefined : saved.find(({ step }) => step === at);
  return checkpoint ? { checkpoint, metric: `${series.name} is best at step ${at}` } : null;
}

function bestStep(series: Series, { contract }: Project): number | null {
  const direction = (series.name === contract?.metric ? contract.direction : undefined) ?? series.direction;
  return direction === 'min' ? series.minStep : direction === 'max' ? series.maxStep : null;
}
