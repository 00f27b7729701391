// The contract of a tracker that is read over the network: a form as data, a connection, its projects and runs, and the events of runs.

import type { EpochMs } from '../base/units';
import type { RunEvent } from '../model/events';
import type { RunStatus } from '../model/run';
import type { Http } from './http';
import type { ReadContext, ReaderMeta } from './reader';
import type { Dialect, Sql, SqlAccess } from './sql';

/** One thing that a person is asked for; the dialog draws any form, and the command line takes the same from the environment. */
export interface Field {
  readonly id: string;
  readonly label: string;
  /** A `secret` is never kept with the settings, shown, logged or exported. Exactly one field is the `address`. */
  readonly kind: 'address' | 'text' | 'secret';
  readonly required?: true;
  readonly placeholder?: string;
  /** One sentence on where to find it. */
  readonly help?: string;
  /** The page of the hosted service on which it is made: `https://wandb.ai/authorize`. */
  readonly page?: string;
  /** Environment variables that hold it; the first that is set counts. */
  readonly env?: readonly string[];
  /** The same, of the client of one kind of database. */
  readonly sqlEnv?: Readonly<Record<Dialect, readonly string[]>>;
  /** It may stand in the `.pgpass` entry of the database. */
  readonly pgpass?: true;
  /** It may stand in the `.netrc` entry of the address's host. */
  readonly netrc?: 'login' | 'password';
  /** What it is unless something else is entered. */
  readonly initial?: string;
}

/** By field id; empty fields are left out. Holds secrets: for `access` and `connect` only. */
export type Settings = Readonly<Record<string, string>>;

/** A file in which the tracker's own client keeps where the server is, and as whom to ask it. */
export interface ClientFile {
  /** Environment variables that name it, or the folder that it lies in; the first that is set counts. */
  readonly env: readonly string[];
  /** Below the person's home folder, where no variable names it; the first that is there counts. */
  readonly files: readonly [string, ...string[]];
  /**
   * What it says, by field id.
   * @param env what an environment variable holds
   * @throws SyntaxError where it cannot be understood
   */
  read(text: string, env: (name: string) => string | undefined): Settings;
}

