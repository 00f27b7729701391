// Secrets that last: sealed with the system's key, which the shell uses, in a file that only the user can read.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Protection } from '../../wire/secrets';
import { memorySecrets } from './memory';
import { Secret, type SecretKey, type SecretStore } from './secrets';

/** Seals with a key of the system. */
export interface Cipher {
  protection(): Promise<Protection>;
  seal(text: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Null where the key of these bytes is gone. */
  unseal(bytes: Uint8Array<ArrayBuffer>): Promise<{ readonly text: string; readonly stale: boolean } | null>;
}

const entry = v.object({ kind: v.string(), origin: v.string(), sealed: v.string() });
const kept = v.object({ version: v.literal(1), secrets: v.array(entry) });
type Entry = v.InferOutput<typeof entry>;
/** What is sealed says what it is for, so that bytes moved to another entry of the file are worth nothing. */
const content = v.strictTuple([v.string(), v.string(), v.string()]);

/** @param folder where the file lies, readable by the user alone */
export function sealedSecrets(folder: string, cipher: Cipher): SecretStore {
  const file = join(folder, 'secrets.json');
  const session = memorySecrets();
  const isOf = (key: SecretKey) => (one: Entry) => one.kind === key.kind && one.origin === key.origin;

  const put = async (key: SecretKey, secret: Secret): Promise<void> => {
    const sealed = Buffer.from(await cipher.seal(JSON.stringify([key.kind, key.origin, secret.reveal()]))).toString('base64');
    // Read and written in one turn, after all waiting: two at a time lose nothing.
    save(file, [...load(file).filter((one) => !isOf(key)(one)), { kind: key.kind, origin: key.origin, sealed }]);
  };
  const drop = (key: SecretKey): void => {
    const entries = load(file);
    const left = entries.filter((one) => !isOf(key)(one));
    if (left.length < entries.length) save(file, left);
  };

  return {
    protection: cipher.protection,
    async get(key) {
      const here = await session.get(key);
      if (here) return here;
      const found = load(file).find(isOf(key));
      if (!found) return null;
      const opened = await cipher.unseal(new Uint8Array(Buffer.from(found.sealed, 'base64')));
      const text = opened && textFor(key, opened.text);
      if (text === null) return null;
      const secret = new Secret(text);
      if (opened?.stale) await put(key, secret);
      return secret;
    },
    async set(key, secret, remember) {
      const lasting = remember && (await cipher.protection()).kind !== 'memory';
      if (lasting) await put(key, secret);
      else drop(key);
      // The newest word counts, wherever the older one lay.
      if (lasting) await session.delete(key);
      else await session.set(key, secret, false);
    },
    async delete(key) {
      await session.delete(key);
      drop(key);
    },
  };
}

function textFor(key: SecretKey, opened: string): string | null {
  try {
    const [kind, origin, text] = v.parse(content, JSON.parse(opened));
    return kind === key.kind && origin === key.origin ? text : null;
  } catch {
    return null;
  }
}

function load(file: string): readonly Entry[] {
  try {
    return v.parse(kept, JSON.parse(readFileSync(file, 'utf8'))).secrets;
  } catch {
    // Absent or damaged: the user is asked once more.
    return [];
  }
}

function save(file: string, secrets: readonly Entry[]): void {
  writeFileSync(`${file}.new`, JSON.stringify({ version: 1, secrets }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
