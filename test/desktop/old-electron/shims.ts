// What Node 12 lacks and the shell uses; to be imported before anything else.
import './language';

const missing: Record<string, unknown> = {};

class OldSignal {
  aborted = false;
  reason: unknown;
  readonly #listeners = new Set<() => void>();
  addEventListener = (_type: 'abort', listener: () => void): void => void this.#listeners.add(listener);
  removeEventListener = (_type: 'abort', listener: () => void): void => void this.#listeners.delete(listener);
  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }
  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.#listeners) listener();
  }
}
missing.AbortController = class {
  readonly signal = new OldSignal();
  abort = (reason: unknown = new Error('aborted')): void => this.signal.abort(reason);
};

missing.AbortSignal = { timeout: (): OldSignal => new OldSignal() };

/** As much of an answer as a protocol handler gives. */
missing.Response = class {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    readonly body: string | Uint8Array,
    init: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    this.status = init.status ?? 200;
    this.headers = init.headers ?? {};
  }
};
for (const [name, value] of Object.entries(missing)) if (!(name in globalThis)) Object.assign(globalThis, { [name]: value });
