// Entry of the command line: connects the process to run.ts. Light on purpose: `--version` must answer at once.
import { processContext } from './process';
import { runCli } from './run';

const { context, finish } = processContext();
await finish(await runCli(process.argv.slice(2), context));
