// G-09: large files are kept once, and not longer than they are of use.

import type { Run } from '../../model/run';
import type { Value } from '../../model/values';
import { type LimitName, projectLimits } from '../../project/limits';
import { copiesAmong } from '../artifact-digests';
import { checkpointsOf } from '../checkpoints';
import { claims, type PracticeClaim, type PracticeContext, type PracticeRule } from '../rule';
import { idsOf, largest, megabytes, mostShown, namesOf, sharedFramework, times } from '../scopes';

const fewestCheckpoints = 6;

export const rule: PracticeRule = {
  meta: {
    id: 'G-09',
    title: 'Large files once, and not for ever',
    check:
      'Artifacts with the same bytes in several places, and checkpoints of every epoch without an end, that cost more than 100 MB together; params and tags over 50 MB; runs with files over 100 MB inside a Git repository that does not ignore them. Bytes to be saved are given. Sizes and digests are those known: a file that was not hashed is no copy.',
    severity: 'warn',
    optIn: false,
  },
  check: (context) => claims([copies(context), checkpoints(context), values(context), committed(context)].filter((claim) => claim !== null)),
  examples: [
    { given: { runs: [copy(0), copy(1), copy(2)] }, claims: 1 },
    { given: { runs: [{ artifacts: Array.from({ length: 12 }, (_, epoch) => model(`ckpt/epoch=${epoch}.ckpt`, 30_000_000)) }] }, claims: 1 },
    { given: { runs: [{ params: { blob: 'x'.repeat(200) } }], project: { limits: { valueBytes: 100 } } }, claims: 1 },
    { given: { runs: [{ artifacts: [model('model.pt', 200_000_000)] }], repository: ['mlruns/1'] }, claims: 1 },
    { given: { runs: [{ artifacts: [model('model.pt', 200_000_000)] }], repository: ['!mlruns/1'] }, claims: 0 },
    { given: { runs: [{ artifacts: Array.from({ length: 12 }, (_, epoch) => model(`ckpt/epoch=${epoch}.ckpt`, 3_000)) }] }, claims: 0 },
    { given: { runs: [{ artifacts: Array.from({ length: 8 }, (_, shard) => model(`model-0000${shard + 1}-of-00008.safetensors`, 900_000_000)) }] }, claims: 0 },
    { given: { runs: [{ artifacts: Array.from({ length: 10 }, (_, fold) => model(`fold_${fold}.pkl`, 90_000_000)) }] }, claims: 0 },
    { given: { runs: [{ artifacts: [model('a.pt', 90_000_000)] }, { artifacts: [model('b.pt', 90_000_000)] }] }, claims: 0 },
  ],
};

function model(path: string, size: number): Run['artifacts'][number] {
  return { path, size, kind: 'file' };
}

function copy(index: number): Partial<Run> {
  return {
    artifacts: [model('data.npz', 80_000_000)],
    sources: [{ reader: 'example', files: [], digests: { [`run-${index}/data.npz`]: 'aa' } }],
  };
}

const limitOf = ({ project }: PracticeContext, name: LimitName): number => project.limits[name] ?? projectLimits[name].value;

function copies(context: PracticeContext): PracticeClaim | null {
  const found = copiesAmong(context.runs);
  const saved = found.reduce((sum, one) => sum + one.saved, 0);
  const [first] = found;
  if (!first || saved < limitOf(context, 'savedBytes')) return null;
  const runs = [...new Set(found.flatMap(({ places }) => places.map(({ run }) => run)))];
  return {
    runs: idsOf(runs),
    summary: `${times(found.length, 'file')} ${found.length === 1 ? 'lies' : 'lie'} several times with the same bytes, ${first.places[0]?.path} ${first.places.length} times: ${megabytes(saved)} could be saved.`,
    evidence: {
      saved_bytes: saved,
      files: found.slice(0, mostShown).map(({ digest, size, places, saved: bytes }) => ({
        digest,
        size,
        saved_bytes: bytes,
        places: places.slice(0, mostShown).map(({ run, path }) => `${run.id}: ${path}`),
      })),
      files_in_all: found.length,
    },
    caveat: 'A store that keeps equal content once on disk saves nothing more.',
    advice: { text: 'Keep data and pre-trained weights once, and record path and digest in the run.' },
  };
}

