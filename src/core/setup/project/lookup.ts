// Look-ups over a whole project in constant time: a project has thousands of files, and a file thousands of functions.

import { apart } from '../python/apart';
import type { PyCall, PyClass, PyFunction, PyModule } from '../python/module';

/** Names that are remembered: in code, the same are asked for again soon. */
const mostKnown = 4_000;

/** Finds modules by the name that drops their first folder, as packages are imported: `src/app/net.py` as `app.net`. */
export class ShortNames {
  readonly #modules = new Map<string, string>();
  readonly #known = new Map<string, string>();
  /** Modules by the whole name, which counts first: `lab.train` is that of `lab/`, though `lab/lab.py` is `lab` for short. */
  readonly #whole = new Set<string>();

  constructor(modules: readonly PyModule[]) {
    for (const { dotted } of modules) {
      this.#whole.add(dotted);
      const cut = dotted.indexOf('.');
      const short = dotted.slice(cut + 1);
      if (cut >= 0 && !this.#modules.has(short)) this.#modules.set(short, dotted);
    }
  }

  /** The name of something in a module as the module's path says it; the name itself where no module fits. */
  full(dotted: string): string {
    const known = this.#known.get(dotted);
    if (known !== undefined) return known;
    let made = dotted;
    for (let cut = dotted.lastIndexOf('.'); cut > 0; cut = dotted.lastIndexOf('.', cut - 1)) {
      if (this.#whole.has(dotted.slice(0, cut))) break;
      const module = this.#modules.get(dotted.slice(0, cut));
      if (module === undefined) continue;
      made = module + dotted.slice(cut);
      break;
    }
    if (this.#known.size >= mostKnown) this.#known.clear();
    const own = apart(dotted);
    this.#known.set(own, made === dotted ? own : apart(made));
    return made;
  }
}

/** Which modules are imported anywhere, or something in them; by the end of a module's path. */
export class ImportedNames {
  readonly #names = new Set<string>();

  constructor(modules: readonly PyModule[]) {
    for (const { imported } of modules) for (const dotted of imported) for (const prefix of prefixesOf(dotted)) this.#names.add(prefix);
  }

  has({ dotted }: PyModule): boolean {
    for (let at = 0; at >= 0; at = dotted.indexOf('.', at) + 1) {
      if (this.#names.has(dotted.slice(at))) return true;
      if (dotted.indexOf('.', at) < 0) return false;
    }
    return false;
  }
}

function* prefixesOf(dotted: string): Generator<string> {
  for (let cut = dotted.indexOf('.'); cut >= 0; cut = dotted.indexOf('.', cut + 1)) yield dotted.slice(0, cut);
  yield dotted;
}

const none: readonly never[] = [];

/** What stands in what: calls and functions by the function around them, methods by their class. */
export class Contents {
  readonly #calls = new Map<PyFunction | PyModule, PyCall[]>();
  readonly #inner = new Map<PyFunction, PyFunction[]>();
  readonly #methods = new Map<PyClass, PyFunction[]>();

  constructor(modules: readonly PyModule[]) {
    for (const module of modules) {
      for (const call of module.calls) push(this.#calls, call.within ?? module, call);
      for (const fn of module.functions) {
        if (fn.owner) push(this.#methods, fn.owner, fn);
        if (fn.within) push(this.#inner, fn.within, fn);
      }
    }
  }

  /** Calls directly in a function, or at the top of a module: those of functions inside are theirs. */
  callsIn(around: PyFunction | PyModule): readonly PyCall[] {
    return this.#calls.get(around) ?? none;
  }

  functionsIn(fn: PyFunction): readonly PyFunction[] {
    return this.#inner.get(fn) ?? none;
  }

  methodsOf(owner: PyClass): readonly PyFunction[] {
    return this.#methods.get(owner) ?? none;
  }
}

/** Lists that have grown hold room for sixteen more and a half: where most are short, that is nearly all of them. */
export function trim<K, V>(lists: Map<K, V[]>): void {
  for (const [key, list] of lists) if (list.length > 1) lists.set(key, list.slice());
}

/** Adds to the list of a key. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
