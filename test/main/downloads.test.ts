// Where files are saved to: asked by the system's dialog, which begins where the last file went.
import { EventEmitter } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SaveDialogOptions } from 'electron';
import { expect, test } from 'vitest';
import { here, type Started, start } from './started';

/** A download as Electron tells of it. @returns what its dialog would show, and how to end it */
function download({ seen: { session } }: Started, name: string) {
  const options: SaveDialogOptions[] = [];
  let path = '';
  const item = Object.assign(new EventEmitter(), {
    getFilename: () => name,
    getURL: () => 'blob:app://diptych/9f',
    getSavePath: () => path,
    setSaveDialogOptions: (asked: SaveDialogOptions) => options.push(asked),
  });
  session.emit('will-download', {}, item);
  return {
    dialog: options[0],
    end(state: string, at = '') {
      path = at;
      item.emit('done', {}, state);
    },
  };
}

test('the first goes to the downloads, the next beside it, also after a new start; a folder that is gone is not offered', async () => {
  const started = start();
  await started.ready();
  const first = download(started, 'report.pdf');
  expect(first.dialog).toEqual({
    title: 'Save report.pdf',
    defaultPath: join('/home/user/downloads', 'report.pdf'),
    filters: [
      { name: 'PDF', extensions: ['pdf'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  mkdirSync(here('saved'));
  first.end('completed', here('saved', 'mine.pdf'));
  expect(download(started, 'runs.csv').dialog).toMatchObject({ defaultPath: here('saved', 'runs.csv'), filters: [{ name: 'Table (CSV)' }, {}] });

  const next = start();
  await next.ready();
  expect(download(next, 'notes').dialog).toEqual({
    title: 'Save notes',
    defaultPath: here('saved', 'notes'),
    filters: [{ name: 'All files', extensions: ['*'] }],
  });
  rmSync(here('saved'), { recursive: true });
  expect(download(next, 'x.tex').dialog).toMatchObject({
    defaultPath: join('/home/user/downloads', 'x.tex'),
    filters: [{ name: 'TEX', extensions: ['tex'] }, {}],
  });
});

test('one that breaks off is told of, one that is cancelled is not, and neither moves the folder', async () => {
  const started = start();
  await started.ready();
  download(started, 'report.pdf').end('cancelled');
  expect(started.seen.boxes).toEqual([]);
  download(started, 'report.pdf').end('interrupted', here('full', 'report.pdf'));
  expect(started.seen.boxes).toMatchObject([{ message: 'report.pdf could not be saved' }]);
  expect(download(started, 'report.pdf').dialog?.defaultPath).toBe(join('/home/user/downloads', 'report.pdf'));
});
