// Files below a run's `artifacts/`: listed, with its pictures, its models and checkpoints.

import type { RunEvent, RunKey } from '../../model/events';
import type { Checkpoint } from '../../model/facts';
import type { ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, walkDirs } from '../../source/source';
import { ModelEnvironment } from './environment';
import { ArtifactMedia } from './media';

/** A folder of artifacts: the run's own, or that of a model that MLflow 3 keeps beside the runs. */
export interface ArtifactFolder {
  readonly dir: SourceDir;
  /** What is put before a path below it: empty for the run's own, which are named as MLflow names them. */
  readonly prefix: string;
  /** Step of the logged model that the folder holds. */
  readonly step: number | null;
}

const modelFile = 'MLmodel';
const weights = /\.(ckpt|pth?|safetensors|h5|keras)$/i;
const mostEvidence = 20;

/** Lists the run's own artifacts; tells media, models, checkpoints, packages and Python. */
export async function* artifactEvents(
  run: RunKey,
  folders: readonly ArtifactFolder[],
  tags: Readonly<Record<string, string>>,
  context: ReadContext,
): AsyncGenerator<RunEvent> {
  const media = new ArtifactMedia(tags);
  const checkpoints: Checkpoint[] = [];
  const evidence: string[] = [];
  const environment = new ModelEnvironment();
  for (const { dir: base, prefix, step } of folders) {
    const models: SourceDir[] = [];
    for (const dir of walkDirs(base)) {
      const inModel = models.some((model) => dir === model || dir.path.startsWith(`${model.path}/`));
      const isModel = dir.files.has(modelFile);
      if (isModel && !inModel) {
        models.push(dir);
        checkpoints.push({ path: dir === base ? prefix.replace(/\/$/, '') || '.' : prefix + pathBelow(base, dir), step, digest: null });
        evidence.push(prefix + pathBelow(base, dir.files.get(modelFile) ?? dir));
        await environment.add(dir, base, prefix, context);
      }
      for (const file of dir.files.values()) {
        const path = pathBelow(base, file);
        if (prefix === '') yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
        if (prefix === '' && !isModel && !inModel) media.add(path, file);
        if (isModel || inModel || !weights.test(file.name)) continue;
        checkpoints.push({ path: prefix + path, step: stepOf(path), digest: null });
        evidence.push(prefix + path);
      }
    }
  }
  yield* media.events(run, context.keepMedia);
  if (checkpoints.length > 0)
    yield { kind: 'fact', run, fact: { kind: 'checkpoint', value: checkpoints, evidence: evidence.slice(0, mostEvidence).map((file) => ({ file })) } };
  for (const fact of environment.facts()) yield { kind: 'fact', run, fact };
}

/** `epoch=4-step=115.ckpt` → 115. */
function stepOf(path: string): number | null {
  const digits = /(?:^|[^a-z])step[=_](\d{1,15})(?!.*step[=_]\d)/i.exec(path)?.[1];
  return digits === undefined ? null : Number(digits);
}
