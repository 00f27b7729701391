// `diptych export`: runs with all their points as one file that other programs, or Diptych itself, open.
import { resolve } from 'node:path';
import { UsageError } from '../exit';
import { writeWhole } from '../output-file';
import { type LoadedRuns, loadRuns, readOptions } from '../read-runs';
import { selectRun } from '../select-run';
import { issueLines } from '../tables';
import type { CliContext, Verb } from '../verb';

type Write = (chunk: string | Uint8Array) => Promise<void>;
type Writer = (loaded: LoadedRuns, write: Write, context: CliContext) => Promise<void>;

/** Ending of the file → what writes it. */
const writers: Readonly<Record<string, () => Promise<Writer>>> = {
  csv: async () => (await import('../export-points')).writePointsCsv,
  json: async () => (await import('../export-points')).writeJson,
  zip: async () => (await import('../export-points')).writeZip,
};

export const verb: Verb = {
  meta: {
    id: 'export',
    summary: 'Write runs with all their points to one file.',
    usage: 'PATH... -o FILE.{csv,json,zip} [--runs ID,…]',
    options: {
      output: { type: 'string', short: 'o', help: 'The file: .csv one row a point, .json, .zip a bundle that Diptych opens again.' },
      runs: { type: 'string', help: 'Only these runs: ids, native ids or names, with commas between.' },
      ...readOptions,
    },
  },
  async run(args, context) {
    const output = args.text('output');
    if (output === undefined) throw new UsageError('-o FILE is missing: FILE.csv, FILE.json or FILE.zip');
    const ending = output.slice(output.lastIndexOf('.') + 1).toLowerCase();
    const writer = Object.hasOwn(writers, ending) ? writers[ending] : undefined;
    if (!writer) throw new UsageError(`a file ending in .${ending} cannot be written; .csv, .json and .zip can`);
    const all = await loadRuns(args.positionals, args, context, { keepPoints: () => true, keepContents: ending === 'zip' });
    const words = args
      .text('runs')
      ?.split(',')
      .filter((word) => word !== '');
    const chosen = words ? new Set(words.map((word) => selectRun(all.runs, word.trim()).id)) : null;
    const loaded = chosen ? { ...all, runs: all.runs.filter(({ id }) => chosen.has(id)) } : all;
    if (loaded.runs.length > 0) {
      const write = await writer();
      await writeWhole(resolve(context.cwd, output), (chunk) => write(loaded, chunk, context));
      context.tell(`${loaded.runs.length} ${loaded.runs.length === 1 ? 'run' : 'runs'} written to ${output}\n`);
    }
    context.tell(issueLines(loaded.issues));
    return loaded.exitCode;
  },
};
