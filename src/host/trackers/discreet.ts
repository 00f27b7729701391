// A connection whose words hold no secret: a server may repeat, within an answer that is none, what it was sent.
import { HttpError } from '../../core/source/http';
import { type Connection, type ListedRun, SettingsError } from '../../core/source/tracker';
import { withoutSecrets } from '../secrets/secrets';

/** The error as it may be told; the same one where there is nothing in it. */
export function discreetError(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof HttpError || error instanceof SettingsError)) return error;
  const message = withoutSecrets(error.message, secrets);
  if (message === error.message) return error;
  return error instanceof SettingsError ? new SettingsError(error.field, message) : new HttpError(error.code, message, error.file, error.tip);
}

/** The connection as it is, but for what it says of trouble. */
export function discreet(connection: Connection, secrets: readonly string[]): Connection {
  if (secrets.length === 0) return connection;
  async function* told<T>(items: AsyncIterable<T>, as: (item: T) => T = (item) => item): AsyncGenerator<T> {
    try {
      for await (const item of items) yield as(item);
    } catch (error) {
      throw discreetError(error, secrets);
    }
  }
  const { server, user, runsAtOnce } = connection;
  return {
    server,
    user,
    runsAtOnce,
    projects: (signal) => told(connection.projects(signal)),
    runs: (query, signal) => told(connection.runs(query, signal)),
    read: (runs: readonly ListedRun[], context) =>
      told(connection.read(runs, context), (event) => {
        if (event.kind !== 'issue') return event;
        return { ...event, issue: { ...event.issue, message: withoutSecrets(event.issue.message, secrets) } };
      }),
  };
}
