// Reproduce sheet: interpreter, packages, container, and what of the machine is known.

import { factValue } from '../../model/facts';
import type { Run } from '../../model/run';
import { artifactEvidence, artifactsLike, factEvidence, lockFile } from '../evidence';
import { command, gap, note, recorded } from './line';
import type { SheetContext, SheetLine } from './sheet';
import { shellWord, shownText } from './shell';

const lockCommands: Readonly<Record<string, string>> = {
  'uv.lock': 'uv sync --frozen',
  'poetry.lock': 'poetry install --sync',
  'pdm.lock': 'pdm sync --clean',
  'Pipfile.lock': 'pipenv sync',
  'pixi.lock': 'pixi install --frozen',
};

export function environmentLines(context: SheetContext): readonly SheetLine[] {
  const { run } = context;
  return [...containerLines(run), ...pythonLines(run), ...lockLines(run), ...packageLines(context), ...machineLines(run)];
}

function containerLines(run: Run): readonly SheetLine[] {
  const image = factValue(run.facts, 'container');
  if (!image) return [];
  const evidence = factEvidence(run, 'container');
  const pinned = /^[a-z0-9][\w./:-]*@sha256:[0-9a-f]{64}$/i.test(image);
  const word = shellWord(image);
  if (pinned && word) return [command('Fetch the image that it ran in.', `docker pull ${word}`, evidence)];
  return [gap(`The container image is recorded without its digest, so the tag may have moved: ${shownText(image)}`, evidence)];
}

function pythonLines(run: Run): readonly SheetLine[] {
  const python = factValue(run.facts, 'python');
  if (!python) return [gap('The version of Python is not recorded.')];
  const short = /^(\d+\.\d+)(\.|$)/.exec(python)?.[1];
  const evidence = factEvidence(run, 'python');
  if (!short) return [gap(`What is recorded as version of Python is none: ${shownText(python)}`, evidence)];
  return [command(`Make an environment with Python ${shownText(python)}.`, `python${short} -m venv env && . env/bin/activate`, evidence)];
}

function lockLines(run: Run): readonly SheetLine[] {
  return artifactsLike(run, lockFile)
    .slice(0, 3)
    .map((artifact) => {
      const install = lockCommands[artifact.path.split('/').at(-1) ?? ''];
      return recorded(
        `A lock file is saved with the run: ${shownText(artifact.path)}. Beside the project’s own files it makes the environment.`,
        install ?? 'conda-lock install',
        artifactEvidence([artifact]),
      );
    });
}

function packageLines({ run, records }: SheetContext): readonly SheetLine[] {
  const packages = Object.entries(factValue(run.facts, 'packages') ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const evidence = factEvidence(run, 'packages');
  if (packages.length === 0) {
    const frameworks = Object.entries(factValue(run.facts, 'framework') ?? {}).map(
      ([name, version]) => `${shownText(name)} ${version === '' ? '(version not recorded)' : shownText(version)}`,
    );
    const locked = artifactsLike(run, lockFile).length > 0;
    return [
      ...(frameworks.length > 0 ? [note(`Framework: ${frameworks.join(', ')}`, factEvidence(run, 'framework'))] : []),
      gap(locked ? 'Apart from the lock file, no list of packages is recorded.' : 'The versions of the packages are not recorded.'),
    ];
  }
  const pins = packages.filter(([name, version]) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) && /^[A-Za-z0-9][A-Za-z0-9.+!_-]*$/.test(version));
  const whole = records.packages === 'auto';
  const lines: SheetLine[] = [];
  if (pins.length > 0) {
    const indexes = [...new Set(pins.flatMap(([, version]) => /\+(cpu|cu\d{2,4}|rocm[\d.]{1,6})$/.exec(version)?.[1] ?? []))];
    lines.push(
      command(`Write down the ${pins.length} packages.`, `cat > requirements.txt <<'END'\n${pins.map((pin) => pin.join('==')).join('\n')}\nEND`, evidence),
      command(
        'Install them: wheels only, so that installing runs no code of a package. Look the names over first.',
        [
          `python -m pip install --only-binary=:all:${whole ? ' --no-deps' : ''} -r requirements.txt`,
          ...indexes.map((build) => `--extra-index-url https://download.pytorch.org/whl/${build}`),
        ].join(' '),
      ),
    );
  }
  if (!whole) lines.push(gap('Only packages that were imported or declared are listed, not the whole environment.', evidence));
  const left = packages.length - pins.length;
  if (left > 0) {
    const names = packages.filter((entry) => !pins.includes(entry)).map(([name]) => shownText(name).slice(0, 60));
    lines.push(
      gap(
        `${left} ${left === 1 ? 'package has' : 'packages have'} no version that can be installed by name: ${names.slice(0, 10).join(', ')}${left > 10 ? ', …' : ''}`,
        evidence,
      ),
    );
  }
  return lines;
}

function machineLines(run: Run): readonly SheetLine[] {
  const text = (kind: 'os' | 'gpu' | 'cuda' | 'cpu'): string | undefined => factValue(run.facts, kind);
  const [os, gpu, cuda, cpu] = [text('os'), text('gpu'), text('cuda'), text('cpu')];
  const count = factValue(run.facts, 'gpu_count');
  const lines: SheetLine[] = [os ? note(`Operating system: ${shownText(os)}`, factEvidence(run, 'os')) : gap('The operating system is not recorded.')];
  if (gpu || count)
    lines.push(note(`Accelerator: ${count ? `${count} × ` : ''}${shownText(gpu ?? 'type not recorded')}`, factEvidence(run, 'gpu', 'gpu_count')));
  else if (cpu) lines.push(note(`Processor: ${shownText(cpu)}; no accelerator was seen.`, factEvidence(run, 'cpu')));
  else lines.push(gap('The hardware is not recorded.'));
  if (cuda) lines.push(note(`CUDA ${shownText(cuda)}`, factEvidence(run, 'cuda')));
  else if (gpu || count) lines.push(gap('The versions of CUDA and driver are not recorded.'));
  return lines;
}
