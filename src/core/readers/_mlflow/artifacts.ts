// Files below a run's `artifacts/`, and what the files of a logged model tell of the environment.

import { decodeUtf8, readWhole } from '../../formats/bytes';
import type { RunEvent, RunKey } from '../../model/events';
import type { Checkpoint, Evidence } from '../../model/facts';
import type { Media } from '../../model/run';
import type { ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, type SourceFile, walkFiles } from '../../source/source';

/** Model files larger than this are not looked into. */
const modelFileBytes = 1024 * 1024;

/** A folder of artifacts, and where it lies seen from the run's own artifacts (empty for those themselves). */
export interface ArtifactFolder {
  readonly dir: SourceDir;
  readonly prefix: string;
  /** Step of the logged model that the folder holds. */
  readonly step: number | null;
}

/** Lists the run's own artifacts, and tells checkpoints, packages and Python of all models. */
export async function* artifactEvents(run: RunKey, folders: readonly ArtifactFolder[], context: ReadContext): AsyncGenerator<RunEvent> {
  const images = new Map<string, number>();
  const checkpoints: Checkpoint[] = [];
  const environment = new Environment();
  for (const { dir, prefix, step } of folders) {
    for (const file of walkFiles(dir)) {
      const path = pathBelow(dir, file);
      if (prefix === '') yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
      const key = imageKey(path);
      if (key !== null) images.set(key, (images.get(key) ?? 0) + 1);
      if (file.name !== 'MLmodel') continue;
      checkpoints.push({ path: prefix + (path.slice(0, -'/MLmodel'.length) || '.'), step, digest: null });
      await environment.read(file, dir, prefix, context);
    }
  }
  for (const [name, count] of images) yield { kind: 'media', run, media: { name, kind: 'image', count } satisfies Media };
  if (checkpoints.length > 0)
    yield { kind: 'fact', run, fact: { kind: 'checkpoint', value: checkpoints, evidence: checkpoints.map(({ path }) => ({ file: `${path}/MLmodel` })) } };
  yield* environment.facts(run);
}

/** `images/a~b+step+0+timestamp+….png` → `a/b`; null for other files and for the small twin of an image. */
function imageKey(path: string): string | null {
  const match = /^images\/(.+?)[%+]step[%+]-?\d+[%+]timestamp[%+]/.exec(path);
  return match && !/[%+]compressed\.\w+$/.test(path) ? (match[1] as string).replace(/[#~]/g, '/') : null;
}

/** Packages and Python of the models of one run, with the files that say so. */
class Environment {
  readonly #packages = new Map<string, string>();
  readonly #packageEvidence: Evidence[] = [];
  #python: { readonly version: string; readonly evidence: Evidence } | null = null;

  async read(model: SourceFile, dir: SourceDir, prefix: string, context: ReadContext): Promise<void> {
    const beside = (name: string): SourceFile | undefined => siblings(dir, model)?.files.get(name);
    const requirements = beside('requirements.txt');
    if (requirements) {
      const pins = pinsOf(await textOf(requirements, context));
      for (const [name, version] of pins) this.#packages.set(name, version);
      if (pins.length > 0) this.#packageEvidence.push({ file: prefix + pathBelow(dir, requirements), where: `${pins.length} packages` });
    }
    const python = beside('python_env.yaml');
    if (!python || this.#python) return;
    const version = /^python:\s*["']?([\d.]+)/m.exec(await textOf(python, context))?.[1];
    if (version) this.#python = { version, evidence: { file: prefix + pathBelow(dir, python), where: 'key python', value: version } };
  }

  *facts(run: RunKey): Generator<RunEvent> {
    if (this.#packages.size > 0)
      yield { kind: 'fact', run, fact: { kind: 'packages', value: Object.fromEntries(this.#packages), evidence: this.#packageEvidence } };
    if (this.#python) yield { kind: 'fact', run, fact: { kind: 'python', value: this.#python.version, evidence: [this.#python.evidence] } };
  }
}

function siblings(dir: SourceDir, file: SourceFile): SourceDir | undefined {
  let at: SourceDir | undefined = dir;
  for (const part of pathBelow(dir, file).split('/').slice(0, -1)) at = at?.dirs.get(part);
  return at;
}

/** `name==1.2.3` lines; other kinds of requirement have no version to show. */
const pinsOf = (text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(/^\s*([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*===?\s*([^\s;#]+)/gm)].map((match) => [match[1] as string, match[2] as string]);

async function textOf(file: SourceFile, context: ReadContext): Promise<string> {
  if (file.size > modelFileBytes) return '';
  return decodeUtf8(await readWhole(file, context.limits, context.signal)).text;
}
