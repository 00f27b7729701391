// Secrets: kept for one tracker at one origin, sealed on disk, and nowhere to be read but where they are asked for.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { memorySecrets } from '../../../src/host/secrets/memory';
import { type Cipher, sealedSecrets } from '../../../src/host/secrets/sealed-file';
import { Secret, type SecretStore, secretKey, withoutSecrets } from '../../../src/host/secrets/secrets';
import type { Protection } from '../../../src/wire/secrets';

const token = 'local-3f2a9c0d/e7+b=';

/** A keyring with a key of its own, as a system has one. */
function keyring(kind: Protection['kind'] = 'system', key = randomBytes(32)): Cipher & { stale: boolean; seals: number } {
  return {
    stale: false,
    seals: 0,
    protection: async () => ({ kind, words: kind }),
    async seal(text) {
      this.seals++;
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      return new Uint8Array(Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]));
    },
    async unseal(bytes) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16));
        return { text: decipher.update(bytes.subarray(12, -16)).toString('utf8') + decipher.final('utf8'), stale: this.stale };
      } catch {
        return null;
      }
    },
  };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-secrets-'));
});
const file = () => join(folder, 'secrets.json');
const key = secretKey('mlflow', 'https://tracker.example.org/api?x=1');
const get = async (store: SecretStore, of = key) => (await store.get(of))?.reveal() ?? null;

describe.each<[string, () => SecretStore]>([
  ['memory', memorySecrets],
  ['a sealed file', () => sealedSecrets(folder, keyring())],
  ['a sealed file without a keyring', () => sealedSecrets(folder, keyring('memory'))],
])('%s', (_name, make) => {
  test.each([true, false])('gives back what was set, for its kind and origin only (remember: %s)', async (remember) => {
    const store = make();
    await store.set(key, new Secret(token), remember);
    expect(await get(store)).toBe(token);
    for (const other of [
      secretKey('wandb', 'https://tracker.example.org'),
      secretKey('mlflow', 'http://tracker.example.org'),
      secretKey('mlflow', 'https://tracker.example.org:8443'),
      secretKey('mlflow', 'https://tracker.example.org.evil.example'),
    ])
      expect(await get(store, other)).toBeNull();
    await store.set(key, new Secret('another one'), !remember);
    expect(await get(store)).toBe('another one');
    await store.delete(key);
    expect(await get(store)).toBeNull();
  });

  test('many at a time lose nothing', async () => {
    const store = make();
    const keys = Array.from({ length: 20 }, (_, at) => secretKey('mlflow', `https://tracker-${at}.example.org`));
    await Promise.all(keys.map((one, at) => store.set(one, new Secret(`secret ${at}`), true)));
    expect(await Promise.all(keys.map((one) => get(store, one)))).toEqual(keys.map((_, at) => `secret ${at}`));
  });
});

describe('what lies on disk', () => {
  test('lasts over a restart, sealed, readable by the user alone', async () => {
    const cipher = keyring();
    await sealedSecrets(folder, cipher).set(key, new Secret(token), true);
    expect(await get(sealedSecrets(folder, cipher))).toBe(token);
    expect(readFileSync(file(), 'utf8')).not.toContain(token);
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  test('is nothing where it is not to be remembered, or there is no keyring', async () => {
    await sealedSecrets(folder, keyring()).set(key, new Secret(token), false);
    await sealedSecrets(folder, keyring('memory')).set(key, new Secret(token), true);
    expect(existsSync(file())).toBe(false);
  });

  test('an older one is gone when the newer is not to be remembered', async () => {
    const cipher = keyring();
    const store = sealedSecrets(folder, cipher);
    await store.set(key, new Secret('older'), true);
    await store.set(key, new Secret('newer'), false);
    expect(await get(sealedSecrets(folder, cipher))).toBeNull();
  });

  test('is worth nothing moved to another origin, under another key, or damaged', async () => {
    const cipher = keyring();
    await sealedSecrets(folder, cipher).set(key, new Secret(token), true);
    const good = readFileSync(file(), 'utf8');
    expect(await get(sealedSecrets(folder, keyring()))).toBeNull();
    writeFileSync(file(), good.replace('tracker.example.org', 'evil.example'));
    expect(await get(sealedSecrets(folder, cipher), secretKey('mlflow', 'https://evil.example'))).toBeNull();
    for (const damaged of ['', '{', good.slice(0, -20), '{"version":1,"secrets":[{"kind":"mlflow"}]}']) {
      writeFileSync(file(), damaged);
      expect(await get(sealedSecrets(folder, cipher))).toBeNull();
    }
  });

  test('is sealed anew when the system’s key has changed', async () => {
    const cipher = keyring();
    const store = sealedSecrets(folder, cipher);
    await store.set(key, new Secret(token), true);
    cipher.stale = true;
    expect(await get(store)).toBe(token);
    expect(cipher.seals).toBe(2);
    expect(await get(store)).toBe(token);
  });
});

describe('a secret', () => {
  test('is not printed, logged, cloned or put into JSON', () => {
    const secret = new Secret(token);
    const error = Object.assign(new Error(`failed with ${secret}`), { secret });
    const shown = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect({ deep: { secret } }, { showHidden: true, depth: 9 }),
      format('%s %o', secret, secret),
    ];
    shown.push(inspect(error), JSON.stringify(structuredClone({ secret })), JSON.stringify(Object.entries(secret)));
    for (const text of shown) expect(text).not.toContain(token);
    expect(secret.reveal()).toBe(token);
  });

  test('is struck out of words of others, in every form that it is sent in', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 60, unit: 'grapheme-ascii' }), fc.string(), (text, around) => {
        const secret = new Secret(text);
        for (const form of [text, encodeURIComponent(text), Buffer.from(text).toString('base64'), Buffer.from(text).toString('base64url')])
          expect(secret.strike(`${around}<${form}>`)).not.toContain(form);
        for (const user of ['me', 'api', 'someone@example.org']) {
          const form = Buffer.from(`${user}:${text}`).toString('base64');
          for (const before of ['', 'Basic ', 'x', 'xy', 'xyz']) expect(secret.strike(`${before}${form}, ${around}`)).not.toContain(form);
        }
        // Cut within the secret.
        for (let length = 8; length < text.length; length++)
          expect(secret.strike(`not known: <${text.slice(0, length)}`)).not.toContain(`<${text.slice(0, length)}`);
      }),
    );
    expect(withoutSecrets('one and other', ['other-one', 'and other'])).toBe('one [secret]');
    expect(new Secret(token).strike('401 for https://a/?t=other')).toBe('401 for https://a/?t=other');
  });
});

test('a key is an origin, whatever else the address says, and what is no address is not quoted', () => {
  const same = [
    'https://Tracker.example.org',
    'https://me:pw@tracker.example.org/x',
    'https://tracker.example.org:443/#a',
    new URL('https://tracker.example.org'),
  ];
  for (const address of same) expect(secretKey('mlflow', address)).toEqual(key);
  expect(secretKey('optuna', 'postgresql://me:pw@db.example.org:5432/studies').origin).toBe('postgresql://db.example.org:5432');
  for (const address of ['tracker hunter2', '', 'file:///hunter2', 'https://']) {
    expect(() => secretKey('mlflow', address)).toThrow('no address of a tracker');
    expect(() => secretKey('mlflow', address)).not.toThrow(/hunter2/);
  }
});
