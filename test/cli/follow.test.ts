// `series --follow`: what is there, what comes, what is taken back, and an end when the run ends.
import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from './context';

/** An MLflow run as a folder, with one metric. */
function writeRun(): { readonly folder: string; log(step: number, value: number): void; rewrite(): void; end(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-follow-'));
  const metrics = join(folder, 'metrics');
  mkdirSync(metrics);
  const meta = (status: number): void => writeFileSync(join(folder, 'meta.yaml'), `artifact_uri: x\nrun_id: aa\nrun_name: a\nstatus: ${status}\n`);
  meta(1);
  return {
    folder,
    log: (step, value) => appendFileSync(join(metrics, 'loss'), `${1000 + step} ${value} ${step}\n`),
    rewrite: () => writeFileSync(join(metrics, 'loss'), '1000 9 0\n'),
    end: () => meta(3),
  };
}

test('each point is a line; what does not stand any more is said again; it ends with the run', async () => {
  const run = writeRun();
  run.log(0, 3);
  run.log(1, 2);
  const said: string[] = [];
  // Each line that comes leads to the next thing that the training does.
  const next: (() => void)[] = [() => {}, () => run.log(2, 1), () => run.rewrite(), () => {}, () => run.end()];
  const write = async (text: string): Promise<void> => {
    said.push(text.trim());
    next.shift()?.();
  };
  expect((await cli(['series', run.folder, '--metric', 'loss', '--follow'], { write })).code).toBe(0);
  expect(said).toEqual([
    '{"step":0,"value":3,"time_ms":1000}',
    '{"step":1,"value":2,"time_ms":1001}',
    '{"step":2,"value":1,"time_ms":1002}',
    '{"restart":true}',
    '{"step":0,"value":9,"time_ms":1000}',
  ]);
}, 60_000);

test('one PATH, and no other', async () => {
  const { folder } = writeRun();
  expect((await cli(['series', folder, folder, '--metric', 'loss', '--follow'])).code).toBe(2);
});
