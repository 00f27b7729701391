// `npm run conformance`: every field of every case's answer against what was read, as a table.
import { expect, test } from 'vitest';
import { compared } from '../../support/answer';
import { answerOf, filesOf, fixtureCases, treeOf } from '../../support/fixtures';
import { readTree } from '../../support/read';

test('every field of every answer', async () => {
  const rows: string[][] = [['format', 'case', 'runs', 'series', 'points', 'equal', 'unequal']];
  const unequal: string[] = [];
  let fields = 0;
  for (const fixture of fixtureCases) {
    const { runs } = await readTree(treeOf(filesOf(fixture)));
    const lines = [...compared(answerOf(fixture), runs)];
    const wrong = lines.filter((line) => line !== null);
    fields += lines.length;
    unequal.push(...wrong.map((line) => `${fixture.id}: ${line}`));
    const series = runs.flatMap(({ run }) => run.series);
    const points = series.reduce((sum, { count }) => sum + count, 0);
    rows.push([fixture.format, fixture.name, ...[runs.length, series.length, points, lines.length - wrong.length, wrong.length].map(String)]);
  }
  rows.push(['all', `${fixtureCases.length} cases`, '', '', '', String(fields - unequal.length), String(unequal.length)]);
  console.log(`\n${aligned(rows)}\n${unequal.join('\n')}`);
  expect(unequal).toEqual([]);
});

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')).join('\n');
}
