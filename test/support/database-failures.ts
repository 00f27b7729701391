// What goes wrong between Diptych and a database, in the words that are said: docs/connections.md prints it, database-failures.test.ts holds it.
import { issueCatalogue } from '../../src/core/base/issues';
import { tracker as mlflow } from '../../src/core/readers/mlflow-database/tracker';
import { tracker } from '../../src/core/readers/optuna/tracker';
import type { HttpTrouble } from '../../src/core/source/source';
import type { Found } from '../../src/host/trackers/databases';

/** The database of all rows; what is said names it. */
export const access = tracker.access({ address: 'postgresql://reader@db.example.org/lab?sslmode=require', password: 'a password' });

export interface DatabaseFailure {
  readonly what: string;
  /** The codes that drivers and servers give it: of PostgreSQL, of MySQL, of the system. */
  readonly codes: readonly string[];
  readonly says: string;
  readonly code: HttpTrouble;
  readonly tip: string;
}

const base = 'postgresql://db.example.org:5432/lab';
const neither = `${base} is no MLflow database and is no Optuna storage: looked in the schema public for tables that reader may read, and found neither runs, experiments, params, tags, metrics nor studies, trials, trial_params.`;

/** Failures that servers and drivers tell by a code. */
export const codedFailures: readonly DatabaseFailure[] = [
  {
    what: 'A wrong user or password',
    codes: ['28P01', '28000', 'ER_ACCESS_DENIED_ERROR'],
    says: `${base} does not let reader in with this password.`,
    code: 'unauthorised',
    tip: 'Enter user and password again. PGPASSWORD counts only for the host that the environment names (PGHOST, or the address); entries of ~/.pgpass count for theirs.',
  },
  {
    what: 'A database that is not there',
    codes: ['3D000', 'ER_BAD_DB_ERROR'],
    says: `${base}: there is no database lab on this server.`,
    code: 'not-found',
    tip: 'Look at the name at the end of the address.',
  },
  {
    what: 'No right to read a table',
    codes: ['42501', 'ER_TABLEACCESS_DENIED_ERROR'],
    says: `${base} does not let reader read this.`,
    code: 'forbidden',
    tip: 'Who owns it can allow it: GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader.',
  },
  {
    what: 'A question that takes longer than five minutes',
    codes: ['57014', 'ER_QUERY_TIMEOUT', 'ER_STATEMENT_TIMEOUT'],
    says: `${base} took too long to answer, and ended the question.`,
    code: 'timed-out',
    tip: '',
  },
  {
    what: 'Nobody listens',
    codes: ['ECONNREFUSED'],
    says: 'db.example.org cannot be reached: nothing listens at port 5432.',
    code: 'unreachable',
    tip: '',
  },
  { what: 'A wrong name of the host', codes: ['ENOTFOUND'], says: 'db.example.org cannot be reached: no such host is known.', code: 'unreachable', tip: '' },
  {
    what: 'No place for another connection, or not started yet',
    codes: ['53300', '57P03', 'ER_CON_COUNT_ERROR'],
    says: 'db.example.org takes no connection now.',
    code: 'unreachable',
    tip: '',
  },
  {
    what: 'A server without TLS where it is asked for',
    codes: ['NO_TLS'],
    says: 'db.example.org speaks no TLS, and sslmode=require asks for it.',
    code: 'certificate',
    tip: 'Ask who runs it to switch TLS on, or, in a network that you trust, take sslmode out of the address.',
  },
  {
    what: 'A certificate that nobody vouches for (`sslmode=verify-…`)',
    codes: ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
    says: 'The certificate of db.example.org is not trusted.',
    code: 'certificate',
    tip: '',
  },
  {
    what: 'The database goes away in the middle: what was read is kept, and the next time only what is missing is read',
    codes: ['57P01', 'ECONNRESET', 'PROTOCOL_CONNECTION_LOST', 'ER_SERVER_SHUTDOWN'],
    says: 'The connection to db.example.org ended in the middle.',
    code: 'cut-off',
    tip: '',
  },
];

const tablesIn = (tables: readonly string[], schema = 'public') => tables.map((table) => [schema, table] as const);

/** Databases that are of no tracker, or of another one, by what was found in them. */
export const otherDatabases: readonly (Omit<DatabaseFailure, 'codes' | 'code'> & { readonly found: Found })[] = [
  {
    what: 'A database of neither tracker',
    found: { readable: [], searched: ['public'], known: [] },
    says: neither,
    tip: 'Look at the name of the database at the end of the address. Tables are made when the tracker first writes there.',
  },
  {
    what: 'A database of another tracker than the one that was chosen',
    found: { readable: mlflow.tables, searched: ['public'], known: tablesIn(mlflow.tables) },
    says: `${base} is no Optuna storage: it holds the tables of an MLflow database.`,
    tip: `Choose “${mlflow.meta.title}” as the tracker.`,
  },
  {
    what: 'Tables that the user may not read',
    found: { readable: [], searched: ['public'], known: tablesIn(tracker.tables) },
    says: neither,
    tip: 'Those of an Optuna storage are there, but reader may not read them. Whoever owns them can say: GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader.',
  },
  {
    what: 'Tables in a schema that the search path does not lead to',
    found: { readable: [], searched: ['public'], known: tablesIn(tracker.tables, 'tuning') },
    says: neither,
    tip: 'Those of an Optuna storage are in the schema tuning. Let the search path lead there: ALTER ROLE reader SET search_path = tuning (and GRANT USAGE and SELECT, where reader may not read it).',
  },
];

/** All rows, with what the catalogue says where a failure has no words of its own on how to go on. */
export const databaseFailures = (): readonly Pick<DatabaseFailure, 'what' | 'says' | 'tip'>[] => [
  ...codedFailures.map(({ what, says, tip, code }) => ({ what, says, tip: tip || issueCatalogue[code].tip })),
  ...otherDatabases,
];
