// A command of a tracker's own client, beside this process: the stand-in that it asks answers in it.
import { spawn } from 'node:child_process';

export function ran(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | null; readonly err: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.on('data', (part) => {
      err += part;
    });
    child.once('exit', (status) => resolve({ status, err }));
  });
}
