// Media of every fixture: counted the same whether items are kept or not, kept as the tracker's own software reads them, and the same out of a bundle.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromLosslessJson } from '../../../src/core/base/lossless';
import { assertRunIntegrity } from '../../../src/core/model/integrity';
import type { MediaItem } from '../../../src/core/model/media';
import type { ReadRun } from '../../../src/core/model/run';
import { scriptedTree } from '../../../src/core/source/scripted';
import { writeBundle } from '../../../src/core/store/bundle';
import { answerOf, filesOf, fixtureCases, slowTree, treeOf } from '../../support/fixtures';
import { readTree } from '../../support/read';

const counts = ({ run }: ReadRun) => run.media.map(({ items: _items, ...media }) => media);
const keeping = { keepContents: true } as const;

async function bundled(runs: readonly ReadRun[]): Promise<ReadRun[]> {
  const chunks: Uint8Array[] = [];
  await writeBundle(runs, async (chunk) => void chunks.push(chunk.slice()), new AbortController().signal);
  const { runs: again } = await readTree(scriptedTree({ 'x.zip': Buffer.concat(chunks) }, { named: 'x.zip' }), keeping);
  return [...again];
}

/** What the tracker's own software says of an item; its bytes by their digest, our own forms by their value. */
interface AnswerItem {
  readonly step: number | null;
  readonly index: number;
  readonly form: string;
  readonly caption: string | null;
  readonly type?: string;
  readonly sha256?: string;
  readonly size?: number;
  readonly value?: unknown;
}

function told({ contents }: ReadRun, item: MediaItem, answer: AnswerItem | undefined): AnswerItem {
  const bytes = contents.find(({ path }) => path === item.content)?.bytes;
  const { step, index, form, caption } = item;
  return {
    step,
    index,
    form,
    caption,
    ...(answer?.type === undefined ? {} : { type: item.type }),
    ...(answer?.sha256 === undefined ? {} : { sha256: bytes ? createHash('sha256').update(bytes).digest('hex') : 'not kept' }),
    ...(answer?.size === undefined ? {} : { size: item.size as number }),
    ...(answer?.value === undefined ? {} : { value: bytes ? fromLosslessJson(new TextDecoder().decode(bytes)) : 'not kept' }),
  };
}

describe.each(fixtureCases)('$id', (fixture) => {
  const files = filesOf(fixture);
  const kept = readTree(treeOf(files), keeping);

  test('is counted the same with and without its items', async () => {
    const { runs } = await kept;
    for (const read of runs) assertRunIntegrity(read);
    const without = await readTree(treeOf(files));
    expect(runs.map(counts)).toEqual(without.runs.map(counts));
    expect(without.runs.flatMap(({ run }) => run.media.filter(({ items }) => items))).toEqual([]);
  });

  test('has the items that the tracker’s own software gives', async () => {
    for (const answer of answerOf(fixture).runs) {
      const read = (await kept).runs.find(({ run }) => (answer.id === null ? run.path === answer.path : run.nativeId === String(answer.id)));
      for (const { name, kind, items } of (answer.media ?? []) as readonly { name: string; kind: string; items?: readonly AnswerItem[] }[]) {
        if (!items) continue;
        const media = read?.run.media.find((one) => one.name === name && one.kind === kind);
        const found = (media?.items ?? []).map((item, i) => told(read as ReadRun, item, items[i]));
        expect(found, `${answer.path} ${name}`).toEqual(items);
      }
    }
  });

  test('stays the same in small pieces, and out of a bundle', async () => {
    const { runs } = await kept;
    const media = (reads: readonly ReadRun[]) => reads.map(({ run }) => run.media).filter((list) => list.length > 0);
    const size = Object.values(files).reduce((sum, { length }) => sum + length, 0);
    if (media(runs).length === 0) return;
    expect(media((await readTree(slowTree(files, size > 200_000 ? 4099 : 61), keeping)).runs)).toEqual(media(runs));
    const again = await bundled(runs);
    expect(media(again)).toEqual(media(runs));
    const bytesOf = (read: ReadRun) =>
      read.run.media.flatMap(({ items = [] }) => items.map(({ content }) => read.contents.find(({ path }) => path === content)?.bytes));
    expect(again.map(bytesOf)).toEqual(runs.map(bytesOf));
  });
});
