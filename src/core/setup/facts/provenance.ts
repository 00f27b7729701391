// Whether a run records the commit of its code and the packages that it ran with: by its tracker, or by a call of its own.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import { walk } from '../python/syntax';
import type { SetupContext } from '../rule';
import { onceOf } from '../steps';
import type { Answer } from './automatic';
import { setupCalls } from './automatic';
import { isDynamic, programOf } from './programs';
import type { Training } from './training';

export interface Provenance {
  readonly commit: Answer;
  readonly packages: Answer;
}

interface Habit {
  readonly name: RegExp;
  readonly commit: Answer;
  readonly packages: Answer;
}

/** Its fluent API stores the commit of a script; packages only beside a logged model. */
const mlflow: Habit = { name: /^mlflow\b|\bMLFlow\w*|\bMlflow\w*|\bMLflow\w*/, commit: 'unknown', packages: 'unknown' };

/** What trackers store without being asked. */
const habits: readonly Habit[] = [
  { name: /^wandb\b|\bWandb\w*|\bWandB\w*/, commit: 'yes', packages: 'yes' },
  { name: /^(clearml|trains)\b|\bClearML\w*/, commit: 'yes', packages: 'yes' },
  { name: /^comet_ml\b|\bComet\w*(Logger|Callback)/, commit: 'yes', packages: 'yes' },
  { name: /^swanlab\b|\bSwanLab\w*/, commit: 'yes', packages: 'yes' },
  { name: /^labml\.experiment\b/, commit: 'yes', packages: 'no' },
  { name: /^sacred\b/, commit: 'yes', packages: 'yes' },
  // Packages only where it is told to: `init_run(dependencies="infer")`.
  { name: /^neptune(_scale)?\b|\bNeptune\w*/, commit: 'yes', packages: 'no' },
  mlflow,
  { name: /^dvclive\b|\bDVCLive\w*|\bDvcLive\w*/, commit: 'yes', packages: 'no' },
  {
    name: /^(aim|trackio|ultralytics|mmengine|mmcv|dora|guild|polyaxon|zenml|metaflow|kedro|determined|sagemaker|azureml|vertexai|google\.cloud\.aiplatform)\b|\bAim(Logger|Callback)/,
    commit: 'unknown',
    packages: 'unknown',
  },
];

const gitText = /\bgit\b|rev-parse/;
const freezeText = /pip3?\b.*freeze|freeze\b|conda\b.*(list|export)|pip3?\b.*list/;

