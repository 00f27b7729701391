// The media of a run with their bytes, as plain data that can be compared.
import { createHash } from 'node:crypto';
import type { ReadRun } from '../../src/core/model/run';

/** Of the run whose name ends so, by name. */
export function mediaOf(runs: readonly ReadRun[], name: string) {
  const read = runs.find(({ run }) => run.name?.endsWith(name));
  if (!read) throw new Error(`there is no run ${name}`);
  const contents = new Map(read.contents.map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')]));
  const all = read.run.media.map(({ name: media, kind, count, items = [] }) => ({
    name: media,
    kind,
    count,
    items: items.map(({ step, index, form, type, caption, content }) => ({
      step,
      index,
      form,
      type,
      caption,
      sha256: content === null ? null : contents.get(content),
    })),
  }));
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}
