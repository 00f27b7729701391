// Nothing tells which version of the data a run was trained on.

import { type DataRead, dataReadsOf } from '../facts/data';
import { dataVersionsOf, isTracked, logsInputs } from '../facts/data-version';
import { recipesOf } from '../facts/recipes';
import { trackersOf } from '../facts/trackers';
import type { SetupFix } from '../finding';
import type { Project } from '../project/project';
import type { SetupRule } from '../rule';
import { gathered } from '../steps';

export const rule: SetupRule = {
  meta: {
    id: 'E-16',
    title: 'The version of the data is known',
    severity: 'warn',
    why: 'When the file, the folder or the hub changes, old and new runs look alike but were trained on different data, and nobody can tell.',
    source: 'mllint, version-control/data; DVC; MLflow, “Dataset tracking”',
  },
  *check({ project, trainings }) {
    if (trainings.length === 0) {
      const named = recipesOf(project).flatMap((one) => one.data ?? []);
      const [data] = named;
      if (data)
        yield {
          kind: 'finding',
          confidence: 0.75,
          places: named.map(({ place }) => ({ place })),
          summary: `Nothing records which version of “${data.value}” this training reads.`,
          fix: { text: 'Name a revision of the data, or track the file with DVC.', code: null, edits: [] },
        };
      return;
    }
    const untold = yield* gathered(yield* dataReadsOf.steps(project), (read) =>
      dataVersionsOf(read.call.module, project).length === 0 && !isTracked(read, project) ? [read] : [],
    );
    // What an address holds today cannot be got back by a digest.
    const inputs = untold.filter(({ call, kind }) => kind === 'file' && logsInputs(trainings, call.module, project));
    if (inputs.length > 0)
      yield { kind: 'unknown', reason: 'MLflow stores a digest of the arrays that are fitted, which says nothing of where they came from.' };
    // A table or a folder is surely what is trained on; a text that is opened may be something else.
    const rank = (read: DataRead) => Number(isText(read)) + 2 * Number(isItem(read));
    const open = untold.filter((read) => !inputs.includes(read)).sort((a, b) => rank(a) - rank(b));
    const [first] = open;
    if (!first) return;
    const places = [...new Map(open.map(({ place }) => [place.node, place])).values()];
    yield {
      kind: 'finding',
      confidence: first.kind === 'hub' || first.kind === 'url' || first.source !== null ? 0.85 : 0.75,
      places,
      summary: summaryOf(first),
      fix: fixOf(first, project),
    };
  },
};

const isText = ({ call, kind }: DataRead): boolean => kind === 'file' && /^(open|io\.open)$/.test(call.name ?? '');
/** One image of many, where something else lists them. */
const isItem = ({ call }: DataRead): boolean => /(^|\.)(imread|read_image|decode_image|dcmread|Image\.open)$/.test(call.name ?? '');

function summaryOf({ source, kind, call }: DataRead): string {
  const what = source !== null && source.length < 80 ? `“${source}”` : kind === 'folder' ? 'the folder of data' : 'the data';
  const written = call.module.textOf(call.callee);
  if (kind === 'hub') return `${written} takes whatever ${source === null ? 'the hub' : what} holds today: no revision is given.`;
  if (kind === 'url') return `What ${what} holds may change, and no digest of it is checked or stored.`;
  return `Nothing records which version of ${what} this training reads.`;
}

function fixOf({ kind, source }: DataRead, project: Project): SetupFix {
  const trackers = trackersOf(project);
  const path = source !== null && /\.\w+$/.test(source) && !/^https?:/.test(source) ? `"${source}"` : 'path';
  if (kind === 'hub')
    return {
      text: 'Give the full commit of the data set as its revision.',
      code: `load_dataset("${source ?? 'name'}", revision="<40 hex digits>")`,
      edits: [],
    };
  if (kind !== 'folder' && trackers.includes('mlflow'))
    return {
      text: 'Log the data as an input: MLflow stores its digest.',
      code: `mlflow.log_input(mlflow.data.from_pandas(df, source=${path}), context="training")`,
      edits: [],
    };
  if (trackers.includes('wandb'))
    return { text: 'Version the data as an artifact, and use it by its version.', code: 'folder = wandb.use_artifact("data:v3").download()', edits: [] };
  if (trackers.includes('clearml'))
    return {
      text: 'Version the data as a ClearML data set, and read it by its id.',
      code: 'folder = Dataset.get(dataset_id="<id>").get_local_copy()',
      edits: [],
    };
  if (trackers.includes('neptune')) return { text: 'Let the run track what it reads.', code: `run["data/train"].track_files(${path})`, edits: [] };
  if (trackers.includes('comet') && kind !== 'folder')
    return { text: 'Store a digest of what was read.', code: 'experiment.log_dataset_hash(data)', edits: [] };
  if (kind === 'url')
    return {
      text: 'Check a digest of what is downloaded, and store it with the run.',
      code: 'path = pooch.retrieve(url, known_hash="sha256:<64 hex digits>")',
      edits: [],
    };
  return {
    text: 'Store a digest of what was read with the run, or track the data with DVC.',
    code:
      kind === 'folder'
        ? 'dvc add data/'
        : `digest = hashlib.sha256(pathlib.Path(${path}).read_bytes()).hexdigest()\n${
            trackers.includes('tensorboard') ? 'writer.add_text("data", digest)' : 'pathlib.Path("data.sha256").write_text(digest)  # in the folder of the run'
          }`,
    edits: [],
  };
}
