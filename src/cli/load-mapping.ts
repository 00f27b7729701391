// Reads the mapping file that `--mapping` names (docs/mapping-file.md).

import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { mappingFileBytes } from '../core/mapping/mapping';
import { parseMapping } from '../core/mapping/parse';
import { UsageError } from './exit';
import type { CliContext, OptionSpec, VerbArgs } from './verb';

export const mappingOption: Readonly<Record<string, OptionSpec>> = {
  mapping: { type: 'string', help: 'Read home-made logs by this file (docs/mapping-file.md), as if it lay in each PATH.' },
};

/**
 * The text of the file, or undefined where none is named. Slips in single mappings are told on standard error.
 * @throws UsageError where it cannot be read, is refused, or holds no mapping that can be understood
 */
export function mappingOf(args: VerbArgs, context: CliContext): string | undefined {
  const named = args.text('mapping');
  if (named === undefined) return undefined;
  const file = resolve(context.cwd, named);
  let text: string;
  try {
    const { size } = statSync(file);
    if (size > mappingFileBytes) throw new Error(`it has ${size} bytes`);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the mapping file ${file} cannot be read: ${(error as Error).message}`);
  }
  const { document, issues } = parseMapping(text, named);
  const [first] = issues;
  if (document === null || document.mappings.length === 0) {
    const why = first ? `${first.where ? `${first.where}: ` : ''}${first.message.replace(/\.$/, '')}. ${first.tip.replace(/\.$/, '')}` : 'it holds no mapping';
    throw new UsageError(`${named}: ${why}`);
  }
  for (const { where, message, tip } of issues) context.tell(`diptych: ${named}: ${where}: ${message} ${tip}\n`);
  return text;
}
