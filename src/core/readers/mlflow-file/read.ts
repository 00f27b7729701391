// Reads an experiment's runs, one after another.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { readWhole } from '../../formats/bytes';
import { decodeUtf8 } from '../../formats/text';
import type { RunEvent, RunKey } from '../../model/events';
import type { Dataset, Evidence } from '../../model/facts';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, SourceError, walkFiles } from '../../source/source';
import { type ArtifactFolder, artifactEvents } from '../_mlflow/artifacts';
import { isSystemMetric, statusOf } from '../_mlflow/meta';
import { factsOfSource, factsOfTags, headerOfTags, seedFact } from '../_mlflow/tags';
import { isLitter, type Meta, readMeta } from './meta';
import { type MetricTrouble, metricBatches } from './metrics';
import type { StoreNote } from './reader';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { experiment, runs } = claim.note as StoreNote;
  const folder = experiment ?? runs[0]?.parent ?? null;
  const metaFile = folder?.files.get('meta.yaml');
  const meta = metaFile ? await readMeta(metaFile, context) : null;
  if (runs.length === 0 && !isUnusedDefault(claim.root))
    yield { kind: 'issue', issue: issue('empty', `The MLflow experiment ${meta?.text('name') ?? claim.root.name} has no runs.`, { file: claim.root.path }) };
  const shared = sharedUnchanged(folder, context);
  for (const [run, dir] of runs.entries()) if (!context.memory?.isUnchanged(dir) || !shared) yield* readRun(run, dir, folder, meta, context);
};

/** Whether all that runs take from their experiment is as it was at the last read. */
function sharedUnchanged(experiment: SourceDir | null, { memory }: ReadContext): boolean {
  if (!memory || !experiment) return false;
  const places = [experiment.files.get('meta.yaml'), experiment.dirs.get('datasets'), experiment.dirs.get('models')];
  return places
    .filter((place) => place !== undefined)
    .map((place) => memory.isUnchanged(place))
    .every((same) => same);
}

/** Every store has an experiment `0`, which most people never use: that it is empty is worth telling only where it is all there is. */
const isUnusedDefault = (dir: SourceDir): boolean =>
  dir.name === '0' && [...(dir.parent?.dirs.values() ?? [])].some((other) => other !== dir && other.files.has('meta.yaml'));

async function* readRun(
  run: RunKey,
  dir: SourceDir,
  experiment: SourceDir | null,
  experimentMeta: Meta | null,
  context: ReadContext,
): AsyncGenerator<RunEvent> {
  const metaFile = dir.files.get('meta.yaml');
  const meta = metaFile ? await readMeta(metaFile, context) : null;
  yield { kind: 'begin', run, identity: { nativeId: meta?.text('run_id') ?? meta?.text('run_uuid') ?? dir.name }, path: dir.path };
  const metaIssue = metaTrouble(metaFile !== undefined, meta);
  if (metaIssue) yield { kind: 'issue', run, issue: metaIssue };

  const params = yield* texts(run, 'params', dir, context);
  const tags = yield* texts(run, 'tags', dir, context);
  yield* header(run, meta, tags, experimentMeta, experiment);
  for (const fact of factsOfTags(tags, (key) => ({ file: `tags/${key}`, where: 'line 1' }))) yield { kind: 'fact', run, fact };
  const source = { name: meta?.text('source_name') ?? null, version: meta?.text('source_version') ?? null };
  const field = { name: 'source_name', version: 'source_version' };
  for (const fact of factsOfSource(source, tags, (key) => ({ file: 'meta.yaml', where: `key ${field[key]}` }))) yield { kind: 'fact', run, fact };
  const seed = seedFact(params, (key) => ({ file: `params/${key}`, where: 'line 1' }));
  if (seed) yield { kind: 'fact', run, fact: seed };

  yield* datasets(run, dir, experiment, context);
  yield* artifactEvents(run, await artifactFolders(dir, experiment, context), tags, context);
  yield* metrics(run, dir, context);
  yield { kind: 'end', run };
}

