// Classifiers of which only the loss is stored.

import { setupCalls } from '../facts/automatic';
import { loopsOf } from '../facts/loops';
import { isLossName, isTaskMetric } from '../facts/metrics';
import { isStored, type Records, recordsOf } from '../facts/records';
import { labelsOf, type Store, sourcesOf } from '../facts/stored';
import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { literalOf } from '../python/values';
import type { NodePlace, SetupRule } from '../rule';
import { metricLine, trackerOf } from '../write';

const classLoss =
  /^torch\.nn(\.functional|\.modules\.loss)?\.(CrossEntropyLoss|cross_entropy|NLLLoss|nll_loss|BCELoss|BCEWithLogitsLoss|binary_cross_entropy|binary_cross_entropy_with_logits|MultiMarginLoss|MultiLabel\w+Loss|MarginRankingLoss)$|^tensorflow\.nn\.\w*cross_entropy\w*$|^optax(\.losses)?\.\w*cross_entropy\w*$|^(tensorflow\.)?keras\.losses\.\w*[cC]ross_?entropy$/;
/** A layer that labels each token of a sequence, of a package or written here: its loss is a likelihood of its own. */
const tagger = /(^|\.)(CRF|LinearChainCRF|LinearCRF|ConditionalRandomField)$/;
/** Models whose accepted metric is a form of the loss, or that have none: language models, autoencoders, GANs, contrastive learning. */
const otherTask =
  /causal|language[_ ]?model|\blm\b|gpt|llama|llm|shakespeare|\bblock_size\b|\bcontext_length\b|\bvae\b|elbo|\bkl[_d]|autoencoder|recon|\bgan\b|discriminator|\bnetd\b|\bcritic\b|diffusion|contrastive|simclr|info_?nce|\bclip_loss|distill|perplexity|bptt|next_token|seq2seq|word2vec|skip_?gram|masked|policy|reinforce|agent\b|gymnasium|logits_per_/i;
const measures = /^(sklearn\.metrics|torchmetrics|evaluate\.load|torcheval|tensorflow\.keras\.metrics|keras\.metrics|seqeval)\b/;
/** What is stored beside metrics. */
const beside = /(^|[/_.])(lr|learning_?rate|epoch|step|iteration|time|seconds|grad_?norm)$/i;
const measuring = /\b(argmax|topk|top_k|accuracy|eq\(|\.eq\b|correct|sigmoid\(\)\s*>|>\s*0)/;

export const rule: SetupRule = {
  meta: {
    id: 'E-08',
    title: 'The metric of the task is stored beside the loss',
    severity: 'warn',
    why: 'The loss of a classifier can rise while its accuracy still improves, and no reader knows what a cross-entropy of 0.42 means.',
    impliedBy: ['E-01'],
    source: 'own reading of published training code',
  },
  *check(context) {
    const { project } = context;
    const told = new Set<PyModule>();
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      const { training, program, metrics } = records;
      if (told.has(training.module) || training.kind === 'single' || !isStored(records) || records.automatic.metrics === 'unknown') continue;
      if (!/^(pytorch|accelerate|lightning|tensorflow|jax|keras|huggingface)$/.test(training.framework)) continue;
      const task = taskOf(records, project);
      if (task === null) continue;
      if ([...program].some(({ code }) => otherTask.test(code.text))) continue;
      if (metrics.some((store) => /^unknown/.test(store.via) || holdsTask(store, project))) continue;
      // The framework's own log: what it measures is said where the model is compiled or the Trainer made.
      if (records.automatic.metrics === 'yes' && training.framework !== 'lightning' && task.measured) continue;
      // Lightning without a call of its own to log, or a name that nothing says.
      if (metrics.length === 0 && training.framework !== 'huggingface' && training.framework !== 'keras') continue;
      told.add(training.module);
      const loss = metrics.find((store) => labelsOf(store, project).some(isLossName)) ?? metrics[0];
      const { epoch } = loopsOf(training, project);
      const place: NodePlace =
        task.place ??
        (epoch ? { module: epoch.module, node: epoch.node.children[0] ?? epoch.node } : null) ??
        (loss ? { module: loss.module, node: loss.node } : { module: training.module, node: training.call.node });
      yield {
        kind: 'finding',
        confidence: 0.8,
        places: [place],
        summary: 'A classifier is trained, and only its loss is stored.',
        fix: { text: 'Store accuracy, F1 or the metric that the task is judged by, on held-out data.', code: fixFor(records), edits: [] },
      };
    }
  },
};

