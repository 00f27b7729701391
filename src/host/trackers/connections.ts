// The connections of one page: opened, asked page by page, and turned into places that are kept.

import { issueCatalogue } from '../../core/base/issues';
import { trackers } from '../../core/readers';
import { HttpError } from '../../core/source/http';
import { shownBase } from '../../core/source/sql-address';
import { type ListedRun, type Project, type Settings, SettingsError, type Tracker } from '../../core/source/tracker';
import { WireError } from '../../wire/errors';
import type { HostResult } from '../../wire/host-api';
import type { Refused, TrackerForm, TrackerQuery } from '../../wire/trackers';
import { bucketForm } from '../buckets/form';
import type { Environment } from '../http/wire-up';
import { Secret, type SecretStore, secretKey } from '../secrets/secrets';
import { runQuery } from './asked';
import { keptSecrets, secretKind } from './kept-secrets';
import { type OpenConnection, openConnection, UntrustedError } from './open';
import { Pages } from './pages';
import type { TrackerPlace } from './place';
import { recognise } from './recognise';
import { fillSettings, formOf, type Origin } from './settings';

/** A page that opens more has left them lying about. */
const mostOpen = 16;

interface Open {
  readonly tracker: Tracker;
  readonly open: OpenConnection;
  /** What may be kept: without secrets. */
  readonly kept: Settings;
  readonly trusted: string | undefined;
  projects: Pages<Project> | null;
  runs: Pages<ListedRun> | null;
}

export interface Connections {
  forms(): readonly TrackerForm[];
  connect(
    asked: { readonly tracker: string | null; readonly settings: Settings; readonly certificate?: string | undefined },
    signal: AbortSignal,
  ): Promise<Exclude<HostResult<'connect'>, { kind: 'place' }>>;
  projects(connection: number, anew: boolean, signal: AbortSignal): Promise<HostResult<'projects'>>;
  runs(connection: number, query: TrackerQuery, anew: boolean, signal: AbortSignal): Promise<HostResult<'listRuns'>>;
  /** What is to be kept of a connection and a choice of runs. */
  place(connection: number, query: TrackerQuery, label: string): TrackerPlace;
  close(connection: number): void;
  closeAll(): void;
}

export function createConnections(services: { readonly secrets: SecretStore; readonly env: Environment; readonly version: string }): Connections {
  const { secrets, env, version } = services;
  const all = new Map<number, Open>();
  const find = (id: number): Open => {
    const found = all.get(id);
    if (!found) throw new WireError('unknown-id', 'This connection is not open any more.', 'Connect again.');
    return found;
  };
  const close = (id: number): void => {
    const found = all.get(id);
    all.delete(id);
    found?.open.close().catch(() => {});
  };

  return {
    // What has ended is named last.
    forms: () => [...trackers.filter(({ hasEnded }) => !hasEnded), bucketForm, ...trackers.filter(({ hasEnded }) => hasEnded)].map((one) => formOf(one, env)),
    async connect({ tracker: named, settings: entered, certificate: trusted }, signal) {
      const shared = { env, version, signal, ...(trusted === undefined ? {} : { trusted }) };
      let tracker: Tracker | null = trackers.find(({ meta }) => meta.id === named) ?? null;
      try {
        tracker ??= await recognise(entered.address ?? '', {
          ...shared,
          entered: async (one) => ({ ...(await keptSecrets(one, entered, secrets)), ...entered }),
        });
        if (!tracker) return refusedBy(unknownTracker(), null);
        const known = await keptSecrets(tracker, entered, secrets);
        const { settings, origins, kept } = fillSettings(tracker, { ...known, ...entered }, env);
        const open = await openConnection(tracker, { ...shared, settings });
        await holdSecrets(tracker, settings, origins, secrets);
        if (all.size >= mostOpen) close([...all.keys()][0] as number);
        const id = ++last;
        all.set(id, { tracker, open, kept, trusted, projects: null, runs: null });
        const told = Object.entries(origins).map(
          ([field, origin]) => [field, origin === 'entered' && !(field in entered) ? ('kept' as const) : origin] as const,
        );
        const { server, user } = open.connection;
        return {
          kind: 'connected',
          connection: id,
          tracker: tracker.meta.id,
          server,
          address: open.base,
          user,
          origins: Object.fromEntries(told),
          filterExample: tracker.filterExample,
        };
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof SettingsError || error instanceof HttpError) return refusedBy(error, tracker);
        throw error;
      }
    },
    async projects(id, anew, signal) {
      const found = find(id);
      if (anew || !found.projects) found.projects = new Pages(found.open.connection.projects(signal));
      const { items, more } = await asked(found.projects.next());
      return { projects: [...items], more };
    },
    async runs(id, query, anew, signal) {
      const found = find(id);
      if (anew || !found.runs) found.runs = new Pages(found.open.connection.runs({ ...runQuery(query), glance: true }, signal));
      const { items, more } = await asked(found.runs.next());
      const runs = items.map(({ nativeId, project, name, status, startedMs, user }) => ({ id: nativeId, project, name, status, startedMs, user }));
      return { runs, more };
    },
    place(id, query, label) {
      const { tracker, open, kept, trusted } = find(id);
      return {
        tracker: tracker.meta.id,
        base: open.base,
        settings: kept,
        label,
        query,
        ...(trusted === undefined ? {} : { trusted }),
      };
    },
    close,
    closeAll: () => {
      for (const id of [...all.keys()]) close(id);
    },
  };
}

/** A password that stood in an address is held until the program ends: what is kept of the connection has it no more. */
async function holdSecrets(tracker: Tracker, settings: Settings, origins: Readonly<Record<string, Origin>>, secrets: SecretStore): Promise<void> {
  const address = tracker.form.find(({ kind }) => kind === 'address');
  for (const { id, kind } of tracker.form) {
    const secret = settings[id];
    if (kind !== 'secret' || origins[id] !== 'address' || !secret || !address) continue;
    await secrets.set(secretKey(secretKind(tracker, id), shownBase(settings[address.id] ?? '')), new Secret(secret), false);
  }
}

/** Numbers are unique in the host, not only in a page. */
let last = 0;

const unknownTracker = (): SettingsError =>
  new SettingsError('address', 'What answers there is no tracker that Diptych knows. Look at the address, or choose the tracker yourself.');

function refusedBy(error: SettingsError | HttpError, tracker: Tracker | null): { readonly kind: 'refused' } & Refused {
  const shared = { kind: 'refused', tracker: tracker?.meta.id ?? null } as const;
  if (error instanceof SettingsError) return { ...shared, field: error.field, code: 'settings', message: error.message, tip: '', certificate: null };
  const tip = error.tip ?? issueCatalogue[error.code].tip;
  const told = { ...shared, field: null, code: error.code, tip };
  return error instanceof UntrustedError ? { ...told, message: error.said, certificate: error.shown } : { ...told, message: error.message, certificate: null };
}

/** Trouble while a page of a list is asked for, in the words of the wire. */
async function asked<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SettingsError) throw new WireError('refused', error.message);
    if (error instanceof HttpError) throw new WireError('unavailable', error.message, error.tip ?? issueCatalogue[error.code].tip);
    throw error;
  }
}
