// The form of a connection: what goes along to another tracker's form, and what is remembered.
import { expect, test } from 'vitest';
import { trackers } from '../../../src/core/readers';
import { bucketForm } from '../../../src/host/buckets/form';
import { formOf } from '../../../src/host/trackers/settings';
import { carried, filled, knownConnection } from '../../../src/renderer/features/connect/form-state';
import { connectedTo, defaultSettings, forgetConnection, parseSettings } from '../../../src/renderer/state/settings';

const forms = [...trackers, bucketForm].map((one) => formOf(one, {}));
const form = (id: string) => forms.find((one) => one.id === id) ?? expect.fail(id);

test('an address that a form had filled in by itself is not taken for one that was typed', () => {
  for (const before of forms)
    for (const after of forms) {
      const untouched = filled(before, {});
      expect([before.id, after.id, filled(after, carried(before, after, untouched))]).toEqual([before.id, after.id, filled(after, {})]);
    }
  expect(carried(form('clearml'), null, filled(form('clearml'), {}))).toEqual({});
});

test('what was typed goes along where another form asks for the same', () => {
  const typed = { ...filled(form('optuna'), {}), address: 'postgresql://db.test/lab', user: 'me', password: 'pw', database: '' };
  expect(filled(form('mlflow-database'), carried(form('optuna'), form('mlflow-database'), typed))).toEqual({ ...typed });
  expect(carried(form('optuna'), form('wandb'), typed)).toEqual({ address: 'postgresql://db.test/lab' });
});

test('a key that was typed beside the address of one service does not go to another service', () => {
  const typed = { ...filled(form('comet'), {}), key: 'of-comet' };
  expect(filled(form('wandb'), carried(form('comet'), form('wandb'), typed))).toMatchObject({ address: 'https://api.wandb.ai', key: '' });
  expect(carried(form('comet'), form('wandb'), { ...typed, address: 'https://own.test' })).toEqual({ address: 'https://own.test', key: 'of-comet' });
});

test('nothing that is secret is remembered, whichever tracker it is', () => {
  for (const one of forms) {
    const all = Object.fromEntries(one.fields.map(({ id, kind }) => [id, kind === 'secret' ? 'a-secret' : `its ${id}`]));
    const { values } = knownConnection(one, all);
    expect(JSON.stringify(values)).not.toContain('a-secret');
    expect(Object.keys(values).sort()).toEqual(one.fields.flatMap(({ id, kind }) => (kind === 'secret' ? [] : [id])).sort());
  }
  const { values } = knownConnection(form('optuna'), { address: 'postgresql://me:a-secret@db.test/lab' });
  expect(values).toEqual({ address: 'postgresql://db.test:5432/lab', user: 'me' });
});

test('connections are remembered, last first, each once; one is forgotten; what is stored is read back', () => {
  let settings = defaultSettings;
  const to = (address: string) => ({ tracker: 'mlflow-server', values: { address } });
  for (const address of ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g']) settings = { ...settings, ...connectedTo(to(address))(settings) };
  expect(settings.connections.map(({ values }) => values.address)).toEqual(['g', 'f', 'e', 'd', 'c', 'a']);
  settings = { ...settings, ...forgetConnection(to('e'))(settings) };
  expect(parseSettings(JSON.parse(JSON.stringify(settings))).connections).toEqual(settings.connections);
  const hostile = parseSettings({ connections: [null, 7, { tracker: 3, values: {} }, { tracker: 'x', values: { a: 1, b: 'c' } }, 'y'] });
  expect(hostile.connections).toEqual([{ tracker: 'x', values: { b: 'c' } }]);
  expect(parseSettings({ connections: 'none' }).connections).toEqual([]);
});
