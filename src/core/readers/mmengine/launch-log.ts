// What the text log of a launch says of its environment; MMCV has the same text in the first row of its scalars.

import { readExactly } from '../../formats/bytes';
import type { Fact } from '../../model/facts';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';

/** The environment and the config come first; the end tells what was saved last. */
const headBytes = 1024 * 1024;
const tailBytes = 64 * 1024;

export interface LaunchLog {
  /** `rtmdet_tiny_8xb32_20261126_001502`. */
  readonly name: string | null;
  readonly facts: readonly Fact[];
  /** Iterations of one epoch. */
  readonly epochLength: number | null;
  /** The last checkpoint that was written: `{ at: 12, by: 'epochs' }`. */
  readonly saved: { readonly at: number; readonly by: 'epochs' | 'iterations' } | null;
}

/** Reads head and tail of the log; what cannot be read says nothing, because everything in it is a bonus. */
export async function readLaunchLog(file: SourceFile, path: string, context: ReadContext): Promise<LaunchLog> {
  const part = async (offset: number, length: number): Promise<string> => {
    try {
      return new TextDecoder().decode(await readExactly(file, offset, length, context.signal));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      return '';
    }
  };
  const head = await part(0, headBytes);
  const tail = file.size <= headBytes ? head : await part(file.size - tailBytes, tailBytes);
  const [, at, by] = [...tail.matchAll(/Saving checkpoint at (\d{1,15}) (epochs|iterations)/g)].at(-1) ?? [];
  const length = /Epoch\s?(?:\(train\))?\s*\[\d+\]\s?\[\s*\d+\/(\d{1,15})\]/.exec(head)?.[1];
  return {
    name: /Exp name: (\S+)/.exec(head)?.[1] ?? /Exp name: (\S+)/.exec(tail)?.[1] ?? null,
    facts: environmentFacts(head, path),
    epochLength: length === undefined ? null : Number(length),
    saved: at === undefined ? null : { at: Number(at), by: by as 'epochs' | 'iterations' },
  };
}

/** Facts of the list that begins with `sys.platform`. */
export function environmentFacts(text: string, file: string): Fact[] {
  const line = (key: string): string | null => new RegExp(`^[ \\t]*${key}: (.+)$`, 'm').exec(text)?.[1]?.trim() ?? null;
  const facts: Fact[] = [];
  const tell = (kind: 'os' | 'python' | 'gpu' | 'cuda', key: string, value: string | null | undefined): void => {
    if (value) facts.push({ kind, value, evidence: [{ file, where: `line ${key}`, value }] });
  };
  tell('os', 'sys.platform', line('sys\\.platform'));
  tell('python', 'Python', /^\d+(?:\.\w+)+/.exec(line('Python') ?? '')?.[0]);
  tell('gpu', 'GPU', line('GPU [\\d,]+'));
  tell('cuda', 'NVCC', /\bV?(\d+\.\d+(?:\.\d+)?)/.exec(line('NVCC') ?? '')?.[1]);
  const versions = packages.flatMap(([key, name]) => {
    const version = line(key);
    return version && /^\d/.test(version) ? [[name, version] as const] : [];
  });
  if (versions.length > 0) facts.push({ kind: 'framework', value: Object.fromEntries(versions), evidence: [{ file, where: 'System environment' }] });
  const runtime = text.slice(Math.max(0, text.indexOf('Runtime environment:')));
  const seed = /^[ \t]*seed: (\d{1,15})[ \t\r]*$/m.exec(runtime)?.[1];
  if (seed !== undefined) facts.push({ kind: 'seed', value: Number(seed), evidence: [{ file, where: 'Runtime environment, line seed', value: seed }] });
  const deterministic = /^[ \t]*deterministic: (True|False)[ \t\r]*$/m.exec(runtime)?.[1];
  if (deterministic !== undefined) {
    const evidence = [{ file, where: 'Runtime environment, line deterministic', value: deterministic }];
    facts.push({ kind: 'determinism', value: { deterministic: deterministic === 'True' }, evidence });
  }
  const world = /^[ \t]*GPU number: (\d{1,9})[ \t\r]*$/m.exec(runtime)?.[1];
  if (world !== undefined)
    facts.push({ kind: 'world_size', value: Number(world), evidence: [{ file, where: 'Runtime environment, line GPU number', value: world }] });
  return facts;
}

/** Lines of the list → packages. */
const packages = [
  ['PyTorch', 'torch'],
  ['TorchVision', 'torchvision'],
  ['MMEngine', 'mmengine'],
  ['MMCV', 'mmcv'],
  ['MMDetection', 'mmdet'],
] as const;
