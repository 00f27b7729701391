// What a project says about the packages that it needs: requirement files, locks, install lines of notebooks.

import type { CodePlace } from '../finding';
import type { Project } from '../project/project';
import { onceOf } from '../steps';

export interface Requirement {
  /** Lower case, with `-`. */
  readonly name: string;
  /** As written after the name: `==2.4.1`, `>=2`, empty. */
  readonly version: string;
  /** Exactly one version: `==`, a hash, a commit. */
  readonly pinned: boolean;
  readonly place: CodePlace;
  /** What kind of file it stands in. */
  readonly source: 'requirements' | 'conda' | 'pyproject' | 'setup' | 'notebook' | 'script';
}

const lockName = /(^|\/)(poetry\.lock|uv\.lock|pdm\.lock|pixi\.lock|Pipfile\.lock|conda-lock\.ya?ml|[\w.-]*requirements[\w.-]*\.lock|flake\.lock)$/;
const requirementName = /(^|\/)(requirements[\w.-]*\.(txt|lock)|requirements\/[\w.-]+\.txt|[\w.-]*requirements\.txt)$/;
const condaName = /(^|\/)(environment|conda)[\w.-]*\.ya?ml$/;
const other =
  /(^|\/)(setup\.(py|cfg)|pyproject\.toml|Pipfile|pixi\.toml|constraints[\w.-]*\.txt|requirements[\w.-]*\.in|Dockerfile[\w.-]*|[\w.-]+\.Dockerfile|[\w.-]+\.def|flake\.nix|shell\.nix|meta\.ya?ml|renv\.lock|cog\.ya?ml)$/;

/** Files that say anything about packages. */
export const environmentFiles = ({ files }: Project): readonly string[] =>
  files.all.map(({ path }) => path).filter((path) => lockName.test(path) || requirementName.test(path) || condaName.test(path) || other.test(path));

/** Files that hold the exact versions of everything. */
export const lockFiles = ({ files }: Project): readonly string[] => files.all.map(({ path }) => path).filter((path) => lockName.test(path));

/** Every requirement that is written in a file of requirements or installed by a notebook. */
export const requirementsOf = onceOf((project: Project): readonly Requirement[] => [
  ...fromFiles(project),
  ...fromSetup(project),
  ...fromNotebooks(project),
  ...fromScripts(project),
]);

function* fromFiles({ settings }: Project): Generator<Requirement> {
  for (const [path, text] of settings) {
    if (requirementName.test(path)) yield* lines(text, path, 'requirements');
    else if (condaName.test(path)) yield* condaLines(text, path);
    else if (/(^|\/)pyproject\.toml$/.test(path)) yield* projectLines(text, path, 'pyproject');
  }
}

function* lines(text: string, file: string, source: Requirement['source']): Generator<Requirement> {
  const rows = text.split('\n');
  for (const [at, row] of rows.entries()) {
    // A hash may stand on the lines that follow.
    let whole = row;
    for (let next = at + 1; /\\\s*$/.test(whole) && next < rows.length; next++) whole = whole.replace(/\\\s*$/, ' ') + (rows[next] ?? '');
    const parsed = parseRequirement(whole);
    if (parsed) yield { ...parsed, source, place: { file, line: at + 1, endLine: at + 1, cell: null } };
  }
}

