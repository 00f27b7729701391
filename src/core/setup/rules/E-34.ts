// Runs that nobody will find again: no name, no group, no tag; in a notebook never finished.

import { firstPerFile, type Records, recordsOf } from '../facts/records';
import type { Store } from '../facts/stored';
import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { ancestor, fieldOf } from '../python/syntax';
import type { Found, SetupRule } from '../rule';
import { keywordAdded } from '../write';

interface Start {
  readonly call: NamedCall;
  readonly tracker: string;
}

/** What starts a run of each tracker, and the arguments that say which it is. */
const starts: readonly { readonly tracker: string; readonly name: RegExp; readonly says: RegExp; readonly at?: number }[] = [
  { tracker: 'wandb', name: /^wandb\.init$/, says: /^(name|group|tags|job_type|id|notes|settings)$/ },
  { tracker: 'mlflow', name: /^mlflow\.start_run$/, says: /^(run_name|tags|run_id|nested|description|parent_run_id)$/ },
  { tracker: 'swanlab', name: /^swanlab\.init$/, says: /^(experiment_name|name|description|tags|group|job_type|id)$/ },
  { tracker: 'trackio', name: /^trackio\.init$/, says: /^(name|group|resume)$/ },
  { tracker: 'neptune', name: /^neptune(\.new)?\.(init|init_run)$/, says: /^(name|tags|custom_run_id|with_id|description)$/ },
  { tracker: 'wandb', name: /\bloggers(\.wandb)?\.WandbLogger$/, says: /^(name|group|tags|job_type|id|version|experiment|notes)$/, at: 0 },
  { tracker: 'mlflow', name: /\bloggers(\.mlflow)?\.MLFlowLogger$/, says: /^(run_name|tags|run_id)$/, at: 1 },
];

const later =
  /\.set_tags?\(|set_terminated|run\.name\s*=|\.name\s*=\s*f?['"]|update_run|set_name\(|add_tags?\(|\.tags\s*[+=]|WANDB_(NAME|RUN_GROUP|TAGS|RUN_ID)|MLFLOW_RUN_NAME|mlflow\.runName|\["sys\/(name|tags)"\]|wandb\.(agent|sweep)\(/;

export const rule: SetupRule = {
  meta: {
    id: 'E-34',
    title: 'A run can be found again',
    severity: 'note',
    why: 'Fifty runs with made-up names and no tags are told apart by nobody.',
    impliedBy: ['E-01'],
    source: 'own reading of published training code',
  },
  *check(context) {
    const { project } = context;
    for (const records of firstPerFile(yield* recordsOf.steps(context))) {
      yield;
      yield* checkOf(records, project);
    }
  },
};

function* checkOf({ program, stores }: Records, project: Project): Generator<Found> {
  const calls = project.callsOf(program);
  const started = calls.flatMap((call): (Start & { readonly named: boolean })[] => {
    const start = starts.find(({ name }) => name.test(call.name ?? ''));
    if (!start) return [];
    const named =
      call.splat ||
      [...call.keywords.keys()].some((key) => start.says.test(key)) ||
      (start.at === undefined ? call.args.length > 0 && start.tracker === 'mlflow' : call.args.length > start.at);
    return [{ call, tracker: start.tracker, named }];
  });
  const [first] = started;
  if (!first) return;
  const text =
    [...program].some(({ code }) => later.test(code.text)) || stores.some((store) => store.kind === 'tags' && store.via === first.tracker && isTag(store));
  const open = started.find(({ call, tracker }) => tracker === 'wandb' && isNotebook(call.module) && !isFinished(call, stores));
  const bare = text ? undefined : started.find(({ named }) => !named);
  if (started.some(({ named }) => named) && !open) return;
  const found = bare ?? open;
  if (!found) return;
  const { call, tracker } = found;
  const keyword = tracker === 'mlflow' ? 'run_name="baseline"' : 'name="baseline"';
  const unfinished = open !== undefined;
  yield {
    kind: 'finding',
    confidence: bare ? 0.9 : 0.75,
    places: [{ module: call.module, node: call.node }],
    summary: bare
      ? `The run gets no name, no group and no tags${unfinished ? ', and the notebook never finishes it' : ''}.`
      : 'The notebook never finishes its run: the next cell that logs goes on in it.',
    fix: bare
      ? {
          text: 'Name the run by what sets it apart.',
          code: `${call.module.textOf(call.callee)}(..., ${keyword.replace('baseline', 'baseline-seed0')})`,
          edits: unfinished ? [] : keywordAdded(call.module, call.node, keyword),
        }
      : { text: 'Finish it in the last cell.', code: 'wandb.finish()', edits: [] },
  };
}

/** `run["sys/tags"] = …`: under another name it holds a value, and does not say which run it is. */
const isTag = ({ node, module }: Store): boolean =>
  node.type !== 'assignment' || /name|tags?\b|group|descr|title/i.test(module.textOf(fieldOf(node, 'left') ?? node));

const isNotebook = (module: PyModule): boolean => module.code.cells !== null;

const isFinished = ({ node, module }: NamedCall, stores: readonly Store[]): boolean =>
  ancestor(node, new Set(['with_statement'])) !== null ||
  stores.some(({ kind, via }) => kind === 'finish' && via === 'wandb') ||
  /\.finish\(\)/.test(module.code.text);
