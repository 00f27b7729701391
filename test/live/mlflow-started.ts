// MLflow's own server, started by a test with a database and artifacts of its own folder.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Served, serve } from './server';

export interface MlflowPlan {
  /** Of an environment that has MLflow. */
  readonly python: string;
  /** The server's own folder, made where it is missing: `mlflow.db`, `artifacts`, its log. */
  readonly cwd: string;
  /** More words for `mlflow server`. */
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts one on a free port. @throws Error with its log where it does not come up */
export async function startedMlflow({ python, cwd, words = [], env = {} }: MlflowPlan): Promise<Served> {
  mkdirSync(cwd, { recursive: true });
  const store = ['--backend-store-uri', `sqlite:///${cwd}/mlflow.db`, '--artifacts-destination', `${cwd}/artifacts`];
  return serve({
    command: join(dirname(python), 'mlflow'),
    args: (port) => ['server', ...store, '--host', '127.0.0.1', '--port', String(port), '--workers', '1', ...words],
    cwd,
    env,
    readyPath: '/health',
  });
}
