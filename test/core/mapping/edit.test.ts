// Changes by choosing: a column has one part at a time, a guess keeps what was said of files, globs are divided by commas.
import { expect, test } from 'vitest';
import { asGuessed, blankMapping, type ChosenRole, globsOf, withRole } from '../../../src/core/mapping/edit';
import { textGuesses } from '../../../src/core/mapping/guess';
import { type Mapping, plainMapping, stepOf } from '../../../src/core/mapping/mapping';
import { rolesOf } from '../../../src/core/mapping/roles';

const roles: readonly ChosenRole[] = ['metric', 'step', 'time', 'param', 'run', 'none'];
const roleIn = (mapping: Mapping): string => rolesOf(mapping)('x').replace('maybe-', '');

test.each([
  ['every number', plainMapping],
  ['metrics by name', { ...plainMapping, metrics: ['loss'] }],
])('whatever a column was, it is what was chosen last: %s', (_, mapping) => {
  for (const before of roles) for (const after of roles) expect(roleIn(withRole(withRole(mapping, 'x', before), 'x', after))).toBe(after);
});

test('choosing one column leaves the others as they were', () => {
  const mapping: Mapping = {
    ...plainMapping,
    step: stepOf('n'),
    time: { column: 't', unit: 's' },
    params: ['p'],
    run: { column: 'r' },
    ignore: ['i'],
    metrics: ['m'],
  };
  for (const role of ['metric', 'param', 'none'] as const) {
    const roleOf = rolesOf(withRole(mapping, 'x', role));
    expect(['n', 't', 'p', 'r', 'i', 'm'].map(roleOf)).toEqual(['step', 'time', 'param', 'run', 'none', 'metric']);
  }
});

test('a guess keeps files, runs and names', () => {
  const mapping = { ...blankMapping(['a.log']), path: '{m}/a.log', name: '{m}', run: 'folder' as const };
  expect(asGuessed(mapping, textGuesses[0]!)).toMatchObject({
    files: ['a.log'],
    path: '{m}/a.log',
    name: '{m}',
    run: 'folder',
    lines: textGuesses[0]!.mapping.lines,
  });
});

test('globs are divided by commas outside of braces', () => {
  expect(globsOf(' *.log, a/*.{txt,out} ,')).toEqual(['*.log', 'a/*.{txt,out}']);
});