function checkpoints(context: PracticeContext): PracticeClaim | null {
  const every = limitOf(context, 'keepEvery');
  const found = context.runs.flatMap((run) => {
    const saved = checkpointsOf(run).filter(({ step }) => step !== null);
    if (saved.length < fewestCheckpoints) return [];
    // Best, last and every k-th stay; which is best does not matter for the sum.
    const kept = 2 + Math.floor(saved.length / every);
    const bytes = saved.reduce((sum, one) => sum + one.bytes, 0) * Math.max(0, 1 - kept / saved.length);
    return [{ run, count: saved.length, bytes }];
  });
  const bytes = found.reduce((sum, one) => sum + one.bytes, 0);
  if (found.length === 0 || bytes < limitOf(context, 'savedBytes')) return null;
  const runs = found.map(({ run }) => run);
  const framework = sharedFramework(runs);
  return {
    runs: idsOf(runs),
    summary: `${times(runs.length, 'run')} ${runs.length === 1 ? 'keeps' : 'keep'} every checkpoint (${largest(found.map(({ count }) => count))} in one): about ${megabytes(bytes)} could be saved.`,
    evidence: {
      keep_every: every,
      saved_bytes: Math.round(bytes),
      runs: found.slice(0, mostShown).map(({ run, count, bytes: own }) => ({ run: run.id, checkpoints: count, saved_bytes: Math.round(own) })),
    },
    caveat: 'Some studies need the checkpoints of the whole training.',
    advice: {
      text: 'Keep the best, the last and every tenth checkpoint.',
      ...(framework === 'lightning'
        ? { code: 'ModelCheckpoint(monitor="val/loss", save_top_k=1, save_last=True)' }
        : framework === 'transformers'
          ? { code: 'TrainingArguments(save_total_limit=2, load_best_model_at_end=True)' }
          : framework === 'keras'
            ? { code: 'ModelCheckpoint("best.keras", monitor="val_loss", save_best_only=True)' }
            : {}),
    },
  };
}

function values(context: PracticeContext): PracticeClaim | null {
  const limit = limitOf(context, 'valueBytes');
  const found = context.runs.flatMap((run) =>
    [...Object.entries(run.params), ...Object.entries(run.tags)].filter(([, value]) => lengthOf(value) > limit).map(([key]) => ({ run, key })),
  );
  const [first] = found;
  if (!first) return null;
  return {
    runs: idsOf([...new Set(found.map(({ run }) => run))]),
    summary: `${times(found.length, 'param or tag', 'params or tags')} ${found.length === 1 ? 'is' : 'are'} larger than ${megabytes(limit)}: ${first.key.slice(0, 60)}.`,
    evidence: { limit, values: found.slice(0, mostShown).map(({ run, key }) => ({ run: run.id, key: key.slice(0, 200) })) },
    caveat: 'Its size is counted as text.',
    advice: { text: 'Save it as an artifact and record its path.' },
  };
}

const lengthOf = (value: Value): number => (typeof value === 'string' ? value.length : 0);

/** Whether they are committed is not known; that nothing keeps them out is. */
function committed(context: PracticeContext): PracticeClaim | null {
  if (context.repository === null) return null;
  const limit = limitOf(context, 'fileBytes');
  const found = context.runs.filter(
    ({ id, artifacts }) => context.repository?.folders.get(id)?.ignored === false && artifacts.some(({ kind, size }) => kind === 'file' && (size ?? 0) > limit),
  );
  if (found.length === 0) return null;
  const most = largest(found.flatMap(({ artifacts }) => artifacts.map(({ size }) => size ?? 0)));
  return {
    runs: idsOf(found),
    summary: `${namesOf(found)}: files of up to ${megabytes(most)} lie inside a Git repository that does not ignore them; hosts refuse files over 100 MB.`,
    evidence: { limit, largest_bytes: most, folders: found.slice(0, mostShown).map(({ id }) => context.repository?.folders.get(id)?.path ?? '') },
    caveat: 'They may never be added, or lie in Git LFS.',
    advice: { text: 'Ignore the folder, or track it with DVC or Git LFS.', code: 'git check-ignore -v PATH; git lfs track "*.ckpt"' },
  };
}
