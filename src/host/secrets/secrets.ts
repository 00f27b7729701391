// Tokens of trackers: what holds one cannot be printed by accident, and who keeps one keeps it for one tracker at one origin.
import { inspect } from 'node:util';
import { WireError } from '../../wire/errors';
import type { Protection } from '../../wire/secrets';

const shown = '[secret]';

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

  /** A text of others (an error of a library, an answer of a server) without this secret, plain, in an address or in base64. */
  strike(text: string): string {
    const forms = [this.#text, encodeURIComponent(this.#text), Buffer.from(this.#text).toString('base64'), Buffer.from(this.#text).toString('base64url')];
    // A short one would strike half of the words; no tracker gives tokens that short.
    return forms.filter((form) => form.length >= 4).reduce((left, form) => left.replaceAll(form, shown), text);
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
