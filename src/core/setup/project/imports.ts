// Which file of the project an import means: the nearest folder that has it, as Python finds it from where a script lies.

import { apart } from '../python/apart';
import type { PyModule } from '../python/module';
import type { Steps } from '../steps';

/** Libraries that files of a project are often named after: a bare `import random` beside a `random.py` means the library. */
const libraries =
  /^(abc|argparse|asyncio|collections|config|copy|csv|dataclasses|datasets|datetime|enum|evaluate|functools|glob|gym|hydra|io|json|logging|math|mlflow|numpy|optuna|os|pickle|platform|profile|queue|random|re|sched|secrets|select|shutil|signal|statistics|string|struct|sys|tensorboard|tensorboardX|tensorflow|test|tests|time|token|tokenize|tokenizers|torch|torchvision|trace|transformers|types|typing|wandb|warnings)$/;

/** Names every import of the project's own files as the file's path says it: `utils.seed_all` in `train/run.py` as `train.utils.seed_all`. */
export function* bindImports(modules: readonly PyModule[]): Steps<void> {
  const exports = new Map<string, Exports>();
  for (const module of modules) {
    yield;
    exports.set(module.dotted, exportsOf(module));
  }
  const names = new OwnNames(modules, exports);
  for (const module of modules) {
    yield;
    const known = new Map<string, string>();
    module.nameImports((dotted, whole) => {
      const key = whole ? `${dotted}.*` : dotted;
      const found = known.get(key) ?? names.find(dotted, module, whole);
      known.set(key, found);
      return found;
    });
  }
}

/** What others can import of a module. */
interface Exports {
  readonly module: PyModule;
  readonly names: ReadonlySet<string>;
  /** Modules of which it imports everything, as it writes them. */
  readonly stars: readonly string[];
}

function exportsOf(module: PyModule): Exports {
  const bound = module.scopes.get(module.root)?.bindings ?? new Map<string, never>();
  // A plain `import lab.x` in `lab` binds the library's own name, and hands nothing on.
  const names = [...bound].filter(([name, all]) => all.some((one) => one.kind !== 'import' || one.dotted !== name)).map(([name]) => name);
  return { module, names: new Set(names.map(apart)), stars: (bound.get('*') ?? []).flatMap((one) => (one.kind === 'import' ? [apart(one.dotted)] : [])) };
}

class OwnNames {
  readonly #exports: ReadonlyMap<string, Exports>;
  readonly #packages = new Set<string>();
  /** Packages that the folder in view lies in: `lab.speech` where it holds `utils.py` and imports say `lab.speech.utils`. */
  readonly #above: readonly string[] = [];

  constructor(modules: readonly PyModule[], exports: ReadonlyMap<string, Exports>) {
    this.#exports = exports;
    for (const { dotted } of modules)
      for (let cut = dotted.lastIndexOf('.'); cut > 0; cut = dotted.lastIndexOf('.', cut - 1)) this.#packages.add(dotted.slice(0, cut));
    this.#above = this.#findAbove(modules);
  }

  /** @param whole everything of a module is imported, by `*` */
  find(dotted: string, module: PyModule, whole: boolean): string {
    const folders = module.dotted.split('.');
    for (let depth = folders.length - 1; depth > 0; depth--) {
      const nearer = `${folders.slice(0, depth).join('.')}.${dotted}`;
      if (this.#has(nearer, whole) && !(libraries.test(dotted) && !whole)) return nearer;
    }
    if (this.#has(dotted, whole)) return dotted;
    const above = this.#above.find((one) => dotted.startsWith(`${one}.`));
    return above === undefined ? dotted : dotted.slice(above.length + 1);
  }

  /** Whether a name is a module, a folder of them, or something that a module binds. */
  #has(dotted: string, whole: boolean, depth = 0): boolean {
    if (this.#exports.has(dotted) || (!whole && this.#packages.has(dotted))) return true;
    for (let cut = dotted.lastIndexOf('.'); cut > 0 && !whole; cut = dotted.lastIndexOf('.', cut - 1)) {
      const owner = this.#exports.get(dotted.slice(0, cut));
      if (!owner) continue;
      const rest = dotted.slice(cut + 1);
      if (owner.names.has(rest.split('.')[0] as string)) return true;
      return depth < 4 && owner.stars.some((star) => this.#has(`${this.find(star, owner.module, true)}.${rest}`, false, depth + 1));
    }
    return false;
  }

  /** A package of which nothing in view says the name, where nearly all that is imported of it is in view without that name. */
  #findAbove(modules: readonly PyModule[]): readonly string[] {
    const importers = new Map<string, PyModule[]>();
    for (const module of modules)
      for (const dotted of new Set(module.imported)) {
        const others = importers.get(dotted);
        if (others) others.push(module);
        else importers.set(dotted, [module]);
      }
    // No file imports itself: `from ray.tune import …` in `tune.py`.
    const byOthers = (dotted: string, short: string) => importers.get(dotted)?.some((module) => !`${short}.`.startsWith(`${module.dotted}.`)) ?? false;
    const imported = new Map<string, Set<string>>();
    for (const dotted of importers.keys()) {
      const root = dotted.split('.')[0] as string;
      if (this.#exports.has(root) || this.#packages.has(root) || libraries.test(root)) continue;
      const known = imported.get(root);
      if (known) known.add(dotted);
      else imported.set(root, new Set([dotted]));
    }
    return [...imported.values()].flatMap((names) => {
      const [first] = [...names].sort((a, b) => b.length - a.length);
      const above = first?.split('.') ?? [];
      for (let length = 1; length < Math.min(above.length, 5); length++) {
        const prefix = `${above.slice(0, length).join('.')}.`;
        const parts = [...names].filter((name) => `${name}.` !== prefix);
        const seen = parts.filter(
          (name) => name.startsWith(prefix) && byOthers(name, name.slice(prefix.length)) && this.#has(name.slice(prefix.length), false),
        );
        // A package hands on a few names itself, and a few files are made when it is built.
        if (seen.length > 0 && seen.length >= 0.9 * parts.length) return [prefix.slice(0, -1)];
      }
      return [];
    });
  }
}
