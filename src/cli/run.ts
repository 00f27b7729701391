// From the words of a command to an exit code, apart from the process so that it can be tested.

import { isAddress } from '../host/buckets/address';
import { parseVerbArgs } from './arguments';
import { type ExitCode, exitCodes, UsageError } from './exit';
import { helpOf, overview } from './help';
import { loadVerb, verbIds } from './registry';
import { nearestTo } from './spelling';
import type { CliContext } from './verb';
import { version } from './version';

/** Runs one command. Throws only what is a bug of ours. */
export async function runCli(words: readonly string[], context: CliContext): Promise<ExitCode> {
  const [first, ...rest] = words;
  try {
    if (first === '--version' || first === '-V' || first === 'version') return await say(`${version}\n`, context);
    if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
      const about = rest[0];
      if (first === 'help' && about !== undefined && verbIds.includes(about)) return await say(helpOf((await loadVerb(about)).meta), context);
      return await say(await overview(), context);
    }
    // An address is no word that a verb could have.
    const [id, given] = isAddress(first) ? ['open', words] : [first, rest];
    if (!verbIds.includes(id)) throw unknownVerb(first);
    const verb = await loadVerb(id);
    const args = parseVerbArgs(verb.meta, given);
    if (args.flag('help')) return await say(helpOf(verb.meta), context);
    return await verb.run(args, context);
  } catch (error) {
    if (context.signal.aborted) return exitCodes.stopped;
    if (!(error instanceof UsageError)) throw error;
    return await wrongUsage(error, first ?? '', words, context);
  }
}

async function say(text: string, context: CliContext): Promise<ExitCode> {
  await context.write(text);
  return exitCodes.done;
}

function unknownVerb(word: string): UsageError {
  const near = nearestTo(word, verbIds);
  if (word.startsWith('-')) return new UsageError(`${word} must follow a verb`, near && `diptych ${near}`);
  return new UsageError(`there is no verb '${word}'`, near && `diptych ${near}`);
}

/** The message goes to standard error; a script that asked for JSON still gets a document. */
async function wrongUsage(error: UsageError, verb: string, words: readonly string[], context: CliContext): Promise<ExitCode> {
  const meant = error.nearest ? ` Did you mean ${error.nearest}?` : ` See diptych ${verbIds.includes(verb) ? `${verb} ` : ''}--help.`;
  context.tell(`diptych: ${error.message}.${meant}\n`);
  if (words.includes('--json')) {
    const { documentText, issueDocument } = await import('./document');
    const issues = [issueDocument({ code: 'usage', severity: 'critical', message: `${error.message}.`, tip: meant.trim() })];
    await context.write(documentText({ command: verb, runs: [], issues }));
  }
  return exitCodes.usage;
}
