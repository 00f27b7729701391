// Reads the runs of a project: curves, the last values, params, and what DVC recorded around them.

import { type Issue, issue } from '../../base/issues';
import { joinBytes, readExactly } from '../../formats/bytes';
import { flatten } from '../../formats/flatten';
import { readJsonFile } from '../../formats/json-file';
import { numberOf } from '../../formats/numbers';
import { seedFacts } from '../../formats/seed';
import { readYamlFile } from '../../formats/yaml-file';
import type { RunEvent, RunKey } from '../../model/events';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { dirAt, pathBelow, type SourceDir, SourceError, type SourceFile, walkFiles } from '../../source/source';
import { type PlotSettings, plotEvents, plotSettings } from './plots';
import { projectOf } from './project';
import { type LiveClaim, type LiveFolder, metricsFolder } from './reader';
import { readMetricTable } from './table';

const identityBytes = 4096;
const batchPoints = 65_536;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { runs, project } = claim.note as LiveClaim;
  const files = new Set(claim.files);
  const owned = (dir: SourceDir | null, name: string): SourceFile | null => {
    const file = dir?.files.get(name);
    return file && files.has(file) ? file : null;
  };
  const issues: Issue[] = [];
  const pipeline = await readYamlFile(owned(project, 'dvc.yaml'), issues, context);
  const lock = await readYamlFile(owned(project, 'dvc.lock'), issues, context);
  const settings = project && runs.some(({ dir }) => dir === project) ? null : await readYamlFile(owned(project, 'params.yaml'), issues, context);
  issues.push(...elsewhere(project, claim));
  for (const one of issues) yield { kind: 'issue', issue: one };
  for (const [run, folder] of runs.entries()) {
    const up = '../'.repeat(project && folder.dir !== project ? pathBelow(project, folder.dir).split('/').length : 0);
    const around = projectOf(pipeline, lock, settings, folder.dir.name, (name) => `${up}${name}`);
    yield* readRun(run, folder, around, owned, files, context, plotSettings(pipeline, project));
  }
};

async function* readRun(
  run: RunKey,
  { dir, tables }: LiveFolder,
  around: ReturnType<typeof projectOf>,
  owned: (dir: SourceDir, name: string) => SourceFile | null,
  files: ReadonlySet<SourceFile>,
  context: ReadContext,
  plots: PlotSettings,
): AsyncGenerator<RunEvent> {
  const issues: Issue[] = [];
  const own = owned(dir, 'params.yaml');
  yield { kind: 'begin', run, identity: { nativeId: null, within: '.', head: await headOf([own, tables[0] ?? null], context) }, path: dir.path };
  const params: Values = { ...around.params, ...flatten(await readYamlFile(own, issues, context)) };
  yield { kind: 'params', run, values: params };
  for (const fact of [...around.facts, ...seedFacts(params, { file: 'params.yaml' })]) yield { kind: 'fact', run, fact };

  const metrics = owned(dir, 'metrics.json');
  if (metrics) {
    const { value, issues: trouble } = await readJsonFile(metrics, context);
    issues.push(...trouble);
    yield { kind: 'summary', run, values: summaryOf(value ?? null) };
  }
  const folder = metricsFolder(dir);
  const taken = new Set([...tables, metrics, own]);
  let series = 0;
  for (const file of tables) {
    if (!folder || !files.has(file)) continue;
    // The column is only the last part of the name: the path has all of it.
    const name = pathBelow(folder, file).replace(/\.tsv$/, '');
    yield { kind: 'series', run, series, key: { name, context: {} }, system: name.startsWith('system/') };
    yield* readPoints(run, series++, file, issues, context);
  }
  for (const file of walkFiles(dir))
    if (files.has(file) && !taken.has(file) && !isPipeline(file.name))
      yield { kind: 'artifact', run, artifact: { path: pathBelow(dir, file), size: file.size, kind: 'file' }, file };
  yield* plotEvents(run, dir, files, plots, context.keepMedia);
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
}

/** Experiments that the project has, and that are not among its files: how to get at them. */
function elsewhere(project: SourceDir | null, { files }: Claim): Issue[] {
  if (!project) return [];
  const told: Issue[] = [];
  const saved = files.find(({ name, path }) => /\.(?:csv|json)$/i.test(name) && project.files.get(name)?.path === path);
  if (saved)
    told.push(
      issue('unsupported', `${saved.name} lists experiments that have no curves here; they were not read.`, {
        file: saved.path,
        severity: 'info',
        tip: `Open ${saved.name} itself to see their params and last values.`,
      }),
    );
  const saves = dirAt(project, '.git/refs/exps');
  const count = saves ? [...walkFiles(saves)].filter(({ path }) => !/\/(?:celery|stash|failed|apply|executor)\b/.test(path)).length : 0;
  if (count > 0 && !saved)
    told.push(
      issue('unsupported', `${count === 1 ? 'One experiment lies' : `${count} experiments lie`} in git alone and ${count === 1 ? 'was' : 'were'} not read.`, {
        file: saves!.path,
        severity: 'info',
        tip: 'Run `dvc exp show --json > experiments.json` in the project and open that file, or `dvc exp apply <name>` for one with its curves.',
      }),
    );
  return told;
}

const isPipeline = (name: string): boolean => name === 'dvc.yaml' || name === 'dvc.lock';

/** Nothing native names a run: its params and its first points do. */
async function headOf(files: readonly (SourceFile | null)[], context: ReadContext): Promise<Uint8Array> {
  const heads: Uint8Array[] = [];
  for (const file of files) {
    try {
      if (file) heads.push(await readExactly(file, 0, identityBytes, context.signal));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
    }
  }
  return joinBytes(heads);
}

/** Non-finite values are written as text. */
const summaryOf = (value: Value): Values =>
  Object.fromEntries(Object.entries(flatten(value)).map(([name, item]) => [name, typeof item === 'string' ? (numberOf(item) ?? item) : item]));

async function* readPoints(run: RunKey, series: number, file: SourceFile, issues: Issue[], context: ReadContext): AsyncGenerator<RunEvent> {
  const steps: number[] = [];
  const values: number[] = [];
  const times: number[] = [];
  const take = (step: number, time: number, value: number) => {
    steps.push(step);
    values.push(value);
    times.push(time);
  };
  issues.push(...(await readMetricTable(file, take, context)));
  const column = (numbers: readonly number[], from: number) =>
    numbers.every(Number.isNaN) ? null : Float64Array.from(numbers.slice(from, from + batchPoints));
  for (let from = 0; from < values.length; from += batchPoints) {
    yield {
      kind: 'points',
      run,
      series,
      steps: column(steps, from),
      values: Float64Array.from(values.slice(from, from + batchPoints)),
      times: column(times, from),
    };
  }
}
