// `diptych mcp`: the verbs as tools for agents, over the Model Context Protocol on standard input and output.

import { Console } from 'node:console';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { numberOption } from '../arguments';
import { exitCodes, UsageError } from '../exit';
import { servedPaths } from '../mcp/served';
import { mcpServer } from '../mcp/server';
import type { Verb } from '../verb';

/** Characters: some 8,000 to 10,000 tokens. */
const usualAnswer = 32_000;
const leastAnswer = 4000;
/** A message larger than this is no question. */
const mostMessageBytes = 4 * 1024 * 1024;

export const verb: Verb = {
  meta: {
    id: 'mcp',
    summary: 'Serve runs and code to agents as tools of the Model Context Protocol, read-only.',
    usage: 'PATH... [--max-answer 32000]',
    options: { 'max-answer': { type: 'string', help: `Characters of one answer (${usualAnswer}); what is left out is said.` } },
  },
  async run(args, context) {
    if (args.positionals.length === 0) throw new UsageError('a PATH is missing: the folders of runs and code that agents may read');
    const limit = numberOption(args, 'max-answer') ?? usualAnswer;
    if (limit < leastAnswer) throw new UsageError(`--max-answer wants at least ${leastAnswer}, not '${args.text('max-answer')}'`);
    const served = servedPaths(args.positionals, context.cwd);
    // Standard output is the protocol's: whatever a library says goes to standard error.
    globalThis.console = new Console(process.stderr, process.stderr);
    const { server, idle } = mcpServer({ served, context, limit });
    const transport = new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: mostMessageBytes });
    const ended = new Promise<void>((done) => {
      server.onclose = done;
      // Who only wrote questions and closed the pipe still gets the answers.
      process.stdin.once('end', () => void idle().then(done));
      context.signal.addEventListener('abort', () => done(), { once: true });
    });
    server.onerror = (error) => context.tell(`diptych mcp: ${error.message}\n`);
    await server.connect(transport);
    await ended;
    await server.close();
    return context.signal.aborted ? exitCodes.stopped : exitCodes.done;
  },
};
