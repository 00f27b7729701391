// What log.txt tells before the training: the table of the environment, the arguments, a seed that was drawn.

import type { Fact } from '../../model/facts';

/** Facts of the log's first bytes; a log that several starts wrote into tells the first. */
export function environmentFacts(text: string, file: string): Fact[] {
  const facts: Fact[] = [];
  // Two columns, the names as wide as the widest.
  const cell = (name: string): string | null => new RegExp(`^${name} {2,}(\\S.*)$`, 'm').exec(text)?.[1]?.trim() ?? null;
  const tell = (kind: 'os' | 'python' | 'gpu', name: string, value: string | null | undefined): void => {
    if (value) facts.push({ kind, value, evidence: [{ file, where: `Environment info, ${name}`, value }] });
  };
  tell('os', 'sys.platform', cell('sys\\.platform'));
  tell('python', 'Python', /^\d+(?:\.\w+)+/.exec(cell('Python') ?? '')?.[0]);
  // `GPU 0,1   Tesla V100-SXM2-16GB (arch=7.0)`
  tell('gpu', 'GPU', cell('GPU [\\d,]+')?.replace(/ \(arch=.*\)$/, ''));
  const versions = (['PyTorch', 'detectron2', 'numpy', 'torchvision', 'fvcore'] as const).flatMap((name) => {
    const version = /^\d\S*/.exec(cell(name) ?? '')?.[0];
    return version ? [[name === 'PyTorch' ? 'torch' : name, version] as const] : [];
  });
  if (versions.length > 0) facts.push({ kind: 'framework', value: Object.fromEntries(versions), evidence: [{ file, where: 'Environment info' }] });
  const drawn = /Using a (?:generated )?random seed (\d{1,15})/.exec(text)?.[1];
  if (drawn !== undefined) facts.push({ kind: 'seed', value: Number(drawn), evidence: [{ file, where: 'line with the seed', value: drawn }] });
  const world = /World size: (\d{1,9})/.exec(text)?.[1];
  if (world !== undefined) facts.push({ kind: 'world_size', value: Number(world), evidence: [{ file, where: 'World size', value: world }] });
  return facts;
}
