// Projects of a tracker: listed, and chosen by name or id.
import type { Connection, Project, Tracker } from '../core/source/tracker';
import type { OpenConnection } from '../host/trackers/open';
import { documentText } from './document';
import { type ExitCode, exitCodes, UsageError } from './exit';
import { nearestTo } from './spelling';
import { columns, shown } from './tables';
import type { CliContext, VerbArgs } from './verb';

async function allProjects(connection: Connection, context: CliContext): Promise<readonly Project[]> {
  const found: Project[] = [];
  for await (const page of connection.projects(context.signal)) {
    found.push(...page);
    context.status(`${found.length} projects…`);
  }
  return found;
}

/**
 * Ids of the named projects, of all where none is named.
 * @throws UsageError for a name that is no project
 */
export async function chooseProjects(connection: Connection, names: readonly string[], context: CliContext): Promise<readonly string[]> {
  const projects = await allProjects(connection, context);
  if (names.length === 0) return projects.map(({ id }) => id);
  return names.map((name) => {
    const found = projects.find((one) => one.name === name) ?? projects.find((one) => one.id === name);
    if (found) return found.id;
    const near = nearestTo(
      name,
      projects.map((one) => one.name),
    );
    throw new UsageError(`there is no project '${name}'`, near && `--project "${near}"`);
  });
}

/** Prints the projects. */
export async function listProjects(tracker: Tracker, { connection, base }: OpenConnection, args: VerbArgs, context: CliContext): Promise<ExitCode> {
  const projects = await allProjects(connection, context);
  if (args.flag('json')) {
    const head = { command: 'connect', tracker: tracker.meta.id, server: connection.server, address: base, user: connection.user };
    const listed = projects.map(({ id, name, runs, changedMs }) => ({ id, name, runs, changed_ms: changedMs }));
    await context.write(documentText({ ...head, projects: listed, issues: [] }));
  } else {
    const rows = projects.map(({ id, name, runs }) => [shown(name), shown(id), runs === null ? '–' : String(runs)]);
    await context.write(columns(['PROJECT', 'ID', 'RUNS'], rows, [2]));
  }
  return projects.length === 0 ? exitCodes.nothing : exitCodes.done;
}
