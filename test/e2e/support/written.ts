// All that the page and its host have written, as texts to be searched: stores, addresses, the page itself, files, messages.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import type { Served } from './served';

/** Where it stands, and what. */
export type Written = readonly [where: string, text: string];

/** What the browser keeps for the page: every row of every database, with bytes as Latin-1. */
async function stores(page: Page): Promise<readonly Written[]> {
  return page.evaluate(async () => {
    const request = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
    const bytesOf = (value: ArrayBuffer | ArrayBufferView): Uint8Array =>
      value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const seen = (_: string, value: unknown): unknown => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(bytesOf(value) as Uint8Array<ArrayBuffer>);
      if (typeof value === 'bigint') return String(value);
      if (value instanceof Map) return [...value];
      return value instanceof Set ? [...value] : value;
    };
    const found: [string, string][] = [
      ['localStorage', JSON.stringify({ ...localStorage })],
      ['sessionStorage', JSON.stringify({ ...sessionStorage })],
      ['cookies', document.cookie],
      ['history', JSON.stringify([location.href, history.state, performance.getEntries().map(({ name }) => name)])],
    ];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await request(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const [keys, rows] = await Promise.all([request(objects.getAllKeys()), request(objects.getAll())]);
        found.push([`${name}.${store}`, JSON.stringify([keys, rows], seen)]);
      }
      database.close();
    }
    // What is typed stands in its field, and only there.
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    for (const input of copy.querySelectorAll('input[type="password"]')) input.removeAttribute('value');
    found.push(['page', copy.outerHTML]);
    return found;
  });
}

function files(folder: string): readonly Written[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) =>
    statSync(join(folder, name)).isFile() ? [[`file ${name}`, readFileSync(join(folder, name), 'latin1')] as const] : [],
  );
}

/** A file that was saved; of an archive, its members. */
export function savedFile(name: string, path: string): readonly Written[] {
  const bytes = readFileSync(path);
  const whole: Written = [`saved ${name}`, bytes.toString('latin1')];
  if (bytes.readUInt32BE(0) !== 0x504b0304) return [whole];
  return [
    whole,
    ...Object.entries(unzipSync(bytes)).map(([member, content]) => [`saved ${name}: ${member}`, Buffer.from(content).toString('latin1')] as const),
  ];
}

/** @param told what the page said and asked so far, as `heard` gathers it */
export async function allWritten(page: Page, served: Served, told: readonly string[]): Promise<readonly Written[]> {
  return [...(await stores(page)), ...files(served.home), ['messages of the host', served.errors()], ['messages and addresses of the page', told.join('\n')]];
}

/** Gathers what the page says to its console and which addresses it asks. */
export function heard(page: Page): readonly string[] {
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  page.on('pageerror', (error) => told.push(String(error.stack)));
  page.on('request', (request) => told.push(request.url()));
  page.on('framenavigated', (frame) => told.push(frame.url()));
  return told;
}

/** Places where a secret stands, as it is or as clients send it. */
export function leaks(written: readonly Written[], secrets: readonly string[]): readonly string[] {
  const forms = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    ...['', 'api:', 'someone:'].map((user) => Buffer.from(`${user}${secret}`).toString('base64')),
  ]);
  return written.flatMap(([where, text]) => forms.filter((form) => text.includes(form)).map((form) => `${where} has ${form}`));
}