function* condaLines(text: string, file: string): Generator<Requirement> {
  for (const [at, row] of text.split('\n').entries()) {
    const item = /^\s*-\s*["']?(?:[\w-]+::)?([A-Za-z][\w.-]*)\s*([^"'#]*)/.exec(row);
    if (!item?.[1] || /:\s*$/.test(row)) continue;
    const version = (item[2] ?? '').trim();
    const pinned = /^={1,2}\s*\d/.test(version) && !/\*/.test(version);
    yield { name: normal(item[1]), version, pinned, source: 'conda', place: { file, line: at + 1, endLine: at + 1, cell: null } };
  }
}

/** What `setup.py` asks for, where it writes that out. */
function* fromSetup({ modules }: Project): Generator<Requirement> {
  for (const { code } of modules) if (/(^|\/)setup\.py$/.test(code.path)) yield* projectLines(code.text, code.path, 'setup');
}

/** Quoted items of `dependencies = [ … ]`, and of `install_requires=[ … ]`. */
function* projectLines(text: string, file: string, source: 'pyproject' | 'setup'): Generator<Requirement> {
  let inside = false;
  for (const [at, row] of text.split('\n').entries()) {
    if (/^\s*(dependencies|install_requires)\s*=\s*\[/.test(row)) inside = true;
    if (inside)
      for (const [, item] of row.matchAll(/["']([A-Za-z][^"']*)["']/g)) {
        const parsed = item === undefined ? null : parseRequirement(item);
        if (parsed) yield { ...parsed, source, place: { file, line: at + 1, endLine: at + 1, cell: null } };
      }
    if (inside && /\]\s*,?\s*(#.*)?$/.test(row)) inside = false;
  }
}

function* fromNotebooks({ notebooks }: Project): Generator<Requirement> {
  for (const [file, { cells }] of notebooks)
    for (const { cell, source } of cells)
      for (const [at, row] of source.split('\n').entries()) {
        const install = /^\s*[!%]?\s*(?:python\d?\s+-m\s+)?(?:uv\s+)?(?:pip3?|conda|mamba)\s+install\s+(.*)$/.exec(row);
        if (!install?.[1] || !/^\s*[!%]|^\s*(pip|conda) install/.test(row)) continue;
        for (const word of install[1].split('#')[0]!.split(/\s+/)) {
          const bare = word.replace(/^["']|["']$/g, '');
          const parsed = bare.startsWith('-') || bare.includes('/') ? null : parseRequirement(bare);
          if (parsed) yield { ...parsed, source: 'notebook', place: { file, line: at + 1, endLine: at + 1, cell } };
        }
      }
}

/** `# /// script` … `# dependencies = [` of PEP 723. */
function* fromScripts({ modules }: Project): Generator<Requirement> {
  for (const { code } of modules) {
    const block = /^# \/\/\/ script\n(?:#.*\n)*?# \/\/\/$/m.exec(code.text);
    if (!block) continue;
    const first = code.text.slice(0, block.index).split('\n').length;
    for (const [at, row] of block[0].split('\n').entries())
      for (const [, item] of row.matchAll(/"([A-Za-z][^"]*)"/g)) {
        const parsed = item === undefined || /requires-python/.test(row) ? null : parseRequirement(item);
        if (parsed) yield { ...parsed, source: 'script', place: { file: code.path, line: first + at, endLine: first + at, cell: null } };
      }
  }
}

const normal = (name: string): string => name.toLowerCase().replaceAll(/[_.]/g, '-');

/** One line of PEP 508; null for options, comments, paths. */
function parseRequirement(row: string): Pick<Requirement, 'name' | 'version' | 'pinned'> | null {
  const line = row.replace(/(^|\s)#.*$/, '').trim();
  const parts = /^([A-Za-z][\w.-]*)\s*(?:\[[^\]]*\])?\s*(.*)$/.exec(line);
  if (!parts?.[1] || /^(https?|git\+|file|\.)/.test(line) || /\.(txt|whl|tar\.gz|zip)$/.test(line)) return null;
  const rest = (parts[2] ?? '').split(';')[0]!.trim();
  if (rest !== '' && !/^[=<>!~@(-]/.test(rest)) return null;
  const exact = /(^|[^<>!~=])={2,3}\s*[\w.+!-]*\d[\w.+!-]*(?![\w.*])/.test(rest) && !/==\s*[\d.]+\.\*/.test(rest);
  const commit = /^@\s*\S+@([0-9a-f]{7,40}|v?\d[\w.]*)\b/.test(rest) || /^@\s*\S+\.(whl|tar\.gz|zip)/.test(rest);
  return { name: normal(parts[1]), version: rest, pinned: exact || commit || /--hash=/.test(row) };
}

/** The version that a package is pinned to, or that its upper bound allows at most: `[1, 8]`. Null where it is open. */
export function pinOf(project: Project, name: string): readonly [number, number] | null {
  for (const one of requirementsOf(project)) {
    if (one.name !== name) continue;
    const pin = /={1,3}\s*(\d+)(?:\.(\d+))?/.exec(one.version.replaceAll(/[<>!~]=/g, '~'));
    if (pin?.[1]) return [Number(pin[1]), Number(pin[2] ?? 0)];
    const below = /<\s*(\d+)(?:\.(\d+))?/.exec(one.version);
    if (below?.[1]) return [Number(below[1]), Number(below[2] ?? 0) - 1];
  }
  return null;
}

/** The lowest version that a package may have, by `==` or `>=`; null where none is asked for. */
export function leastOf(project: Project, name: string): readonly [number, number] | null {
  for (const one of requirementsOf(project)) {
    if (one.name !== name) continue;
    const least = /(?:={1,3}|>=|~=)\s*(\d+)(?:\.(\d+))?/.exec(one.version);
    if (least?.[1]) return [Number(least[1]), Number(least[2] ?? 0)];
  }
  return null;
}
