// Reproduce sheet: settings of determinism, the command, the configuration.

import { factValue } from '../../model/facts';
import type { Value } from '../../model/values';
import { artifactEvidence, artifactsLike, configFile, factEvidence, paramEvidence, seedParams } from '../evidence';
import { gap, note, recorded } from './line';
import type { SheetContext, SheetLine } from './sheet';
import { shellWord, shellWords, shownText } from './shell';

/** Settings that take hold only when they stand in the environment before the program starts. */
const variables: ReadonlySet<string> = new Set(['PYTHONHASHSEED', 'CUBLAS_WORKSPACE_CONFIG', 'TF_DETERMINISTIC_OPS', 'XLA_FLAGS']);

export function startLines(context: SheetContext): readonly SheetLine[] {
  return [...seedLines(context), ...determinismLines(context), ...commandLines(context), ...configLines(context)];
}

function seedLines({ run }: SheetContext): readonly SheetLine[] {
  const seeds = seedParams(run).filter(({ value }) => typeof value === 'number');
  if (seeds.length > 0) return [note(`Seed: ${seeds.map(({ key, value }) => `${shownText(key)} = ${String(value)}`).join(', ')}`, paramEvidence(seeds))];
  const seed = factValue(run.facts, 'seed');
  return [
    seed === undefined
      ? gap('No seed is recorded: the run cannot be repeated number by number.')
      : note(`Seed: ${shownText(String(seed))}`, factEvidence(run, 'seed')),
  ];
}

function determinismLines({ run }: SheetContext): readonly SheetLine[] {
  const settings = Object.entries(factValue(run.facts, 'determinism') ?? {});
  const evidence = factEvidence(run, 'determinism');
  const lines = settings.flatMap(([key, value]): SheetLine[] => {
    const word = shellWord(String(value));
    return variables.has(key) && word ? [recorded('Set before the program starts, as it was.', `export ${key}=${word}`, evidence)] : [];
  });
  const others = settings.filter(([key]) => !variables.has(key));
  if (others.length > 0)
    lines.push(note(`Determinism: ${others.map(([key, value]) => `${shownText(key)} = ${shownText(String(value))}`).join(', ')}`, evidence));
  if (settings.length === 0) lines.push(gap('Whether deterministic kernels were asked for is not recorded, nor PYTHONHASHSEED.'));
  return lines;
}

function commandLines({ run, records, tracker }: SheetContext): readonly SheetLine[] {
  const line = factValue(run.facts, 'command');
  const entry = factValue(run.facts, 'entry_point');
  const evidence = factEvidence(run, 'command', 'entry_point');
  const whole = line ?? entry;
  if (!whole) return [gap(`The command is not recorded${records.command === 'never' || !records.command ? `: ${tracker} has no place for it` : ''}.`)];
  const words = shellWords(/^\S+\.py(\s|$)/.test(whole) ? `python ${whole}` : whole);
  const lines: SheetLine[] = [
    words
      ? recorded(
          'The command as the run recorded it, words cut at blanks. It comes from the run: look it over, then take the # away. Run it in the folder that it was started in, mostly code.',
          words,
          evidence,
        )
      : note(`The recorded command holds characters that a terminal may act on, or is very long; it is shown, not to be pasted: ${shownText(whole)}`, evidence),
  ];
  if (!line || (line === entry && records.command !== 'auto')) lines.push(gap('The arguments of the command are not recorded.', evidence));
  const size = factValue(run.facts, 'world_size') ?? factValue(run.facts, 'gpu_count') ?? 1;
  if (size > 1 && !/torchrun|accelerate|deepspeed|mpirun|srun|torch\.distributed/.test(whole))
    lines.push(
      gap(
        `There were ${size} processes or accelerators; the launcher (torchrun, accelerate, srun) is not recorded.`,
        factEvidence(run, 'world_size', 'gpu_count'),
      ),
    );
  return lines;
}

/** Params that are written out; more are in the run. */
const mostParams = 40;

function configLines({ run, records }: SheetContext): readonly SheetLine[] {
  // A folder of the Trainer holds the model's config.json, which is not how the run was started.
  const files = run.format === 'huggingface' && run.sources.length < 2 ? [] : artifactsLike(run, configFile);
  const params = Object.entries(run.params);
  if (params.length === 0 && files.length === 0) return [gap('No configuration is recorded.')];
  const lines: SheetLine[] = [];
  if (files.length > 0) {
    const paths = files.slice(0, 5).map(({ path }) => shownText(path));
    lines.push(note(`The configuration is saved with the run: ${paths.join(', ')}.`, artifactEvidence(files)));
  }
  if (params.length > 0) {
    const shown = params.slice(0, mostParams).map(([key, value]) => `${shownText(key)} = ${valueText(value)}`);
    const more = params.length > mostParams ? `, and ${params.length - mostParams} more in the run (diptych inspect)` : '';
    lines.push(
      note(`${params.length} params: ${shown.join(', ')}${more}.`, [
        { file: 'params', where: params.length === 1 ? (params[0]?.[0] ?? '') : `${params.length} params` },
      ]),
    );
  }
  if (files.length === 0 && records.config !== 'auto') lines.push(gap('Whether these are all settings, defaults included, is not recorded.'));
  return lines;
}

const longestValue = 120;

function valueText(value: Value): string {
  const text =
    typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : value === null
        ? 'None'
        : JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner));
  return shownText(text.length > longestValue ? `${text.slice(0, longestValue)}…` : text);
}
