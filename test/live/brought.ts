// What `diptych connect` brings home in the live lane: asked for, compared with the answer of the tracker's own client, and searched for keys.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ReadRun } from '../../src/core/model/run';
import { pathSource } from '../../src/host/sources/folder';
import { cli } from '../cli/context';
import { type Answer, compared } from '../support/answer';
import { readSource } from '../support/read';

export type Environment = Readonly<Record<string, string>>;

export interface Brought {
  readonly tracker: string;
  readonly server: string;
  readonly read: number;
  readonly known: number;
  readonly listed: number;
}

/** Reads from a tracker into a folder. @throws where the command fails */
export async function bring(url: string, folder: string, env: Environment = {}, words: readonly string[] = []): Promise<Brought> {
  const { code, err, out } = await cli(['connect', url, '-o', folder, '--json', ...words], { env });
  expect(code, err).toBe(0);
  return JSON.parse(out) as Brought;
}

/** The runs of a folder, which must be those of the answer, field by field. @param more told with the counts */
export async function equalRuns(title: string, folder: string, answer: Answer, more = ''): Promise<readonly ReadRun[]> {
  const { runs } = await readSource(pathSource(folder), { keepContents: true });
  const fields = [...compared(answer, runs)];
  expect(fields.filter((line) => line !== null)).toEqual([]);
  const points = runs.reduce((sum, { run }) => sum + run.series.reduce((count, series) => count + series.count, 0), 0);
  console.log(`${title}: ${runs.length} runs, ${points} points, ${fields.length} fields, all equal${more && `; ${more}`}`);
  return runs;
}

/** No file below the folder holds what is looked for. */
export function expectNowhere(folder: string, key: RegExp): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (statSync(join(folder, name)).isFile()) expect([name, key.test(readFileSync(join(folder, name), 'latin1'))]).toEqual([name, false]);
}

/** Each filter finds the runs, by native id, that the client found. @param isMeant leaves out runs that the client does not count */
export async function expectFound(
  url: string,
  folder: string,
  env: Environment,
  found: Readonly<Record<string, readonly string[]>>,
  isMeant: (id: string) => boolean = () => true,
): Promise<void> {
  for (const [number, [filter, ids]] of Object.entries(found).entries()) {
    const out = join(folder, `found-${number}`);
    await cli(['connect', url, '-o', out, '--filter', filter, '--json'], { env });
    const brought = ids.length === 0 && !readdirSync(folder).includes(`found-${number}`) ? [] : (await readSource(pathSource(out))).runs;
    expect([
      filter,
      brought
        .map(({ run }) => run.nativeId ?? '')
        .filter(isMeant)
        .sort(),
    ]).toEqual([filter, [...ids].sort()]);
  }
}
