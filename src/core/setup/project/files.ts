// Which files of a folder are the project's own code and settings, and which are somebody else's.

import { type SourceDir, type SourceFile, walkDirs } from '../../source/source';

export interface ProjectFiles {
  readonly python: readonly SourceFile[];
  readonly notebooks: readonly SourceFile[];
  /** YAML, TOML and JSON that could hold settings. */
  readonly settings: readonly SourceFile[];
  /** requirements*.txt, pyproject.toml, setup.py/cfg, environment.yml and lock files. */
  readonly environment: readonly SourceFile[];
  readonly gitIgnore: SourceFile | null;
  /** A `.git` folder, or another sign that this is the root of a repository. */
  readonly isRoot: boolean;
  /** One file was named: what lies beside it was not looked at. */
  readonly isNamed: boolean;
  /** All names, for rules on what lies about. */
  readonly all: readonly SourceFile[];
  /** What was left out, and why. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

export interface SetupLimits {
  readonly files: number;
  readonly fileBytes: number;
  /** Nodes of syntax of all files together, about a quarter of their bytes: what a review holds in memory. */
  readonly nodes: number;
  /** Characters of settings and of what notebooks hold, all together: these are held as they are. A data set may lie beside the code, a small JSON file for each sample. */
  readonly characters: number;
}

export const setupLimits: SetupLimits = { files: 5_000, fileBytes: 2 * 1024 * 1024, nodes: 8_000_000, characters: 128 * 1024 * 1024 };

const foreign =
  /^(\.git|\.hg|\.tox|\.nox|\.venv|venv|env|\.env|site-packages|node_modules|__pycache__|\.ipynb_checkpoints|\.mypy_cache|\.eggs|build|dist|wandb|mlruns|third_party|vendor)$/;
const environment =
  /^(requirements[\w.-]*\.(txt|in|lock)|constraints[\w.-]*\.txt|pyproject\.toml|setup\.(py|cfg)|environment[\w.-]*\.ya?ml|conda[\w.-]*\.ya?ml|Pipfile(\.lock)?|poetry\.lock|uv\.lock|pdm\.lock|pixi\.(toml|lock)|conda-lock\.ya?ml)$/;

/** Lists a folder; a file that was named directly stands alone. */
export function projectFiles(root: SourceDir, named: SourceFile | null, limits: SetupLimits = setupLimits): ProjectFiles {
  const found = {
    python: [] as SourceFile[],
    notebooks: [] as SourceFile[],
    settings: [] as SourceFile[],
    environment: [] as SourceFile[],
    all: [] as SourceFile[],
  };
  const skipped: { path: string; reason: string }[] = [];
  const dirs = named ? [] : [...ownDirs(root)];
  const files = named ? [named] : dirs.flatMap((dir) => [...dir.files.values()]);
  for (const file of files) {
    found.all.push(file);
    const kind = kindOf(file.name);
    if (kind === null) continue;
    if (environment.test(file.name)) found.environment.push(file);
    if (file.size > limits.fileBytes) skipped.push({ path: file.path, reason: `it is larger than ${limits.fileBytes} bytes` });
    else if (found.python.length + found.notebooks.length >= limits.files && kind !== 'settings')
      skipped.push({ path: file.path, reason: `more than ${limits.files} files of code` });
    else found[kind].push(file);
  }
  return {
    ...found,
    skipped,
    isNamed: named !== null,
    gitIgnore: root.files.get('.gitignore') ?? null,
    isRoot: !named && (root.dirs.has('.git') || root.files.has('.gitignore') || found.environment.some(({ path }) => !path.includes('/'))),
  };
}

function* ownDirs(root: SourceDir): Generator<SourceDir> {
  const left = new Set<SourceDir>();
  for (const dir of walkDirs(root)) {
    const parent = dir.parent;
    if (dir !== root && ((parent && left.has(parent)) || foreign.test(dir.name) || dir.files.has('pyvenv.cfg'))) left.add(dir);
    else yield dir;
  }
}

function kindOf(name: string): 'python' | 'notebooks' | 'settings' | null {
  if (/\.pyw?$/.test(name)) return 'python';
  if (/\.ipynb$/.test(name)) return 'notebooks';
  return /\.(ya?ml|toml|json|cfg|txt|in|lock)$/.test(name) || environment.test(name) ? 'settings' : null;
}