/** Where requests go, and what they carry. Headers are sent to the host of `base` only. */
export interface Access {
  /** `https://host/prefix`, without a slash at its end. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How a server is told from others: by a question that needs no credentials, and has a short answer. */
export interface Hello {
  /** Below the base: `/version`. */
  readonly path: string;
  /** 0 to 1: how sure the answer makes it that this is the tracker. */
  sure(status: number, text: string): number;
}

/** A file of the tracker's own tools (INI) that names servers and holds what it takes to ask them. */
export interface Profiles {
  /** Below the person's home: `.databrickscfg`. */
  readonly file: string;
  /** Environment variables: another place of the file; the profile that is meant where none is named. */
  readonly env: { readonly file: string; readonly profile: string };
  /** The profile that is meant where nothing names one. */
  readonly usual: string;
  /** The profile that an address stands for, '' for the one that is meant anyhow; null where it is the address of a server. */
  named(address: string): string | null;
  /** Keys of the file: into which field each goes, and the environment variable that says the same. One of them is the address. */
  readonly keys: Readonly<Record<string, { readonly field: string; readonly env?: string }>>;
  /** What to do about a profile that signs in by something that we do not speak; null for one that we do. */
  foreign(profile: Readonly<Record<string, string>>): string | null;
}

interface TrackerBase {
  readonly meta: ReaderMeta;
  /** Hosted services, known by their name. */
  readonly hosts?: RegExp;
  /** There is no such service any more: the dialog offers to open what people have of it. */
  readonly hasEnded?: true;
  /** In the order in which it is asked. */
  readonly form: readonly Field[];
  /** Counts where the environment says nothing. */
  readonly file?: ClientFile;
  /** A filter in the tracker's own language, as an example. */
  readonly filterExample: string;
  /** Requests that may be open at once: what the server bears, less for a hosted one. */
  readonly parallel: number;
}

/** A tracker with a server of its own. */
export interface HttpTracker extends TrackerBase {
  readonly speaks?: undefined;
  readonly hello: Hello;
  readonly profiles?: Profiles;
  /** @throws SettingsError when what was entered cannot be right */
  access(settings: Settings): Access;
  /** The heavy part, loaded on first use. */
  load(): Promise<{ readonly connect: Connect }>;
}

/** A tracker that keeps its runs in a database of PostgreSQL or MySQL. Its form has the fields of `sqlForm`. */
export interface SqlTracker extends TrackerBase {
  readonly speaks: 'sql';
  readonly profiles?: undefined;
  /** What such a database is called: "Optuna storage". */
  readonly noun: string;
  /** Tables by which its databases are told from those of others. */
  readonly tables: readonly string[];
  /** @throws SettingsError when what was entered cannot be right */
  access(settings: Settings): SqlAccess;
  /** The heavy part, loaded on first use. */
  load(): Promise<{ readonly connect: ConnectSql }>;
}

export type Tracker = HttpTracker | SqlTracker;

/**
 * Looks whether the database is one of the tracker.
 * @throws HttpError when it cannot be asked, or is none (`bad-answer`)
 */
export type ConnectSql = (access: SqlAccess, sql: Sql, signal: AbortSignal) => Promise<Connection>;

/**
 * Says hello.
 * @throws HttpError when the server cannot be asked, or is no such tracker (`bad-answer`)
 */
export type Connect = (access: Access, settings: Settings, http: Http, signal: AbortSignal) => Promise<Connection>;

export interface Connection {
  /** For people: "MLflow 3.17.2". */
  readonly server: string;
  /** Whom the server takes us for, where it says so. */
  readonly user: string | null;
  /** All projects that may be read, page by page. */
  projects(signal: AbortSignal): AsyncIterable<readonly Project[]>;
  /** Runs, page by page, newest first; a run that moved while pages were turned may come twice. */
  runs(query: RunQuery, signal: AbortSignal): AsyncIterable<readonly ListedRun[]>;
  /** Runs that `read` is given at once at most: more than one where the server answers for many in one go. */
  readonly runsAtOnce: number;
  /**
   * The events of listed runs; the run key is the index in `runs`. One run that cannot be read is an issue and a `discard`.
   * @throws HttpError when none can be read
   */
  read(runs: readonly ListedRun[], context: ReadContext): AsyncIterable<RunEvent>;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  /** Null where the tracker would have to count. */
  readonly runs: number | null;
  readonly changedMs: EpochMs | null;
}

export interface RunQuery {
  readonly projects: readonly string[];
  /** In the tracker's own language; null for all. */
  readonly filter: string | null;
  /** Only runs that started at or after this. */
  readonly since: EpochMs | null;
  /** Only these, by native id. */
  readonly ids?: readonly string[];
  /** Only the first page: what a look at a followed tracker needs, beside the runs that go on. */
  readonly newest?: true;
  /** The list is only looked at: a tracker to which marks are dear may leave them ''. */
  readonly glance?: true;
}

export interface ListedRun {
  readonly nativeId: string;
  readonly project: string;
  readonly name: string | null;
  readonly status: RunStatus;
  readonly startedMs: EpochMs | null;
  readonly user: string | null;
  /** Changes when the tracker holds something new of the run; '' where it cannot tell. At most 64 characters. */
  readonly mark: string;
  /** What `read` needs of the listing. */
  readonly note?: unknown;
}

/** What was entered cannot be right; `field` says where. */
export class SettingsError extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
    this.name = 'SettingsError';
  }
}

/**
 * An address as it was typed, as a base: `host:5000/` → `http://host:5000`.
 * @throws SettingsError when it is no address of a server
 */
export function baseOf(typed: string, field = 'address'): string {
  const text = typed.trim();
  const local = /^(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(text) || /^[\w.-]+:\d+(?:\/|$)/.test(text);
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${local ? 'http' : 'https'}://${text}`;
  let url: URL;
  try {
    url = new URL(full);
  } catch {
    throw new SettingsError(field, `${text} is no address: it looks like https://tracker.example.org.`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new SettingsError(field, `${url.protocol}// cannot be read; http and https can.`);
  if (url.username !== '' || url.password !== '')
    throw new SettingsError(field, 'Enter user and password in their own fields: in an address they would be kept.');
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
}
