// Looks into the page's database directly, to see what is really stored and not only what is shown.
import type { Page } from '@playwright/test';

/** All rows of a table; binary columns come as their length in bytes. */
export async function storedRows<Row>(page: Page, table: string): Promise<Row[]> {
  return page.evaluate(async (name) => {
    const request = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
    const database = await request(indexedDB.open('diptych'));
    try {
      const rows = await request(database.transaction(name).objectStore(name).getAll());
      return JSON.parse(JSON.stringify(rows, (_key, value) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? value.byteLength : value))) as Row[];
    } finally {
      database.close();
    }
  }, table);
}
