// A database that is not of the tracker that was meant: what is said of it, in whose words.
import { expect, test } from 'vitest';
import { databaseTrackers, type Found, whyNot } from '../../../src/host/trackers/databases';

const tracker = (id: string) => databaseTrackers.find(({ meta }) => meta.id === id) ?? expect.fail(id);
const optuna = tracker('optuna');
const mlflow = tracker('mlflow-database');
const access = { base: 'postgresql://db.test:5432/lab', dialect: 'postgresql', user: 'reader', database: 'lab' } as const;
const nothing: Found = { readable: [], searched: ['public'], known: [] };
const tables = (schema: string, of: typeof optuna) => of.tables.map((table) => [schema, table] as const);

test.each([optuna, mlflow])('neither tracker’s tables: both are named, the schema, and what to do, whichever was guessed', (guessed) => {
  const told = whyNot(guessed, access, nothing);
  expect(told?.code).toBe('bad-answer');
  expect(told?.message).toMatch(/^postgresql:\/\/db\.test:5432\/lab is no .* and is no /);
  for (const word of [
    'is no Optuna storage',
    'is no MLflow database',
    'studies, trials',
    'runs, experiments',
    'looked in the schema public for tables that reader may read',
  ])
    expect(told?.message).toContain(word);
  expect(told?.tip).toContain('the name of the database at the end of the address');
});

test('the other tracker’s tables: told to choose that', () => {
  const told = whyNot(optuna, access, { ...nothing, readable: mlflow.tables });
  expect(told?.message).toContain('is no Optuna storage: it holds the tables of an MLflow database.');
  expect(told?.tip).toContain(mlflow.meta.title);
});

test('only some of the tables: the tracker’s own word says which are missing', () => {
  expect(whyNot(optuna, access, { ...nothing, readable: optuna.tables.slice(1) })).toBeNull();
});

test('tables that the user may not read, that lie off the search path, or in another database: how to get at them', () => {
  expect(whyNot(optuna, access, { ...nothing, known: tables('public', optuna) })?.tip).toContain('GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader');
  const off = whyNot(mlflow, access, { ...nothing, known: [...tables('odd', optuna).slice(1), ...tables('tracking', mlflow)] });
  expect(off?.tip).toContain('ALTER ROLE reader SET search_path = tracking');
  const mysql = whyNot(optuna, { ...access, dialect: 'mysql' }, { ...nothing, searched: ['lab'], known: tables('studies', optuna) });
  expect(mysql?.message).toContain('looked in the database lab');
  expect(mysql?.tip).toContain('in the database studies');
  expect(whyNot(optuna, access, { ...nothing, searched: [] })?.message).toContain('none on the search path of reader');
});