const rank = (answers: readonly Answer[]): Answer => (answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no');

/** What is known of the program of a training. */
export const provenanceOf = onceOf((training: Training, { project }: SetupContext): Provenance => {
  const program = programOf(training.module, project);
  const calls = project.callsOf(program);
  const found = habitsOf(calls).map((habit) => (habit === mlflow && isNotebook(training.module) ? { ...mlflow, commit: 'no' as const } : habit));
  const reports = training.framework === 'huggingface' || training.framework === 'accelerate' ? [reportsTo(training, calls, project)] : [];
  // Where settings choose the classes, a tracker in one that nothing in view makes may well be used.
  const chosen: readonly Habit[] =
    found.length === 0 && isDynamic(project) && (isTrackedAnywhere(program, project) || isTrackedBySettings(project))
      ? [{ name: /^/, commit: 'unknown', packages: 'unknown' }]
      : [];
  const all = [...found, ...reports, ...chosen];
  return { commit: rank(all.map(({ commit }) => commit)), packages: rank(all.map(({ packages }) => packages)) };
});

const isTrackedAnywhere = onceOf((program: ReadonlySet<PyModule>, project: Project): boolean =>
  [...program].some((module) =>
    module.calls.some((call) => {
      const name = project.nameOf(call.callee, module);
      return name !== null && habits.some((habit) => habit.name.test(name));
    }),
  ),
);

/** `_target_: pytorch_lightning.loggers.WandbLogger` in a settings file that a run may choose. */
const isTrackedBySettings = ({ settings }: SetupContext['project']): boolean =>
  [...settings.values()].some((text) => /_target_:\s*\S*(wandb|mlflow|comet|neptune|clearml|aim)\w*/i.test(text));

/** What the calls of a program record, however many trainings it has. */
const habitsOf = onceOf((calls: readonly NamedCall[]): readonly Habit[] =>
  calls.flatMap((call): readonly Habit[] => {
    const name = call.name ?? '';
    const own = isInferring(call) ? { name: /^/, commit: 'no' as const, packages: 'yes' as const } : byHand(call);
    return [...habits.filter((habit) => name !== '' && habit.name.test(name)), ...(own ? [own] : [])];
  }),
);

/** A notebook is no script: MLflow finds no commit for what the kernel runs, unless Databricks tells it. */
const isNotebook = ({ code }: PyModule): boolean => code.cells !== null && !/dbutils|databricks|pyspark|spark\./.test(code.text);

/** `neptune.init_run(dependencies="infer")`, or with `**` of settings that may say so. */
const isInferring = ({ name, keywords, splat }: NamedCall): boolean =>
  /^neptune(\.new)?\.(init|init_run|Run)$/.test(name ?? '') && (splat || keywords.has('dependencies'));

/** `subprocess.run(["git", "rev-parse", …])`, `git.Repo().head`, `pip freeze`, `importlib.metadata.distributions()`. */
function byHand(call: NamedCall): Habit | null {
  const { module, args, keywords } = call;
  const name = call.name ?? module.textOf(call.callee);
  if (
    /^(git|pygit2|dulwich|gitpython)(\.\w+)+|setuptools_scm|^versioneer|get_git_|git_(hash|sha|commit|revision|info|describe|rev)|commit_(hash|sha|id)|get_(sha\d*|commit)(?![a-z])|revision_hash|current_commit/i.test(
      name,
    )
  )
    return { name: /^/, commit: 'yes', packages: 'no' };
  if (
    /^(importlib\.metadata|importlib_metadata|pkg_resources)\.(distributions|working_set|packages_distributions)|^pip\.|session_info|watermark|collect_env|^torch\.utils\.collect_env/.test(
      name,
    )
  )
    return { name: /^/, commit: 'no', packages: 'yes' };
  const isShell = /^(subprocess\.\w+|os\.(system|popen)|sh\.\w+|plumbum\b)/.test(name) || args[0]?.type === 'string' || args[0]?.type === 'list';
  if (!isShell) return null;
  const words = [...args, ...keywords.values()].flatMap((one) =>
    [...walk(one)].flatMap((node) => (node.type === 'string_content' ? [module.textOf(node)] : [])),
  );
  const text = words.join(' ');
  if (/^(subprocess|os|sh|plumbum)\b/.test(name) || words[0] === 'git' || /^git |pip freeze/.test(text)) {
    const commit = gitText.test(text) && /rev-parse|describe|log|show|diff|status|commit|HEAD/.test(text);
    const packages = freezeText.test(text);
    return commit || packages ? { name: /^/, commit: commit ? 'yes' : 'no', packages: packages ? 'yes' : 'no' } : null;
  }
  return /^(git|rev-parse)$/.test(words[0] ?? '') ? { name: /^/, commit: 'yes', packages: 'no' } : null;
}

/** `report_to=`, `log_with=`: TensorBoard keeps neither; without a word it is whatever is installed. */
function reportsTo(training: Training, calls: readonly NamedCall[], project: SetupContext['project']): Habit {
  const handed = training.framework === 'huggingface' ? setupCalls(training, project) : calls;
  const given = handed.flatMap((call) => {
    const value = call.keywords.get('report_to') ?? call.keywords.get('log_with');
    return value ? [constantOf(value, call.module)] : [];
  });
  const names = given.flatMap((value) => (Array.isArray(value) ? (value as readonly unknown[]) : [value]));
  const anyOf = (known: (name: string) => boolean) => names.every((one) => typeof one === 'string' && known(one));
  if (names.length > 0 && anyOf((name) => /^(tensorboard|none)$/i.test(name))) return { name: /^/, commit: 'no', packages: 'no' };
  if (names.some((one) => typeof one === 'string' && /^(wandb|clearml|comet_ml|swanlab)$/i.test(one))) return { name: /^/, commit: 'yes', packages: 'yes' };
  if (training.framework === 'accelerate' && names.length === 0) return { name: /^/, commit: 'no', packages: 'no' };
  return { name: /^/, commit: 'unknown', packages: 'unknown' };
}
