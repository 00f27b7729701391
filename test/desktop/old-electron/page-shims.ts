// What Chromium 83 lacks and the page and its workers use; comes before their own code.
import './language';
import type { DesktopBridge } from '../../../src/wire/desktop';
import { fileField, oldBridge } from './page-channels';

const signal = AbortSignal.prototype as AbortSignal & { throwIfAborted?: () => void };
signal.throwIfAborted ??= function (this: AbortSignal) {
  if (this.aborted) throw new DOMException('aborted', 'AbortError');
};

const missing = {
  /** Holds strongly: nothing is ever let go, which a test can afford. */
  WeakRef: class {
    constructor(readonly held: object) {}
    deref = (): object => this.held;
  },
  FinalizationRegistry: class {
    register(): void {}
    unregister(): void {}
  },
};
for (const [name, value] of Object.entries(missing)) if (!(name in globalThis)) Object.assign(globalThis, { [name]: value });

crypto.randomUUID ??= (): `${string}-${string}-${string}-${string}-${string}` => {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};

if (typeof Element !== 'undefined') {
  Element.prototype.replaceChildren ??= function (this: Element, ...nodes: (Node | string)[]) {
    this.textContent = '';
    this.append(...nodes);
  };
}

const given = (globalThis as { readonly [oldBridge]?: DesktopBridge })[oldBridge];
if (given) {
  const bridge: DesktopBridge = {
    ...given,
    updates: Object.freeze({ ...given.updates }),
    sourceOf(file) {
      const data = new DataTransfer();
      data.items.add(file as File);
      const field = Object.assign(document.createElement('input'), { type: 'file', hidden: true, id: fileField, files: data.files });
      document.body.append(field);
      // It looks at the field at once.
      const source = given.sourceOf({});
      field.remove();
      return source;
    },
  };
  Object.assign(globalThis, { diptych: Object.freeze(bridge) });
}
