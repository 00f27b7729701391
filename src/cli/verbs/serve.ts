// `diptych serve`: Diptych in the browser, for run folders on this machine, also seen from another one through a tunnel.
import { hostname, userInfo } from 'node:os';
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
    const tunnel = tunnelCommand(server?.port ?? port, context.env);
    const line = { version: 1, command: 'serve', address, port: server?.port ?? port, running: server === null, tunnel };
    await context.write(args.flag('json') ? `${JSON.stringify(line)}\n` : `Diptych is ready: ${address}\n`);
    if (server === null) {
      context.tell('A running Diptych took over what you named.\n');
      return exitCodes.done;
    }
    if (!opened && !args.flag('json')) {
      if (tunnel !== null) context.tell(`From your own machine: ${tunnel}\nThen open the address there.\n`);
      context.tell('The address works once. Ctrl-C stops Diptych.\n');
    }
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

/**
 * On a machine that is reached by ssh, the address is of use only through a tunnel: the command for it, to be run where the person sits. Null
 * where nobody came by ssh. The same port on both sides, as what a browser stores belongs to its port.
 * @param env SSH_CONNECTION holds address and port of the client, then those by which the client reached this machine (sshd(8))
 */
function tunnelCommand(port: number, env: CliContext['env']): string | null {
  const [, , reached = '', sshPort = ''] = env.SSH_CONNECTION?.trim().split(/\s+/) ?? [];
  if (!env.SSH_CONNECTION) return null;
  const host = /^[\w.:%-]+$/.test(reached) ? reached : hostname();
  const user = /^[\w.-]+$/.test(env.USER ?? '') ? env.USER : userInfo().username;
  const other = /^\d{1,5}$/.test(sshPort) && sshPort !== '22' ? `-p ${sshPort} ` : '';
  return `ssh ${other}-L ${port}:127.0.0.1:${port} ${user}@${host}`;
}

/** Ctrl-C, or the end asked for by whoever started this program. */
function stopped(signal: AbortSignal): Promise<ExitCode> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(exitCodes.stopped), { once: true });
    process.once('SIGTERM', () => resolve(exitCodes.done));
  });
}