function metaTrouble(there: boolean, meta: Meta | null): Issue | null {
  const place = { file: 'meta.yaml' };
  if (!there) return issue('missing-file', 'The run’s meta.yaml is not there: name, status and times are unknown.', place);
  if (!meta) return issue('bad-record', 'The run’s meta.yaml is empty or half-written: name, status and times are unknown.', place);
  return meta.cut ? issue('truncated', 'The run’s meta.yaml ends in the middle of a line: fields may be missing.', place) : null;
}

/** Params or tags: one file each, its name the path below the folder. */
async function* texts(run: RunKey, kind: 'params' | 'tags', dir: SourceDir, context: ReadContext): AsyncGenerator<RunEvent, Readonly<Record<string, string>>> {
  const folder = dir.dirs.get(kind);
  const found: [string, string][] = [];
  const limits = { wholeFileBytes: context.limits.recordBytes };
  for (const file of folder ? walkFiles(folder) : []) {
    if (isLitter(file.name)) continue;
    context.signal.throwIfAborted();
    const key = pathBelow(folder as SourceDir, file);
    try {
      const { text, bad } = decodeUtf8(await readWhole(file, limits, context.signal));
      context.progress(file.size);
      found.push([key, text]);
      if (bad) yield { kind: 'issue', run, issue: issue('bad-utf8', `${kind}/${key} is not valid UTF-8.`, { file: `${kind}/${key}` }) };
    } catch (error) {
      yield { kind: 'issue', run, issue: sourceIssue(error, `${kind}/${key}`) };
    }
  }
  const values = Object.fromEntries(found);
  yield { kind, run, values };
  return values;
}

function* header(
  run: RunKey,
  meta: Meta | null,
  tags: Readonly<Record<string, string>>,
  experimentMeta: Meta | null,
  experiment: SourceDir | null,
): Generator<RunEvent> {
  const stage = meta?.text('lifecycle_stage') ?? 'active';
  const inBin = experiment?.parent?.name === '.trash';
  const experimentStage = inBin ? 'deleted' : (experimentMeta?.text('lifecycle_stage') ?? 'active');
  const started = meta?.number('start_time') ?? null;
  const ended = meta?.number('end_time') ?? null;
  yield {
    kind: 'header',
    run,
    set: {
      name: meta?.text('run_name') ?? meta?.text('name') ?? tags['mlflow.runName'] ?? null,
      experiment: experimentMeta?.text('name') ?? null,
      ...statusOf(meta?.text('status') ?? null),
      startedMs: started === null ? null : epochMs(started),
      endedMs: ended === null ? null : epochMs(ended),
      user: meta?.text('user_id') ?? tags['mlflow.user'] ?? null,
      deleted: stage === 'deleted' || experimentStage === 'deleted',
      ...headerOfTags(tags),
    },
  };
  if (stage === 'deleted')
    yield { kind: 'fact', run, fact: { kind: 'lifecycle_stage', value: stage, evidence: [{ file: 'meta.yaml', where: 'key lifecycle_stage', value: stage }] } };
  if (experimentStage === 'deleted')
    yield {
      kind: 'fact',
      run,
      fact: {
        kind: 'experiment_lifecycle_stage',
        value: experimentStage,
        evidence: [{ file: '../meta.yaml', where: 'key lifecycle_stage', value: experimentStage }],
      },
    };
  const own = meta?.text('experiment_id');
  const of = experimentMeta?.text('experiment_id') ?? null;
  if (own && of && own !== of)
    yield {
      kind: 'issue',
      run,
      issue: issue(
        'bad-value',
        `The run says that it belongs to experiment ${own}, but lies in the folder of experiment ${of}; MLflow itself would not show it.`,
        { file: 'meta.yaml', where: 'key experiment_id' },
      ),
    };
}

