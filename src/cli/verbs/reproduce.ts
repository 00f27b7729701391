// `diptych reproduce`: how to make a run again, with gaps spelled out; or the run as a Process Run Crate.

import { resolve } from 'node:path';
import { displayName } from '../../core/model/run';
import { momentOf } from '../../core/project/dates';
import { type SheetTexts, sheetMarkdown } from '../../core/report/reproduce-markdown';
import { scriptOf } from '../../core/reproducibility/sheet/script';
import { sheetDocument, sheetsOf } from '../answers/reproduce';
import { crateFiles } from '../crate-files';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { writeWholeFolder } from '../output-file';
import { loadRuns, readOptions } from '../read-runs';
import { selectRun } from '../select-run';
import { issueLines, shown } from '../tables';
import type { Verb } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'reproduce',
    summary: 'Say how to make a run again, and what of it is not recorded.',
    usage: 'PATH... [--run ID] [--json|--md] [--ro-crate FOLDER]',
    options: {
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      md: { type: 'boolean', help: 'Print Markdown.' },
      run: { type: 'string', help: 'The run: its id, name or path; all of them unless given.' },
      'ro-crate': { type: 'string', help: 'Write one run as a Process Run Crate into this new folder.' },
      license: { type: 'string', help: 'The terms of use that the crate states, as text or address.' },
      date: { type: 'string', help: 'The date that the crate carries, so that it comes out the same: 2026-01-31T12:00:00Z.' },
      ...readOptions,
    },
  },
  async run(args, context) {
    const folder = args.text('ro-crate');
    if (args.flag('json') && args.flag('md')) throw new UsageError('--json and --md are two forms of one text: choose one');
    const createdMs = dateOf(args.text('date'));
    const loaded = await loadRuns(args.positionals, args, context, { keepContents: folder !== undefined, keepMedia: false });
    if (loaded.runs.length === 0) {
      if (args.flag('json')) await context.write(documentText({ command: 'reproduce', runs: [], issues: loaded.issues.map(issueDocument) }));
      else context.tell(`diptych: no runs were found.\n${issueLines(loaded.issues)}`);
      return loaded.exitCode === exitCodes.done ? exitCodes.done : exitCodes.nothing;
    }
    const word = args.text('run');
    const runs = word !== undefined || folder !== undefined ? [selectRun(loaded.runs, word)] : loaded.runs;
    const all = sheetsOf(runs, loaded.runs);
    const [first] = all;
    if (folder !== undefined && first) {
      const { run } = first.sheet;
      const { files, refused } = crateFiles({ run, contents: loaded.contents.get(run.id) ?? [], texts: first, license: args.text('license'), createdMs });
      await writeWholeFolder(resolve(context.cwd, folder), files, context.signal);
      for (const path of refused) context.tell(`${shown(path, 200)} was left out: its name fits no folder.\n`);
      context.tell(`${shown(displayName(run))}: written to ${folder}, ${files.size} files\n`);
    }
    if (args.flag('json')) await context.write(documentText({ command: 'reproduce', runs: all.map(sheetDocument), issues: loaded.issues.map(issueDocument) }));
    else if (args.flag('md')) await context.write(all.map(sheetMarkdown).join('\n---\n\n'));
    else if (folder === undefined) await context.write(`${all.map(sheetText).join('\n')}${issueLines(loaded.issues)}`);
    return loaded.exitCode;
  },
};

const sheetText = ({ sheet, methods, compute }: SheetTexts): string =>
  `# ${shown(displayName(sheet.run))}  ${sheet.run.id}\n\n${scriptOf(sheet)}\n# ${methods}\n#\n# ${compute}\n`;

function dateOf(text: string | undefined): number {
  if (text === undefined) return Date.now();
  const ms = momentOf(text);
  if (ms === null) throw new UsageError(`--date wants a date such as 2026-01-31T12:00:00Z, not '${text}'`);
  return ms;
}
