// Entities of an RO-Crate: what a run holds, each with an id that no run data can make clash or lead elsewhere.

import { factValue } from '../../model/facts';
import { contextText, type Run } from '../../model/run';
import type { Value } from '../../model/values';
import { withoutSecret } from '../sheet/shell';

export interface Entity {
  readonly '@id': string;
  readonly '@type': string | readonly string[];
  readonly [property: string]: unknown;
}

export interface CrateFile {
  /** Relative to the crate, with `/`. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** What it is, for people. */
  readonly description: string;
}

export const reference = (entity: Pick<Entity, '@id'>): { readonly '@id': string } => ({ '@id': entity['@id'] });

/** `#kind-1-name`: counted, so that two names never share an id, with what of the name is safe in an IRI. */
const localId = (kind: string, index: number, name: string): string => `#${kind}-${index + 1}-${name.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 60)}`;

const formats: readonly (readonly [RegExp, string])[] = [
  [/\.json$/i, 'application/json'],
  [/\.ya?ml$/i, 'application/yaml'],
  [/\.csv$/i, 'text/csv'],
  [/\.md$/i, 'text/markdown'],
  [/\.py$/i, 'text/x-python'],
  [/\.(patch|diff)$/i, 'text/x-patch'],
  [/\.(txt|log|out|err|sh|lock|cfg|toml|ini)$/i, 'text/plain'],
];
const formatOf = (path: string): string => formats.find(([pattern]) => pattern.test(path))?.[1] ?? 'application/octet-stream';

/** A file in the crate. Its id is its path, percent-encoded part by part. */
export const fileEntity = ({ path, size, sha256, description }: CrateFile): Entity => ({
  '@id': path.split('/').map(encodeURIComponent).join('/'),
  '@type': 'File',
  name: path,
  description,
  contentSize: String(size),
  encodingFormat: formatOf(path),
  sha256,
});

/** Hyperparameters, each a value of a formal parameter. */
export function paramEntities(run: Run): readonly (readonly [value: Entity, parameter: Entity])[] {
  return Object.entries(run.params).map(([key, value], index) => {
    const parameter: Entity = { '@id': localId('parameter', index, key), '@type': 'FormalParameter', name: key, additionalType: typeName(value) };
    return [{ '@id': localId('param', index, key), '@type': 'PropertyValue', name: key, value: plain(value), exampleOfWork: reference(parameter) }, parameter];
  });
}

export function datasetEntities(run: Run): readonly Entity[] {
  return (factValue(run.facts, 'datasets') ?? []).map(({ name, digest, version, source, context }, index) => ({
    '@id': localId('data', index, name),
    '@type': 'CreativeWork',
    name,
    ...(version ? { version } : {}),
    ...(digest ? { identifier: digest } : {}),
    ...(source ? { isBasedOn: source } : {}),
    description: `Data set${context ? ` (${context})` : ''}; not part of this crate.${digest || version ? '' : ' Neither digest nor version is recorded.'}`,
  }));
}

/** Results: the values that curves ended with and reached. */
export function resultEntities(run: Run): readonly Entity[] {
  return run.series
    .filter(({ system, last }) => !system && last !== null)
    .map((series, index) => {
      const context = contextText(series.context);
      return {
        '@id': localId('metric', index, series.name),
        '@type': 'PropertyValue',
        name: context ? `${series.name} [${context}]` : series.name,
        value: plain(series.last),
        ...(series.min === null || series.max === null ? {} : { minValue: series.min, maxValue: series.max }),
        description: `Last of ${series.count} values; SHA-256 of the values as little-endian float64: ${series.valuesDigest}`,
      };
    });
}

/** Artifacts that are not in the crate: named with their size, so that nobody takes the crate for all of the run. */
export function absentEntities(run: Run, inside: ReadonlySet<string>): readonly Entity[] {
  return run.artifacts
    .filter(({ path }) => !inside.has(path))
    .map(({ path, size }, index) => ({
      '@id': localId('artifact', index, path),
      '@type': 'CreativeWork',
      name: path,
      description: 'Artifact of the run; not part of this crate.',
      ...(size === null ? {} : { size: `${size} bytes` }),
    }));
}

/** Environment: interpreter, system, hardware, and every package. */
export function environmentEntities(run: Run): readonly Entity[] {
  const facts = (['python', 'os', 'cpu', 'cpu_count', 'memory_bytes', 'gpu', 'gpu_count', 'cuda', 'container', 'host'] as const).flatMap((kind) => {
    const value = factValue(run.facts, kind);
    return value === undefined ? [] : [[kind, value] as const];
  });
  const packages = Object.entries(factValue(run.facts, 'packages') ?? {}).map(([name, version]) => [`package ${name}`, version] as const);
  return [...facts, ...packages].map(([name, value], index) => ({
    '@id': localId('environment', index, name),
    '@type': 'PropertyValue',
    name,
    value: plain(value),
  }));
}

/** The program: an address where the repository has one, else a name in the crate. */
export function softwareEntity(run: Run): Entity {
  const commit = factValue(run.facts, 'git_commit');
  const remote = withoutSecret(factValue(run.facts, 'git_remote') ?? '');
  const entry = factValue(run.facts, 'entry_point') ?? factValue(run.facts, 'command')?.split(' ')[0] ?? 'training program (not recorded)';
  return {
    '@id': '#program',
    '@type': 'SoftwareSourceCode',
    name: entry,
    ...(/^https?:\/\//i.test(remote) ? { url: remote } : {}),
    ...(remote !== '' ? { codeRepository: remote } : {}),
    ...(commit ? { version: commit } : { description: 'The commit is not recorded.' }),
    ...(factValue(run.facts, 'python') ? { runtimePlatform: `Python ${factValue(run.facts, 'python')}` } : {}),
  };
}

const typeName = (value: Value): string =>
  typeof value === 'number'
    ? Number.isInteger(value)
      ? 'Integer'
      : 'Float'
    : typeof value === 'bigint'
      ? 'Integer'
      : typeof value === 'boolean'
        ? 'Boolean'
        : 'Text';

/** A value that JSON holds: what it cannot hold stands as text, nothing is lost in silence. */
function plain(value: Value): string | number | boolean {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (value === null) return 'None';
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner));
}