interface Task {
  readonly place: NodePlace | null;
  /** A metric is asked of the framework. */
  readonly measured: boolean;
}

/** Whether the program classifies or ranks, by its loss or its head; null where it does not, or it cannot be told. */
function taskOf({ training, program }: Records, project: Project): Task | null {
  if (training.framework === 'huggingface') {
    const head = project.calls.some(
      ({ module, name }) => program.has(module) && /AutoModelFor(Sequence|Token|Image|Audio)Classification\.|AutoModelForMultipleChoice\./.test(name ?? ''),
    );
    const trainer = setupCalls(training, project).find(({ name }) => /Trainer$/.test(name ?? ''));
    if (!head || !trainer || trainer.splat || trainer.args.length > 6 || trainer.name?.split('.').length === 1) return null;
    return {
      place: { module: training.module, node: training.call.node },
      measured: trainer.keywords.has('compute_metrics') || trainer.keywords.has('compute_loss') || trainer.keywords.has('evaluator'),
    };
  }
  const calls = project.callsOf(program);
  if (training.framework === 'keras') {
    const compiles = calls.filter(({ callee, module }) => /\.compile$/.test(module.textOf(callee)));
    const [compile] = compiles;
    if (compiles.length !== 1 || !compile || compile.splat) return null;
    const loss = compile.keywords.get('loss') ?? compile.args[1];
    const text = loss ? compile.module.textOf(loss) : '';
    if (!/cross_?entropy/i.test(text)) return null;
    return {
      place: { module: compile.module, node: compile.node },
      measured: compile.keywords.has('metrics') || compile.keywords.has('weighted_metrics') || compile.args.length > 2,
    };
  }
  const isOfClasses = (call: NamedCall) =>
    call.name !== null && !isSoftTarget(call) && (classLoss.test(call.name) || tagger.test(call.name) || isNamedLoss(call, project));
  return calls.some(isOfClasses) ? { place: null, measured: false } : null;
}

/** A loss of a package or a file that is not in view, by its name: `loss.WeightedCELoss()`. */
const isNamedLoss = ({ name }: NamedCall, project: Project): boolean =>
  name !== null && /(^|\.)\w*(CE|BCE|CrossEntropy)(With\w+)?Loss$/.test(name) && !project.classOf(name) && !project.functionOf(name);

/** Cross-entropy against an index of the batch itself is contrastive. */
const isSoftTarget = ({ args, module }: NamedCall): boolean =>
  args[1] !== undefined && /arange|eye\(/.test(module.textOf(args[1])) && literalOf(args[1], module.code.text) !== null;

function holdsTask(store: Store, project: Project): boolean {
  // All names are written, and each says that it is a loss, a rate or a count: what lies behind them are by-products of the same function.
  if (store.complete && store.names.length > 0 && store.names.every(({ text }) => (isLossName(text) || beside.test(text)) && !isTaskMetric(text))) return false;
  if (labelsOf(store, project).some((label) => isTaskMetric(label))) return true;
  // `self.log_dict(self.metrics)`, `wandb.log(scores)`: what it holds is not written.
  if (!store.complete && store.kind === 'metrics' && store.names.length === 0) return true;
  // `for k, v in metrics.items(): log(f"val/{k}", v)`: the keys are those of what it runs over.
  const filled = store.names.some(({ text }) => text.includes('{}'));
  return sourcesOf(store, project).some(({ nodes }) => {
    for (const [node, module] of nodes) {
      if (filled && node.type === 'string_content' && isTaskMetric(module.textOf(node))) return true;
      if (node.type === 'call' && measures.test(project.nameOf(node, module) ?? '')) return true;
      if ((node.type === 'call' || node.type === 'comparison_operator') && node.to - node.from < 400 && measuring.test(module.textOf(node))) return true;
    }
    return false;
  });
}

function fixFor(records: Records): string {
  switch (records.training.framework) {
    case 'huggingface':
      return 'Trainer(..., compute_metrics=lambda p: {"accuracy": (p.predictions.argmax(-1) == p.label_ids).mean()})';
    case 'keras':
      return 'model.compile(..., metrics=["accuracy"])';
    case 'lightning':
      return 'self.log("val/accuracy", (logits.argmax(1) == y).float().mean())';
    default:
      return `accuracy = (logits.argmax(-1) == y).float().mean().item()\n${metricLine(trackerOf(records), 'val/accuracy', 'accuracy')}`;
  }
}
