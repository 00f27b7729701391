// Writes a mapping file: what stands at its default is left out, in one order, so that a change shows as a small diff.

import { type LineRule, type Mapping, type MappingDocument, mappingVersion, plainMapping, plainRule, type StepRule } from './mapping';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The file's text. `parseMapping` gives back the same mappings. */
export function mappingText({ mappings }: MappingDocument): string {
  return `${JSON.stringify({ version: mappingVersion, mappings: mappings.map(mappingJson) }, null, 2)}\n`;
}

function mappingJson(mapping: Mapping): Json {
  const { files, format, lines, step, time, paramFiles, ...rest } = mapping;
  const { label, updates, rows, metrics, ignore, params, path, run, name, group, experiment } = changed(rest, plainMapping);
  return filled({
    label,
    files,
    format,
    lines: lines.length === 0 ? undefined : lines.map(ruleJson),
    updates,
    rows,
    step: step === null ? undefined : stepJson(step),
    time: time === null ? undefined : time.unit === 'auto' ? time.column : { ...time },
    metrics,
    ignore,
    params,
    param_files: paramFiles.length === 0 ? undefined : paramFiles,
    path,
    run: typeof run === 'object' ? { ...run } : run,
    name,
    group,
    experiment,
  });
}

function ruleJson(rule: LineRule): Json {
  const { pattern, pairs, to, carry, equal, prefix, rename } = changed(rule, plainRule);
  return filled({ pattern, pairs, to, carry, equal, prefix, rename, step: rule.step === null ? undefined : stepJson(rule.step) });
}

function stepJson(step: StepRule): Json {
  if (step.kind === 'columns') return step.columns.length === 1 ? step.columns[0]! : step.columns;
  const { epoch, iteration, perEpoch, firstEpoch } = step;
  return filled({ epoch, iteration, per_epoch: perEpoch, first_epoch: firstEpoch === 1 ? undefined : firstEpoch });
}

/** The members that differ from their defaults. */
function changed<T extends object>(given: T, plain: T | Mapping | LineRule): { readonly [K in keyof T]?: Exclude<T[K], null> } {
  const defaults = new Map(Object.entries(plain));
  return Object.fromEntries(Object.entries(given).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults.get(key)))) as {
    readonly [K in keyof T]?: Exclude<T[K], null>;
  };
}

const filled = (members: Readonly<Record<string, Json | undefined>>): Json =>
  Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
