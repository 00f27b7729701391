// Runs a tool of packaging to its end, cut off from the network: what a package needs is here, or it fails.
import { spawn } from 'node:child_process';

const nowhere = 'http://127.0.0.1:9';
const offline = { HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, http_proxy: nowhere, https_proxy: nowhere, npm_config_offline: 'true' };

/** Gives its standard output. @throws Error with all that it said when it fails */
export function runTool(program: string, args: readonly string[], cwd = process.cwd(), env: NodeJS.ProcessEnv = {}): Promise<string> {
  return new Promise((done, fail) => {
    // With CI set, the builder does not look for a newer self.
    const child = spawn(program, args, { cwd, env: { ...process.env, CI: 'true', ...offline, ...env } });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    child.on('error', fail);
    child.on('close', (code) => (code === 0 ? done(out) : fail(new Error(`${program} ${args.join(' ')} ended with ${code}\n${out}${err}`))));
  });
}
