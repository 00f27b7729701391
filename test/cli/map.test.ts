// `diptych map` and `--mapping`: what is proposed can be written, read by any verb, and gives the same runs.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, document } from './context';

let top: string;
const at = (path: string) => join(top, path);
const log = (shift: number): string =>
  `setting up\n${Array.from({ length: 6 }, (_, step) => `iter ${step}: loss ${4 - step * shift}, time 50.00ms, mfu 10.00%\n`).join('')}`;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'diptych-map-'));
  const files = {
    'runs/a/out.log': log(0.5),
    'runs/b/out.log': log(0.25),
    'runs/notes.txt': 'nothing',
    'plain/words.txt': 'only words here\n',
    'broken.json': '{"version": 1, "mappings": [{"files": "*.log", "format": "text", "lines": [{"pattern": "(?=x)"}]}]}',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  }
});
afterAll(() => rmSync(top, { recursive: true }));

describe('map', () => {
  test('prints what is unknown, a mapping and what it would give', async () => {
    const map = await document(['map', at('runs')]);
    expect(map).toMatchObject({
      version: 1,
      command: 'map',
      unknown: [{ path: 'a/out.log', guess: 'nanoGPT' }, { path: 'b/out.log' }, { path: 'notes.txt', guess: null }],
      unknown_count: 3,
      mapping: { version: 1, mappings: [{ label: 'nanoGPT', files: ['**/out.log'] }] },
      run_count: 2,
      point_count: 36,
      runs: [{ name: null, path: 'a', points: 18, series: [{ name: 'loss', count: 6 }, { name: 'time_ms' }, { name: 'mfu' }] }, { path: 'b' }],
      files: [{ path: 'a/out.log', lines: 7, matched: 6, unmatched: 1, samples: [{ line: 1, text: 'setting up' }] }, {}],
      partial: false,
    });
    const { code, out } = await cli(['map', at('runs')]);
    expect(code).toBe(0);
    expect(out).toMatch(/2 runs, 36 points/);
    expect(out).toMatch(/a\/out\.log: 6 of 7 lines fit/);
  });

  test('writes the mapping once, and any verb reads by it', async () => {
    const file = at('mine.json');
    expect((await cli(['map', at('runs'), '--write', file])).code).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8')).mappings.length).toBe(1);
    expect((await cli(['map', at('runs'), '--write', file])).err).toMatch(/is there already/);
    expect((await cli(['list', at('runs')])).code).toBe(3);
    const { runs } = (await document(['list', at('runs'), '--mapping', file])) as unknown as { runs: object[] };
    expect(runs).toMatchObject([{ path: 'a', format: 'mapping', points: 18 }, { path: 'b' }]);
    const series = await document(['series', at('runs/a'), '--run', (runs[0] as { id: string }).id, '--metric', 'loss', '--mapping', file]);
    expect(series).toMatchObject({ values: [4, 3.5, 3, 2.5, 2, 1.5] });
  });

  test('a mapping counts in an archive as well, and one that names nothing reads nothing', async () => {
    writeFileSync(at('logs.zip'), zipSync({ 'a/out.log': strToU8(log(0.5)) }));
    writeFileSync(at('other.json'), JSON.stringify({ version: 1, mappings: [{ files: '*.dat', format: 'csv' }] }));
    expect((await cli(['map', at('logs.zip'), '--write', at('zip.json')])).code).toBe(0);
    const { code, out } = await cli(['list', at('logs.zip'), '--mapping', at('zip.json'), '--json']);
    expect([code, JSON.parse(out)]).toMatchObject([0, { runs: [{ path: 'logs.zip!a', points: 18 }], issues: [] }]);
    expect((await cli(['list', at('runs'), '--mapping', at('other.json')])).code).toBe(3);
  });

  test('says that nothing is found, and what is wrong with a mapping', async () => {
    expect((await cli(['map', at('plain')])).code).toBe(3);
    const broken = await cli(['list', at('runs'), '--mapping', at('broken.json')]);
    expect(broken.code).toBe(2);
    expect(broken.err).toMatch(/mappings\[0\]\.lines\[0\]\.pattern: The pattern cannot be read/);
    expect((await cli(['list', at('runs'), '--mapping', at('none.json')])).code).toBe(2);
    expect((await cli(['map'])).code).toBe(2);
    expect((await cli(['map', at('nowhere')])).code).toBe(3);
  });
});
