// What .hydra/ says: the configuration, what was typed, and where the job belongs.

import type { Issue } from '../../base/issues';
import { flatten, isObject } from '../../formats/flatten';
import { seedFacts } from '../../formats/seed';
import { readYamlFile } from '../../formats/yaml-file';
import type { Fact } from '../../model/facts';
import type { RunHeader } from '../../model/run';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';
import type { Job } from './reader';

export interface Settings {
  readonly params: Values;
  readonly header: Partial<RunHeader>;
  readonly facts: readonly Fact[];
  readonly issues: readonly Issue[];
  /** Tells jobs of one configuration apart: the place and number that Hydra gave the job. */
  readonly place: string;
}

const evidenceFile = (name: string): string => `.hydra/${name}`;

/** Reads the three files; trouble is an issue. */
export async function readSettings(job: Job, root: SourceDir, context: ReadContext): Promise<Settings> {
  const issues: Issue[] = [];
  const yaml = (file: SourceFile | null): Promise<Value> => readYamlFile(file, issues, context);
  const params = flatten(await yaml(job.config));
  const typed = await yaml(job.overrides);
  const overrides = (Array.isArray(typed) ? typed : []).map((item: Value) => (typeof item === 'string' ? item : String(item)));
  const own = flatten(at(await yaml(job.hydra), 'hydra'));
  const said = (key: string): string | null => (typeof own[key] === 'string' && own[key] !== '' ? own[key] : null);
  const isSweep = own.mode === 'MULTIRUN' || root.parent?.files.has('multirun.yaml') === true;

  const facts: Fact[] = [...seedFacts(params, { file: evidenceFile('config.yaml') })];
  if (overrides.length > 0)
    facts.push({ kind: 'overrides', value: overrides, evidence: [{ file: evidenceFile('overrides.yaml'), value: overrides.join(' ').slice(0, 500) }] });
  const version = said('runtime.version');
  if (version !== null)
    facts.push({
      kind: 'tracker',
      value: `hydra ${version}`,
      evidence: [{ file: evidenceFile('hydra.yaml'), where: 'key hydra.runtime.version', value: version }],
    });
  const header = {
    experiment: said('job.name'),
    group: isSweep ? (sweepOf(said('runtime.output_dir'), said('runtime.cwd')) ?? root.parent?.path ?? null) : null,
  };
  return { params, header, facts, issues, place: [said('runtime.output_dir') ?? '', String(own['job.num'] ?? '')].join('\n') };
}

/** The sweep's folder, relative to where the program was started: `multirun/2026-11-23/09-05-28` (`sweep.dir` stays unresolved). */
function sweepOf(output: string | null, cwd: string | null): string | null {
  const sweep = output?.replaceAll('\\', '/').replace(/\/[^/]*$/, '') ?? '';
  const start = `${(cwd ?? '').replaceAll('\\', '/')}/`;
  return sweep === '' ? null : sweep.startsWith(start) ? sweep.slice(start.length) : sweep;
}

const at = (value: Value, key: string): Value => (isObject(value) ? (value[key] ?? null) : null);
