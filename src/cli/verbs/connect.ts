// `diptych connect`: reads runs from a tracker into a folder, which every other verb opens without the tracker.
import { resolve } from 'node:path';
import { type Issue, issue } from '../../core/base/issues';
import { download } from '../../core/ingest/download';
import { trackers } from '../../core/readers';
import { HttpError } from '../../core/source/http';
import { type RunQuery, SettingsError, type Tracker } from '../../core/source/tracker';
import { asset } from '../../host/assets';
import { nodeSha256 } from '../../host/sha256';
import { type OpenConnection, openConnection } from '../../host/trackers/open';
import { recognise } from '../../host/trackers/recognise';
import { fillSettings } from '../../host/trackers/settings';
import { BundleFolder } from '../bundle-folder';
import { enteredSettings, sinceOf, trustedOf } from '../connect-options';
import { chooseProjects, listProjects } from '../connect-projects';
import { documentText, issueDocument } from '../document';
import { type ExitCode, exitCodes, UsageError } from '../exit';
import { limitSpecs, limitsOf } from '../read-runs';
import { issueLines } from '../tables';
import type { CliContext, Verb, VerbArgs } from '../verb';
import { version } from '../version';

export const verb: Verb = {
  meta: {
    id: 'connect',
    summary: 'Read runs from a tracker into a folder that every verb opens offline.',
    usage: 'URL -o FOLDER [--project NAME]… [--since WHEN] [--filter TEXT] [--json]\n  diptych connect URL --list [--json]',
    options: {
      output: { type: 'string', short: 'o', help: 'The folder. Read again into the same one, only what changed is read.' },
      project: { type: 'string', multiple: true, help: 'Only this project or experiment, by name or id; may be given again. All of them unless given.' },
      since: { type: 'string', help: 'Only runs that started since: a date (2026-11-02, 2026-11-02T10:00Z) or an age (7d, 12h).' },
      filter: { type: 'string', help: "Only runs that the tracker finds by this, in the tracker's own language." },
      run: { type: 'string', multiple: true, help: 'Only this run, by the id that the tracker gave it; may be given again.' },
      list: { type: 'boolean', help: 'List the projects, and read nothing.' },
      tracker: { type: 'string', help: `Which tracker it is, where it cannot be told: ${trackers.map(({ meta }) => meta.id).join(', ')}.` },
      user: { type: 'string', help: 'The user, where the tracker asks for one.' },
      'token-file': { type: 'string', help: 'A file with the token or password. Else it comes from the environment or .netrc; never from an argument.' },
      trust: { type: 'string', help: 'A certificate (PEM file) to trust for this server.' },
      json: { type: 'boolean', help: 'Print what was read as JSON.' },
      ...limitSpecs,
    },
  },
  async run(args, context) {
    const [address, ...more] = args.positionals;
    if (address === undefined || more.length > 0) throw new UsageError('name one URL: the address of a tracker');
    if (/^s3:\/\//i.test(address)) throw new UsageError('a bucket is read where a PATH is, without connect', `diptych inspect ${address}`);
    if (!args.flag('list') && args.text('output') === undefined) throw new UsageError('-o FOLDER is missing: where the runs are to lie');
    const since = sinceOf(args.text('since'), Date.now());
    try {
      const { tracker, open } = await opened(address, args, context);
      try {
        if (args.flag('list')) return await listProjects(tracker, open, args, context);
        const projects = await chooseProjects(open.connection, args.texts('project'), context);
        const ids = args.texts('run');
        const query = { projects, filter: args.text('filter') ?? null, since, ...(ids.length > 0 ? { ids } : {}) };
        return await bring(tracker, open, query, args, context);
      } finally {
        await open.close();
      }
    } catch (error) {
      if (error instanceof SettingsError) throw new UsageError(error.message.replace(/\.$/, ''));
      if (!(error instanceof HttpError)) throw error;
      return await failed(error, args, context);
    }
  },
};

async function opened(address: string, args: VerbArgs, context: CliContext): Promise<{ readonly tracker: Tracker; readonly open: OpenConnection }> {
  const { env, signal } = context;
  const trusted = trustedOf(args.text('trust'), context);
  const shared = { env, signal, version, ...(trusted === undefined ? {} : { trusted }) };
  const named = args.text('tracker');
  const tracker =
    named === undefined
      ? await recognise(address, { ...shared, entered: async (one) => enteredSettings(one, address, args, context) })
      : trackers.find(({ meta }) => meta.id === named);
  if (!tracker) {
    const known = trackers.map(({ meta }) => meta.id).join(', ');
    if (named !== undefined) throw new UsageError(`there is no tracker '${named}'; known are ${known}`);
    throw new UsageError(`${address} answers like no tracker that is known (${known}): name it with --tracker, or look at the address`);
  }
  const { settings, origins } = fillSettings(tracker, enteredSettings(tracker, address, args, context), env);
  if (origins.password === 'address')
    context.tell('The password in the address is used and not kept; others on this machine can see arguments: --token-file and the environment hide it.\n');
  const waiting = (ms: number, why: string) => context.status(`Waiting ${Math.ceil(ms / 1000)} s: ${why}`);
  return { tracker, open: await openConnection(tracker, { ...shared, settings, waiting }) };
}

async function bring(
  tracker: Tracker,
  { connection, base, received }: OpenConnection,
  query: RunQuery,
  args: VerbArgs,
  context: CliContext,
): Promise<ExitCode> {
  const folder = await BundleFolder.open(resolve(context.cwd, args.text('output') as string), { tracker: tracker.meta.id, address: base });
  const options = { signal: context.signal, limits: limitsOf(args), keepContents: true, asset, sha256: nodeSha256, known: folder.known };
  const reading = download({ tracker, connection, query, source: 0, received }, options);
  const issues: Issue[] = [];
  try {
    for (;;) {
      const next = await reading.next();
      if (next.done) {
        const { stopped, ...sum } = next.value;
        const runs = folder.size;
        if (args.flag('json')) {
          const head = { command: 'connect', tracker: tracker.meta.id, server: connection.server, address: base, user: connection.user };
          await context.write(documentText({ ...head, ...sum, runs, stopped: stopped !== null, issues: issues.map(issueDocument) }));
        } else {
          await context.write(summary(connection.server, sum, args.text('output') as string));
          context.tell(issueLines(issues));
        }
        return runs === 0 && sum.listed === 0 && !stopped ? exitCodes.nothing : stopped || sum.failed > 0 ? exitCodes.some : exitCodes.done;
      }
      const event = next.value;
      if (event.kind === 'run') await folder.add(event.read);
      if (event.kind === 'claims') await folder.commit(event.claims);
      if (event.kind === 'issue') issues.push(event.issue);
      if (event.kind === 'progress') context.status(`Reading… ${event.progress.runs} of ${event.progress.files} runs, ${event.progress.points} points`);
    }
  } finally {
    await folder.discardEmpty();
  }
}

function summary(
  server: string,
  { listed, known, read, failed }: { readonly listed: number; readonly known: number; readonly read: number; readonly failed: number },
  folder: string,
): string {
  const runs = (count: number): string => (count === 1 ? '1 run' : `${count} runs`);
  const parts = [`${runs(listed)} found`, ...(known > 0 ? [`${known} as before`] : []), `${read} read`, ...(failed > 0 ? [`${failed} failed`] : [])];
  return `${server}: ${parts.join(', ')}. ${folder} opens without it.\n`;
}

/** Nothing could be listed: the document says why. */
async function failed(error: HttpError, args: VerbArgs, context: CliContext): Promise<ExitCode> {
  const told = issue(error.code, error.message, { file: error.file, severity: 'critical', ...(error.tip ? { tip: error.tip } : {}) });
  if (args.flag('json')) await context.write(documentText({ command: 'connect', runs: 0, listed: 0, read: 0, issues: [issueDocument(told)] }));
  context.tell(`diptych: ${told.message} ${told.tip}\n`);
  return exitCodes.nothing;
}
