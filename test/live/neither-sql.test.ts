// Real databases that are not of the tracker that was meant: empty ones, tables out of sight and out of reach, and what `diptych connect` says.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cli } from '../cli/context';
import { findDatabases, removeCopies, startDatabase } from './databases';
import { pythonOf } from './environments';

const home = mkdtempSync(join(tmpdir(), 'diptych-neither-sql-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  removeCopies();
});

const python = pythonOf('sql');
const { found, missing } = python === null ? { found: [], missing: [] } : findDatabases(python);
for (const why of missing) console.log(`live: neither-sql is tested without one kind of database: ${why}`);

const password = 'only/for @tests';
const rights = 'no rights here';
const optuna = ['studies', 'trials', 'trial_params'];
const secret = (text: string): string => {
  const file = join(home, text.replace(/\W/g, '-'));
  writeFileSync(file, text);
  return file;
};

/** What is said, and the way on. */
async function refused(address: string, key: string, words: readonly string[] = []): Promise<string> {
  const { code, out, err } = await cli(['connect', address, '-o', join(home, 'none'), '--json', '--token-file', secret(key), ...words], { env: {} });
  expect(code, err).toBe(3);
  expect(out + err).not.toContain(key);
  const { issues } = JSON.parse(out) as { readonly issues: readonly { readonly code: string; readonly message: string; readonly tip: string }[] };
  expect(issues[0]?.code).toBe('bad-answer');
  return `${issues[0]?.message} ${issues[0]?.tip}`;
}

// The lane has said why there is none.
test.skipIf(found.length > 0)('needs a database to start', ({ skip }) => skip());

describe.each(found.map((installed) => [installed.title, installed] as const))('%s', (_, installed) => {
  test('says that neither tracker’s tables are there, where it looked, and how to get at those that are elsewhere', async () => {
    const { port } = await startDatabase(installed, password, python as string);
    const isMysql = installed.kind === 'mysql';
    const address = (user: string, database: string): string => `${installed.kind}://${user}@127.0.0.1:${port}/${database}`;
    const driver = isMysql
      ? `import pymysql; c = pymysql.connect(host="127.0.0.1", port=${port}, user="diptych", password=${JSON.stringify(password)}, database="other", autocommit=True)`
      : `import psycopg2; c = psycopg2.connect(host="127.0.0.1", port=${port}, user="diptych", password=${JSON.stringify(password)}, dbname="other"); c.autocommit = True`;
    const execute = (...statements: readonly string[]): void => {
      const { status, stderr } = spawnSync(python as string, ['-c', `${driver}\nfor s in ${JSON.stringify(statements)}: c.cursor().execute(s)`], {
        encoding: 'utf8',
      });
      expect(status, stderr).toBe(0);
    };

    const looked = isMysql ? 'looked in the database other' : 'looked in the schema public';
    // Whether it is guessed by its name, or was chosen.
    for (const words of [[], ['--tracker', 'optuna'], ['--tracker', 'mlflow-database']]) {
      const told = await refused(address('diptych', 'other'), password, words);
      for (const word of ['is no Optuna storage', 'is no MLflow database', 'studies, trials', 'runs, experiments', looked, 'the name of the database'])
        expect(told).toContain(word);
    }

    if (isMysql) {
      execute(...optuna.map((table) => `CREATE TABLE optuna.${table} (study_id INTEGER)`));
      expect(await refused(address('diptych', 'other'), password)).toContain('Those of an Optuna storage are in the database optuna');
    } else {
      execute('CREATE SCHEMA tracking', ...optuna.map((table) => `CREATE TABLE tracking.${table} (study_id INTEGER)`));
      expect(await refused(address('diptych', 'other'), password)).toContain('ALTER ROLE diptych SET search_path = tracking');
      execute(...optuna.map((table) => `ALTER TABLE tracking.${table} SET SCHEMA public`));
      expect(await refused(address('nobody', 'other'), rights)).toContain('GRANT SELECT ON ALL TABLES IN SCHEMA public TO nobody');
      expect(await refused(address('diptych', 'other'), password, ['--tracker', 'mlflow-database'])).toContain(
        'is no MLflow database: it holds the tables of an Optuna storage',
      );
    }
  }, 300_000);
});
