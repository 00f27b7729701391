// Every row of the table of databases in docs/connections.md, word for word; that servers do fail so is shown by the live lane.
import { expect, test } from 'vitest';
import { tracker } from '../../../src/core/readers/optuna/tracker';
import { troubleOfSql } from '../../../src/host/sql/trouble';
import { NoTlsError } from '../../../src/host/sql/wire';
import { whyNot } from '../../../src/host/trackers/databases';
import { access, codedFailures, otherDatabases } from '../../support/database-failures';

test.each(codedFailures.flatMap((row) => row.codes.map((given) => [row.what, given, row] as const)))('%s (%s)', (_, given, { says, code, tip }) => {
  const error = given === 'NO_TLS' ? new NoTlsError('') : Object.assign(new Error(''), { code: given });
  const trouble = troubleOfSql(error, access);
  expect([trouble.message, trouble.code, trouble.tip ?? '']).toEqual([says, code, tip]);
});

test.each(otherDatabases)('$what', ({ found, says, tip }) => {
  const why = whyNot(tracker, access, found);
  expect([why?.message, why?.code, why?.tip]).toEqual([says, 'bad-answer', tip]);
});