/** Data sets that the run names as inputs; their description lies beside the experiment's runs. */
async function* datasets(run: RunKey, dir: SourceDir, experiment: SourceDir | null, context: ReadContext): AsyncGenerator<RunEvent> {
  const found: Dataset[] = [];
  const evidence: Evidence[] = [];
  for (const input of dir.dirs.get('inputs')?.dirs.values() ?? []) {
    const file = input.files.get('meta.yaml');
    const meta = file ? await readMeta(file, context) : null;
    const id = meta?.text('source_id');
    if (!meta || !id || (meta.text('source_type') ?? 'DATASET') !== 'DATASET') continue;
    const described = experiment?.dirs.get('datasets')?.dirs.get(id)?.files.get('meta.yaml');
    const dataset = described ? await readMeta(described, context) : null;
    if (!dataset) {
      yield {
        kind: 'issue',
        run,
        issue: issue('missing-file', `The data set ${id} that the run names is not described in the store.`, { file: `inputs/${input.name}/meta.yaml` }),
      };
      continue;
    }
    const name = dataset.text('name') ?? id;
    const digest = dataset.text('digest');
    found.push({ name, digest, source: dataset.text('source'), context: meta.nested('tags', 'mlflow.data.context') });
    evidence.push({ file: `inputs/${input.name}/meta.yaml`, where: 'key source_id', value: `${name} @ ${digest ?? 'no digest'}` });
  }
  if (found.length > 0) yield { kind: 'fact', run, fact: { kind: 'datasets', value: found, evidence } };
}

/** The run's own artifacts, and the models that it logged beside the runs (MLflow 3). */
async function artifactFolders(dir: SourceDir, experiment: SourceDir | null, context: ReadContext): Promise<readonly ArtifactFolder[]> {
  const folders: ArtifactFolder[] = [];
  const own = dir.dirs.get('artifacts');
  if (own) folders.push({ dir: own, prefix: '', step: null });
  for (const output of dir.dirs.get('outputs')?.dirs.values() ?? []) {
    const model = experiment?.dirs.get('models')?.dirs.get(output.name)?.dirs.get('artifacts');
    const meta = output.files.get('meta.yaml');
    const step = meta ? ((await readMeta(meta, context))?.number('step') ?? null) : null;
    if (model) folders.push({ dir: model, prefix: `../models/${output.name}/artifacts/`, step });
  }
  return folders;
}

async function* metrics(run: RunKey, dir: SourceDir, context: ReadContext): AsyncGenerator<RunEvent> {
  const folder = dir.dirs.get('metrics');
  if (!folder) return;
  let series = 0;
  let inexact: string | null = null;
  for (const file of walkFiles(folder)) {
    if (isLitter(file.name)) continue;
    const name = pathBelow(folder, file);
    const trouble: MetricTrouble = { badLine: null, badLines: 0, truncated: false };
    yield { kind: 'series', run, series, key: { name, context: {} }, system: isSystemMetric(name) };
    try {
      for await (const batch of metricBatches(file, context, trouble)) {
        if (batch.exactSteps) inexact ??= name;
        yield { kind: 'points', run, series, ...batch };
      }
    } catch (error) {
      yield { kind: 'issue', run, issue: sourceIssue(error, `metrics/${name}`) };
    }
    yield* troubleIssues(run, `metrics/${name}`, trouble);
    series++;
  }
  if (inexact !== null)
    yield {
      kind: 'issue',
      run,
      issue: issue('precision', `Steps of ${inexact} are larger than a 64-bit float can hold exactly.`, { file: `metrics/${inexact}` }),
    };
}

function* troubleIssues(run: RunKey, file: string, { badLine, badLines, truncated }: MetricTrouble): Generator<RunEvent> {
  if (badLine !== null)
    yield {
      kind: 'issue',
      run,
      issue: issue('bad-record', badLines === 1 ? 'A line is no point and was skipped.' : `${badLines} lines are no points and were skipped.`, {
        file,
        where: `line ${badLine}`,
      }),
    };
  if (truncated) yield { kind: 'issue', run, issue: issue('truncated', 'The last line has no line feed: it may be half of one and was left out.', { file }) };
}

/** Trouble with one file is an issue of the run; anything else is a bug or a cancel and goes on up. */
function sourceIssue(error: unknown, file: string) {
  if (error instanceof SourceError) return issue(error.code, error.message, { file });
  throw error;
}
