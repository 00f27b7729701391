// Tokens of trackers: what holds one cannot be printed by accident, and who keeps one keeps it for one tracker at one origin.
import { inspect } from 'node:util';
import { WireError } from '../../wire/errors';
import type { Protection } from '../../wire/secrets';

const shown = '[secret]';
const shortest = 4;
/** So much of a beginning is no chance. */
const leastCut = 8;
const base64Word = /[A-Za-z0-9+/_-]{6,}={0,2}/g;

/** Other words may stand right before it: four characters are three bytes, so it may begin in four ways. */
const isBase64Of = (word: string, secret: string): boolean => [0, 1, 2, 3].some((at) => Buffer.from(word.slice(at), 'base64').includes(secret));

/** A text of others without any of the secrets. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string => secrets.reduce((left, secret) => new Secret(secret).strike(left), text);

/** A token or password. Logs, errors, JSON and messages between threads show `[secret]` or nothing; only `reveal` gives it. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** For the header or login that it is sent with, and for nothing else. */
  reveal(): string {
    return this.#text;
  }

  /**
   * A text of others (an error of a library, an answer of a server) without this secret: plain, in an address, in JSON, or in base64, alone or
   * with a user before it. Where the text was cut within it, its beginning goes too.
   */
  strike(text: string): string {
    const secret = this.#text;
    // A short one would strike half of the words; no tracker gives tokens that short.
    if (secret.length < shortest) return text;
    const forms = new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
    const plain = [...forms].reduce((left, form) => left.replaceAll(form, shown), text);
    const struck = plain.replace(base64Word, (word) => (isBase64Of(word, secret) ? shown : word));
    for (let length = secret.length - 1; length >= leastCut; length--) if (struck.endsWith(secret.slice(0, length))) return struck.slice(0, -length) + shown;
    return struck;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}

/** Which secret: of a kind of tracker (`mlflow`, `wandb`), for the one origin that may get it. Made by `secretKey`. */
export interface SecretKey {
  readonly kind: string;
  /** Scheme, host and port: a token that was given for https is not sent over http. */
  readonly origin: string;
}

/**
 * @param address any address of the tracker; a path, a query and a user in it do not matter
 * @throws WireError `refused` for what is no address; it does not quote it, as there may be a password in it
 */
export function secretKey(kind: string, address: string | URL): SecretKey {
  const url = typeof address === 'string' && !URL.canParse(address) ? null : new URL(address);
  if (url === null || url.host === '')
    throw new WireError('refused', 'This is no address of a tracker.', 'Give it with its scheme: https://tracker.example.org');
  return Object.freeze({ kind, origin: `${url.protocol}//${url.host}`.toLowerCase() });
}

/** Keeps secrets. There is no list of them: whoever wants one knows what for. */
export interface SecretStore {
  /** How well they are kept here, with words to show beside the field. */
  protection(): Promise<Protection>;
  get(key: SecretKey): Promise<Secret | null>;
  /** @param remember keep it beyond the end of the program; where that cannot be, it is kept until then */
  set(key: SecretKey, secret: Secret, remember: boolean): Promise<void>;
  delete(key: SecretKey): Promise<void>;
}
