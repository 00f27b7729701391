// `diptych serve`: Diptych in the browser, for run folders on this machine, also seen from another one through a tunnel.
import { defaultPort, ServeError, serve } from '../../host/server/serve';
import { type ExitCode, exitCodes, UsageError } from '../exit';
import type { CliContext, Verb, VerbArgs } from '../verb';
import { version } from '../version';

export const verb: Verb = {
  meta: {
    id: 'serve',
    summary: 'Open Diptych in the browser, with what lies at PATH.',
    usage: '[PATH...] [--port N] [--open] [--json]',
    options: {
      port: { type: 'string', help: `Port on 127.0.0.1 (default ${defaultPort}). What the browser stores belongs to its port.` },
      open: { type: 'boolean', help: 'Open the default browser.' },
      json: { type: 'boolean', help: 'Print one line of JSON with the address.' },
    },
  },
  run: (args, context) => runServe(args, context, args.flag('open')),
};

/** Shared with `open`, which is `serve --open`. */
export async function runServe(args: VerbArgs, context: CliContext, open: boolean): Promise<ExitCode> {
  const port = portOf(args.text('port'));
  try {
    const { address, opened, server } = await serve({ port, paths: args.positionals, open, version });
    const line = { version: 1, command: 'serve', address, port: server?.port ?? port, running: server === null };
    await context.write(args.flag('json') ? `${JSON.stringify(line)}\n` : `Diptych is ready: ${address}\n`);
    if (server === null) {
      context.tell('A running Diptych took over what you named.\n');
      return exitCodes.done;
    }
    if (!opened && !args.flag('json')) context.tell(tunnelHint(server.port, context.env));
    const code = await stopped(context.signal);
    await server.close();
    return code;
  } catch (error) {
    if (!(error instanceof ServeError)) throw error;
    context.tell(`diptych: ${error.message} ${error.tip}\n`);
    return exitCodes.usage;
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return defaultPort;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError(`--port ${text}: a port is a number from 1 to 65535`, `--port ${defaultPort}`);
  return port;
}

/** On a machine that is reached by ssh, the address is of use only through a tunnel. */
function tunnelHint(port: number, env: CliContext['env']): string {
  const hint = env.SSH_CONNECTION ? `From your own machine: ssh -L ${port}:127.0.0.1:${port} <this machine>, then open the address there.\n` : '';
  return `${hint}The address works once. Ctrl-C stops Diptych.\n`;
}

/** Ctrl-C, or the end asked for by whoever started this program. */
function stopped(signal: AbortSignal): Promise<ExitCode> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(exitCodes.stopped), { once: true });
    process.once('SIGTERM', () => resolve(exitCodes.done));
  });
}
