// Files that may run code when they are opened, and files of runs that ignore rules let into the repository.

import ignore from 'ignore';
import { leastOf } from '../facts/environment';
import { settingOf } from '../facts/options';
import { outputsOf } from '../facts/outputs';
import type { NamedCall, Project } from '../project/project';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import type { Found, SetupRule } from '../rule';
import { gathered } from '../steps';

export const rule: SetupRule = {
  meta: {
    id: 'E-36',
    title: 'Files of runs are opened safely, and stay out of the repository',
    severity: 'warn',
    why: 'A pickle can run any code when it is read: a checkpoint or a data file from elsewhere is a program. And what runs write swells a repository for good, once it is committed.',
    source: 'PyTorch, torch.load, weights_only; SonarPython S6985; Trail of Bits, pickles-in-pytorch',
  },
  *check({ project }) {
    const loads = yield* gathered(project.calls, (call) => (isOpenLoad(call, project) ? [call] : []));
    const [load] = loads;
    if (load) {
      const least = leastOf(project, 'torch');
      yield {
        kind: 'finding',
        confidence: least === null ? 0.75 : 0.9,
        places: loads.map(({ module, node }) => ({ module, node })),
        summary: 'torch.load opens a whole pickle: weights_only is not given, and nothing asks for torch 2.6 or later.',
        fix: {
          text: 'Ask for tensors only; what else the file holds can be stored as plain values.',
          code: 'torch.load(path, map_location="cpu", weights_only=True)',
          edits: loads.flatMap((call) => {
            const end = call.node.to - 1;
            const last = [...call.args, ...[...call.keywords.values()].map((value) => value.parent ?? value)].sort((a, b) => b.to - a.to)[0];
            if (call.module.code.cells !== null || call.splat || !last || call.module.code.text[end] !== ')') return [];
            return [{ file: call.module.code.path, cell: null, from: last.to, to: last.to, text: ', weights_only=True' }];
          }),
        },
      };
    }
    const pickles = yield* gathered(project.calls, (call) => (isPickleOfDownload(call, project) ? [call] : []));
    const [pickle] = pickles;
    if (pickle)
      yield {
        kind: 'finding',
        confidence: 0.85,
        places: pickles.map(({ module, node }) => ({ module, node })),
        summary: `${pickle.module.textOf(pickle.callee)} opens a pickle that was downloaded.`,
        fix: { text: 'Fetch a format that holds data only, and check its digest.', code: 'np.load(path, allow_pickle=False)', edits: [] },
      };
    yield* notIgnored(project);
  },
};

/** Only by an ignore file of the project's own: without one, nobody can tell what is committed. */
function* notIgnored(project: Project): Iterable<Found> {
  const { gitIgnore } = project.files;
  const text = gitIgnore ? project.settings.get(gitIgnore.path) : undefined;
  if (text === undefined) return;
  const rules = ignore().add(text);
  const open = outputsOf(project).filter(({ file }) => !rules.ignores(file));
  if (open.length === 0) return;
  const names = open.map(({ path }) => path);
  yield {
    kind: 'finding',
    severity: 'note',
    confidence: 0.7,
    places: open.map(({ call: { module, node } }) => ({ module, node })),
    summary: `Runs write ${names.slice(0, 4).join(', ')}${names.length > 4 ? ' and more' : ''}, which .gitignore does not name.`,
    fix: {
      text: 'Name it in .gitignore, and take out of git what is there already: git rm -r --cached.',
      code: names.map((name) => name.replace(/^.*(?=\.\w+$)/, '*')).join('\n'),
      edits: [],
    },
  };
}

function isOpenLoad(call: NamedCall, project: Project): boolean {
  if (call.name !== 'torch.load' && call.name !== 'torch.serialization.load') return false;
  if (call.splat || call.keywords.has('weights_only')) return false;
  const least = leastOf(project, 'torch');
  if (least !== null && (least[0] > 2 || (least[0] === 2 && least[1] >= 6))) return false;
  // What was just written to memory comes from here.
  const [first] = call.args;
  return !(first && /^(io\.)?BytesIO|buffer|buf\b/.test(call.module.textOf(first)));
}

const downloads =
  /^(urllib\.request\.(urlretrieve|urlopen)|requests\.(get|post)|wget\.download|gdown\.\w+|huggingface_hub\.(hf_hub_download|snapshot_download)|torch\.hub\.download_url_to_file|kagglehub\.\w+)$/;
const unpickles = /^(pickle|cPickle|_pickle|cloudpickle|dill|joblib|pandas)\.(load|loads|read_pickle)$/;

/** A pickle whose content or path comes from a download: in the same expression, or by the same path. */
function isPickleOfDownload(call: NamedCall, project: Project): boolean {
  const isArray = call.name === 'numpy.load' && call.keywords.get('allow_pickle')?.type === 'true';
  if (call.name === null || (!unpickles.test(call.name) && !isArray)) return false;
  const [first] = call.args;
  if (!first) return false;
  const source = openedBy(first, call) ?? first;
  const sources = [...walk(first), ...walk(source)];
  const names = sources.flatMap((node) => (node.type === 'identifier' ? call.module.scopeOf(node).lookup(call.module.textOf(node)) : []));
  const values = names.flatMap((one) => ((one.kind === 'assign' || one.kind === 'with') && one.value ? [...walk(one.value)] : []));
  const isFrom = [...sources, ...values].some((node) => {
    const callee = node.type === 'call' ? fieldOf(node, 'function') : null;
    return callee !== null && downloads.test(project.nameOf(callee, call.module) ?? '');
  });
  if (isFrom) return true;
  const path = settingOf(source, call.module, project);
  return project.calls.some((one) => {
    if (one.name === null || !downloads.test(one.name)) return false;
    const target = one.args[1] ?? one.keywords.get('filename') ?? one.keywords.get('output') ?? one.keywords.get('out') ?? null;
    if (!target) return false;
    const written = constantOf(target, one.module);
    return (typeof path === 'string' && written === path) || (one.module === call.module && one.module.textOf(target) === call.module.textOf(source));
  });
}

/** The path of the file that a variable was opened from: `with open(path) as f: load(f)`. */
function openedBy(node: Syntax, { module }: NamedCall): Syntax | null {
  const opened =
    node.type === 'call'
      ? node
      : node.type === 'identifier'
        ? module
            .scopeOf(node)
            .lookup(module.textOf(node))
            .flatMap((one) => ((one.kind === 'with' || one.kind === 'assign') && one.value ? [one.value] : []))[0]
        : null;
  if (opened?.type !== 'call' || !/(^|\.)open$/.test(module.textOf(fieldOf(opened, 'function') ?? opened))) return null;
  return fieldOf(opened, 'arguments')?.children[0] ?? null;
}
