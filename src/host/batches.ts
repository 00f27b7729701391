// Bytes that wait to be fetched by the page: packed runs and printed PDFs. Each is given out once.

export interface Batches {
  /** Keeps bytes until they are taken; `onTaken` lets the maker go on. */
  add(bytes: Uint8Array<ArrayBuffer>, onTaken?: () => void): number;
  /** Null when there is no such batch, or it was taken already. */
  take(id: number): Uint8Array<ArrayBuffer> | null;
  /** Forgets a batch that nobody will fetch. */
  drop(id: number): void;
}

export function createBatches(): Batches {
  const waiting = new Map<number, { readonly bytes: Uint8Array<ArrayBuffer>; readonly onTaken?: () => void }>();
  let last = 0;
  return {
    add(bytes, onTaken) {
      const id = ++last;
      waiting.set(id, { bytes, onTaken });
      return id;
    },
    take(id) {
      const found = waiting.get(id);
      if (!found) return null;
      waiting.delete(id);
      found.onTaken?.();
      return found.bytes;
    },
    drop(id) {
      waiting.delete(id);
    },
  };
}
