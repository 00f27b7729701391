// dvc.yaml and dvc.lock: with which params, data and command a project's stage was run.

import { flatten, isObject } from '../../formats/flatten';
import type { Dataset, Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';

type Fields = { readonly [key: string]: Value };
const part = (value: Value | undefined): Fields => (isObject(value) ? value : {});
const list = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);

/** Dependencies that are code or settings, not data. */
const notData = /\.(?:py|pyx|ipynb|sh|bash|r|jl|c|cc|cpp|cu|h|rs|go|java|scala|js|ts|ya?ml|toml|cfg|ini|lock)$/i;

export interface Project {
  readonly params: Values;
  readonly facts: readonly Fact[];
}

/**
 * What the project says about one run.
 * @param live name of the run's folder: the stages that mention it are meant, where there are several
 * @param evidence how a file of the project is named from the run's folder
 */
export function projectOf(pipeline: Value, lock: Value, settings: Value, live: string, evidence: (name: string) => string): Project {
  const planned = part(part(pipeline).stages);
  const locked = part(part(lock).stages);
  const names = stagesOf(planned, locked, live);
  const params: Record<string, Value> = Object.create(null);
  const datasets: Dataset[] = [];
  const commands: string[] = [];
  for (const name of names) {
    const stage = part(locked[name]);
    // The lock has the values that the stage was run with; without one, the file as it stands.
    const used = Object.values(part(stage.params)).map((values) => flatten(values));
    for (const values of used.length > 0 ? used : [chosen(flatten(settings), list(part(planned[name]).params))]) Object.assign(params, values);
    datasets.push(...list(stage.deps).flatMap((item) => datasetOf(part(item))));
    const command = stage.cmd ?? part(planned[name]).cmd;
    if (typeof command === 'string') commands.push(command);
  }
  const facts: Fact[] = [];
  const file = evidence('dvc.lock');
  const unique = [...new Map(datasets.map((one) => [one.name, one])).values()];
  if (unique.length > 0)
    facts.push({ kind: 'datasets', value: unique, evidence: unique.slice(0, 10).map(({ name, digest }) => ({ file, where: name, value: digest ?? '' })) });
  const [command] = commands;
  if (command !== undefined && commands.length === 1) {
    const where = `key stages.${names[0]}.cmd`;
    facts.push({ kind: 'command', value: command, evidence: [{ file: locked[names[0]!] ? file : evidence('dvc.yaml'), where, value: command.slice(0, 500) }] });
  }
  return { params, facts };
}

function stagesOf(planned: Fields, locked: Fields, live: string): string[] {
  const all = [...new Set([...Object.keys(planned), ...Object.keys(locked)])];
  if (all.length < 2) return all;
  const mentions = (value: Value | undefined): boolean =>
    typeof value === 'string'
      ? value.split(/[/\s]/).includes(live)
      : Array.isArray(value)
        ? value.some(mentions)
        : Object.keys(part(value)).some(mentions) || Object.values(part(value)).some(mentions);
  const own = all.filter((name) => mentions(planned[name]) || mentions(locked[name]));
  return own.length > 0 ? own : all;
}

/** `params: [train, model.lr]` of a stage: sections and entries of params.yaml. */
function chosen(settings: Values, wanted: readonly Value[]): Values {
  const keys = wanted.filter((item): item is string => typeof item === 'string');
  return Object.fromEntries(Object.entries(settings).filter(([name]) => keys.some((key) => name === key || name.startsWith(`${key}.`))));
}

function datasetOf(dependency: Fields): Dataset[] {
  const path = dependency.path;
  if (typeof path !== 'string' || notData.test(path)) return [];
  const digest = [dependency.md5, dependency.etag, dependency.checksum].find((one) => typeof one === 'string');
  return [{ name: path, digest: typeof digest === 'string' ? digest : null }];
}
