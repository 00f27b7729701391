// What a run's log and files prove about how it was made.

import { seedFacts } from '../../formats/seed';
import type { Checkpoint, Dataset, Evidence, Fact } from '../../model/facts';
import type { Values } from '../../model/values';
import type { LoggedArtifact } from './artifacts';
import type { Environment, Known } from './environment';
import type { OwnFiles } from './own-files';
import type { Telemetry } from './telemetry';

export interface FactSources {
  /** How evidence names the log, or the folder of files where there is none. */
  readonly log: string;
  readonly environment: Environment;
  /** Commit and remote of the run record. */
  readonly runGit: Environment;
  readonly host: string;
  readonly telemetry: Telemetry;
  /** Version of wandb. */
  readonly client: string;
  readonly artifacts: Iterable<LoggedArtifact>;
  readonly files: OwnFiles | null;
  readonly params: Values;
}

export function* factsOf(from: FactSources): Generator<Fact> {
  const { log, environment, files, telemetry } = from;
  const logged = (where: string, value: string): Evidence[] => [{ file: log, where, value: value.slice(0, 500) }];
  yield* gitFacts(from);
  yield* commandFacts(environment);
  const python = environment.get('python');
  if (python) yield { kind: 'python', value: python.value.replace('CPython ', ''), evidence: [python.evidence] };
  else if (telemetry.python !== '') yield { kind: 'python', value: telemetry.python, evidence: logged('telemetry.python_version', telemetry.python) };
  const host = environment.get('host');
  if (from.host !== '') yield { kind: 'host', value: from.host, evidence: logged('run.host', from.host) };
  else if (host) yield { kind: 'host', value: host.value, evidence: [host.evidence] };
  for (const kind of ['os', 'container', 'cpu', 'gpu', 'cuda'] as const) yield* known(environment.get(kind), kind);
  const threads = environment.get('cpuThreads') ?? environment.get('cpuCount');
  if (threads) yield { kind: 'cpu_count', value: threads.value, evidence: [threads.evidence] };
  const memory = environment.get('memoryBytes');
  if (memory) yield { kind: 'memory_bytes', value: memory.value, evidence: [memory.evidence] };
  const gpus = environment.get('gpuCount');
  if (gpus) yield { kind: 'gpu_count', value: gpus.value, evidence: [gpus.evidence] };
  if (files?.packages) {
    const { versions, file } = files.packages;
    yield { kind: 'packages', value: versions, evidence: [{ file, where: `${Object.keys(versions).length} lines` }] };
  }
  const frameworks = frameworkVersions(telemetry, files?.packages?.versions ?? {});
  if (Object.keys(frameworks).length > 0)
    yield { kind: 'framework', value: frameworks, evidence: logged('telemetry.imports', Object.keys(frameworks).join(', ')) };
  yield* seedFact(from.params, log);
  yield* precisionFact(from.params, log);
  yield* artifactFacts(from.artifacts, log);
  const client = telemetry.client || from.client;
  yield { kind: 'tracker', value: client === '' ? 'wandb' : `wandb ${client}`, evidence: logged('telemetry.cli_version', client) };
}

function* known(found: Known<string> | undefined, kind: 'os' | 'container' | 'cpu' | 'gpu' | 'cuda'): Generator<Fact> {
  if (found) yield { kind, value: found.value, evidence: [found.evidence] };
}

function* gitFacts({ runGit, environment, files }: FactSources): Generator<Fact> {
  const commit = runGit.get('gitCommit') ?? environment.get('gitCommit');
  if (commit) yield { kind: 'git_commit', value: commit.value, evidence: [commit.evidence] };
  const remote = runGit.get('gitRemote') ?? environment.get('gitRemote');
  if (remote) {
    // An address may carry a user name, or worse a password.
    const value = remote.value.replace(/\/\/[^/@]*@/, '//');
    yield { kind: 'git_remote', value, evidence: [{ ...remote.evidence, value }] };
  }
  const [patch] = files?.patches ?? [];
  if (!patch) return;
  yield { kind: 'git_patch', value: patch.file, evidence: [{ file: patch.file }] };
  if (patch.uncommitted) yield { kind: 'git_dirty', value: true, evidence: [{ file: patch.file, value: patch.head }] };
}

function* commandFacts(environment: Environment): Generator<Fact> {
  const program = environment.get('codePath') ?? environment.get('program');
  if (!program) return;
  const args = environment.get('args');
  yield { kind: 'entry_point', value: program.value, evidence: [program.evidence] };
  yield { kind: 'command', value: [program.value, ...(args?.value ?? [])].join(' '), evidence: [program.evidence, ...(args ? [args.evidence] : [])] };
}

/** Imported frameworks with their versions, which only the list of packages tells. */
function frameworkVersions(telemetry: Telemetry, packages: Readonly<Record<string, string>>): Record<string, string> {
  const versions = new Map(Object.entries(packages).map(([name, version]) => [name.toLowerCase().replaceAll('_', '-'), version]));
  return Object.fromEntries(
    [...telemetry.frameworks].sort().map((name) => [name, versions.get(name) ?? (name === 'transformers' ? telemetry.transformers : '')]),
  );
}

/** `seed` itself goes before `data.seed` and the like. */
function seedFact(params: Values, file: string): Fact[] {
  const { seed = null } = params;
  const place = { file, where: 'config' };
  return [...seedFacts({ seed }, place), ...seedFacts(params, place)].slice(0, 1);
}

const precisionName = /^(?:precision|mixed_precision|amp_dtype|torch_dtype)$/i;

function* precisionFact(params: Values, file: string): Generator<Fact> {
  for (const [key, value] of Object.entries(params)) {
    if (!precisionName.test(key.slice(key.lastIndexOf('.') + 1)) || !(typeof value === 'string' || typeof value === 'number')) continue;
    yield { kind: 'precision', value: String(value), evidence: [{ file, where: `config, key ${key}`, value: String(value) }] };
    return;
  }
}

/** Inputs and logged data sets are data; logged models are checkpoints. */
function* artifactFacts(artifacts: Iterable<LoggedArtifact>, file: string): Generator<Fact> {
  const datasets: Dataset[] = [];
  const checkpoints: Checkpoint[] = [];
  for (const { name, type, digest, version, used } of artifacts) {
    if (/data/i.test(type)) datasets.push({ name, digest, version, source: null, context: used ? 'input' : 'output' });
    else if (!used && /model|checkpoint/i.test(type)) checkpoints.push({ path: name, step: null, digest });
  }
  if (datasets.length > 0)
    yield { kind: 'datasets', value: datasets, evidence: [{ file, where: 'artifact', value: datasets.map(({ name }) => name).join(', ') }] };
  if (checkpoints.length > 0)
    yield { kind: 'checkpoint', value: checkpoints, evidence: [{ file, where: 'artifact', value: checkpoints.map(({ path }) => path).join(', ') }] };
}
