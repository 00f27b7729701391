// A run as a Process Run Crate: the metadata document. https://www.researchobject.org/workflow-run-crate/profiles/process_run_crate/

import { factValue } from '../../model/facts';
import { displayName, type Run } from '../../model/run';
import {
  absentEntities,
  type CrateFile,
  datasetEntities,
  type Entity,
  environmentEntities,
  fileEntity,
  paramEntities,
  reference,
  resultEntities,
  softwareEntity,
} from './entities';

const roCrate = 'https://w3id.org/ro/crate/1.1';
const profile = 'https://w3id.org/ro/wfrun/process/0.5';
const terms = 'https://w3id.org/ro/terms/workflow-run#';

/** Terms of workflow runs that RO-Crate 1.1 lacks, spelled out here: one remote context less to fetch. */
const context = [`${roCrate}/context`, { sha256: `${terms}sha256`, environment: `${terms}environment` }];

export interface CrateInput {
  readonly run: Run;
  /** Files that are in the crate, and where each was in the run, if it was. */
  readonly files: readonly (CrateFile & { readonly artifact?: string })[];
  /** What a person may do with it; a crate must say. Unknown unless given. */
  readonly license?: string;
  readonly createdMs: number;
  /** Program and version that made the crate. */
  readonly generator: string;
  /** What is not recorded, for the description. */
  readonly gaps: readonly string[];
}

/** `ro-crate-metadata.json` as data. Pure: the same input gives the same graph in the same order. */
export function crateOf({ run, files, license, createdMs, generator, gaps }: CrateInput): object {
  const params = paramEntities(run);
  const data = datasetEntities(run);
  const results = resultEntities(run);
  const environment = environmentEntities(run);
  const program = softwareEntity(run);
  const fileEntities = files.map(fileEntity);
  const absent = absentEntities(run, new Set(files.flatMap(({ artifact }) => artifact ?? [])));
  const agent: Entity = { '@id': '#agent', '@type': 'Person', name: run.user ?? 'not recorded' };
  const rights: Entity = license?.startsWith('http')
    ? { '@id': license, '@type': 'CreativeWork', name: license }
    : {
        '@id': '#license',
        '@type': 'CreativeWork',
        name: license ?? 'not stated',
        description: license ?? 'The run does not say under what terms it may be used.',
      };
  const name = displayName(run);
  const action: Entity = {
    '@id': '#run',
    '@type': 'CreateAction',
    name: `Training run ${name}`,
    description: factValue(run.facts, 'command') ?? 'The command is not recorded.',
    identifier: run.nativeId ?? run.id,
    instrument: reference(program),
    agent: reference(agent),
    ...(run.startedMs === null ? {} : { startTime: timeText(run.startedMs) }),
    ...(run.endedMs === null ? {} : { endTime: timeText(run.endedMs) }),
    ...statusOf(run),
    ...many('object', [...data, ...params.map(([value]) => value)]),
    ...many('result', [...results, ...fileEntities.filter((_, index) => files[index]?.artifact !== undefined), ...absent]),
    ...many('environment', environment),
  };
  return {
    '@context': context,
    '@graph': [
      { '@id': 'ro-crate-metadata.json', '@type': 'CreativeWork', about: { '@id': './' }, conformsTo: { '@id': roCrate } },
      {
        '@id': './',
        '@type': 'Dataset',
        name: `Training run ${name}`,
        description: `One training run as ${run.format} recorded it; read and written by ${generator}. ${gaps.length === 0 ? 'No gap was found.' : `Not recorded: ${gaps.join(' ')}`}`,
        datePublished: timeText(createdMs),
        license: reference(rights),
        author: reference(agent),
        conformsTo: { '@id': profile },
        ...many('hasPart', fileEntities),
        mentions: reference(action),
      },
      { '@id': profile, '@type': 'CreativeWork', name: 'Process Run Crate', version: '0.5' },
      action,
      program,
      agent,
      rights,
      ...fileEntities,
      ...data,
      ...params.flat(),
      ...results,
      ...absent,
      ...environment,
    ],
  };
}

/** A property with references: left out where there are none, a single value where there is one, as RO-Crate wants it. */
function many(property: string, entities: readonly Entity[]): object {
  const [first, ...others] = entities.map(reference);
  return first === undefined ? {} : { [property]: others.length === 0 ? first : [first, ...others] };
}

/** Only what ended is said to have ended; a running or unknown state is left out. */
function statusOf({ status }: Run): object {
  if (status === 'finished') return { actionStatus: 'http://schema.org/CompletedActionStatus' };
  if (status === 'failed' || status === 'killed') return { actionStatus: 'http://schema.org/FailedActionStatus', error: `The tracker says: ${status}.` };
  return {};
}

/** ISO 8601 to the millisecond, in UTC, as the profile wants it. */
const timeText = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');
