// Which media are not the same in all runs at a step: by their bytes, which are read only where sizes do not tell already.

import { cellAt, mediaRows } from '../../../core/view/media-rows';
import type { MediaAt } from '../../../core/view/media-steps';
import type { Job, JobContext, RunRef } from '../../registry/jobs';

interface Request {
  readonly runs: readonly RunRef[];
  /** null for the last of each. */
  readonly step: number | null;
}

interface Result {
  /** Keys of rows whose runs show different things; a run that has none of it is no difference here. */
  readonly differing: readonly string[];
  /** Keys of rows that cannot be told: bytes were not kept. */
  readonly unknown: readonly string[];
}

/** Bytes compared of one row; larger ones are taken for different. */
const mostBytes = 64 * 1024 * 1024;

type Verdict = 'same' | 'differs' | 'unknown';

export const job: Job<Request, Result> = {
  meta: { id: 'media' },
  run: async ({ runs: refs, step }, context) => {
    const runs = await context.store.runs(refs);
    const differing: string[] = [];
    const unknown: string[] = [];
    for (const { key, cells } of mediaRows(runs)) {
      const shown = [...cells].map(([id, media]) => ({ id, at: cellAt(media, step, String) }));
      const verdict = await verdictOf(shown, context);
      if (verdict === 'differs') differing.push(key);
      else if (verdict === 'unknown') unknown.push(key);
      await context.breathe();
    }
    return { differing, unknown };
  },
};

type Shown = { readonly id: RunRef['id']; readonly at: MediaAt };

async function verdictOf(shown: readonly Shown[], { store }: JobContext): Promise<Verdict> {
  const [first, ...rest] = shown;
  if (!first || rest.length === 0) return 'same';
  const shape = ({ at }: Shown): string => at.items.map(({ form, size, caption }) => `${form} ${size} ${caption ?? ''}`).join('\n');
  if (rest.some((other) => shape(other) !== shape(first))) return 'differs';
  if (first.at.items.reduce((sum, { size }) => sum + (size ?? 0), 0) * shown.length > mostBytes) return 'differs';
  for (const [index, item] of first.at.items.entries()) {
    const bytes = item.content === null ? null : await store.content(first.id, item.content);
    for (const other of rest) {
      const path = other.at.items[index]?.content ?? null;
      const others = path === null ? null : await store.content(other.id, path);
      if (!bytes || !others) return 'unknown';
      if (!same(bytes, others)) return 'differs';
    }
  }
  return 'same';
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at]);
