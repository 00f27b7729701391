// The process around a command: its streams, signals and end.
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { type ExitCode, exitCodes } from './exit';
import { halfWritten } from './output-file';
import type { CliContext } from './verb';

/** After Ctrl-C a command has this long to end by itself. */
const graceMs = 700;

interface ProcessContext {
  readonly context: CliContext;
  /** Ends the process once everything is written. */
  finish(code: ExitCode): Promise<void>;
}

export function processContext(): ProcessContext {
  const stop = new AbortController();
  const { stdout, stderr } = process;
  let statusShown = false;
  const clearStatus = () => {
    if (statusShown) stderr.write('\r\x1b[K');
    statusShown = false;
  };
  const leave = (code: number) => {
    for (const path of halfWritten) rmSync(path, { recursive: true, force: true });
    process.exit(code);
  };

  process.once('SIGINT', () => {
    clearStatus();
    stop.abort(new Error('stopped by the user'));
    process.once('SIGINT', () => leave(exitCodes.stopped));
    setTimeout(() => leave(exitCodes.stopped), graceMs).unref();
  });
  // Whoever reads us may stop early (`| head`): that is no error, and nothing is left to do.
  stdout.on('error', (error: NodeJS.ErrnoException) => leave(error.code === 'EPIPE' ? exitCodes.done : exitCodes.some));
  stderr.on('error', () => {});

  const context: CliContext = {
    signal: stop.signal,
    cwd: process.cwd(),
    env: process.env,
    async write(text) {
      clearStatus();
      if (!stdout.write(text)) await once(stdout, 'drain');
    },
    tell(text) {
      clearStatus();
      stderr.write(text);
    },
    status(text) {
      if (!stderr.isTTY) return;
      clearStatus();
      stderr.write(text.slice(0, Math.max(0, (stderr.columns || 80) - 1)));
      statusShown = true;
    },
  };
  return {
    context,
    async finish(code) {
      clearStatus();
      if (stdout.writableLength > 0) await once(stdout, 'drain');
      // Open handles of a reader that was stopped must not keep the process.
      leave(code);
    },
  };
}
