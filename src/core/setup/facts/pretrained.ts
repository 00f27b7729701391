// Weights that somebody else trained, taken by a name that may change its meaning.

import type { NamedCall, Project } from '../project/project';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax } from '../python/syntax';
import { unknown } from '../python/values';
import { factOf, gathered, type Steps } from '../steps';
import { isBehindOption, optionName, settingOf } from './options';

export interface Pretrained {
  readonly call: NamedCall;
  readonly written: string;
  /** The model's name where it is written. */
  readonly model: string | null;
  readonly confidence: number;
  readonly advice: string;
  readonly code: string;
}

const hubs = /^(transformers|diffusers|peft|sentence_transformers|setfit|trl|open_clip|timm|huggingface_hub|adapters|optimum|auto_gptq|speechbrain|unsloth)\b/;
const tokenizers = /tokenizer|processor|config|feature_?extractor|scheduler/i;

/** Every unpinned use that can be reached: models first, then tokenizers and configurations. */
export const pretrainedOf = factOf(function* (project: Project): Steps<readonly Pretrained[]> {
  const found = yield* gathered(project.calls, (call) => {
    const use = isUsual(call, project) ? ofCall(call, project) : null;
    return use ? [use] : [];
  });
  const rank = ({ written }: Pretrained) => (tokenizers.test(written) ? 1 : 0);
  // A tokenizer beside a model that starts from nothing is no base model.
  if (found.every((one) => rank(one) === 1)) return [];
  return [...found].sort((a, b) => rank(a) - rank(b));
});

/** Not behind an option, and not in a method that nobody is seen to call. */
function isUsual({ node, module, within }: NamedCall, project: Project): boolean {
  if (isBehindOption(node, module, project)) return false;
  const isHook = within === null || within.owner === null || /^(__|forward|setup|configure|prepare|build|call$|load)/.test(within.name);
  return isHook || project.callersOf(within).some((call) => call.within !== within);
}

function ofCall(call: NamedCall, project: Project): Pretrained | null {
  const name = call.name ?? '';
  const written = call.module.textOf(call.callee);
  if (/(^|\.)from_pretrained$/.test(written)) return ofHub(call, written, project);
  if (/^sentence_transformers(\.\w+)*\.(SentenceTransformer|CrossEncoder|models\.Transformer)$|^transformers(\.\w+)*\.pipeline$/.test(name)) {
    const first = /pipeline$/.test(name) ? call.keywords.get('model') : (call.args[0] ?? call.keywords.get('model_name_or_path'));
    return first && !call.keywords.has('revision') && !call.splat ? hubFinding(call, written, first, project) : null;
  }
  if (/^simpletransformers(\.\w+)*\.\w+Model$/.test(name)) {
    const given = call.args[1] ?? call.keywords.get('model_name');
    return given && !call.splat && !/\brevision\b/.test(call.module.code.text) ? hubFinding(call, written, given, project) : null;
  }
  if (/^huggingface_hub\.(hf_hub_download|snapshot_download)$/.test(name)) {
    const repo = call.args[0] ?? call.keywords.get('repo_id');
    const kind = call.keywords.get('repo_type');
    return repo && !call.keywords.has('revision') && !call.splat && !(kind && /dataset/.test(call.module.textOf(kind)))
      ? hubFinding(call, written, repo, project)
      : null;
  }
  if (/^torch\.hub\.load$/.test(name)) {
    const repo = call.args[0] ? settingOf(call.args[0], call.module, project) : unknown;
    const isLocal = call.keywords.get('source') !== undefined || (typeof repo === 'string' && /^[./~]/.test(repo));
    if (typeof repo !== 'string' || repo.includes(':') || isLocal || off(call, 'pretrained')) return null;
    return { call, written, model: repo, confidence: 0.9, advice: 'Name a tag or a commit of the repository.', code: `torch.hub.load("${repo}:<tag>", …)` };
  }
  if (/^timm(\.models)?(\.\w+)*\.create_model$/.test(name)) {
    const model = call.args[0] ?? call.keywords.get('model_name');
    const value = model ? settingOf(model, call.module, project) : unknown;
    if (!on(call, 'pretrained', project) || (typeof value === 'string' && (/\./.test(value.replace(/^hf[-_]hub:/, '')) || /@/.test(value)))) return null;
    const label = typeof value === 'string' ? value : null;
    return {
      call,
      written,
      model: label,
      confidence: label ? 0.9 : 0.7,
      advice: 'Name the weights by their tag: the default tag of a model has changed between versions of timm.',
      code: `timm.create_model("${label ?? 'name'}.<tag>", pretrained=True)`,
    };
  }
  if (/^torchvision\.models\b/.test(name) || isTorchvisionGetter(call)) return ofTorchvision(call, written, project);
  if (/^fastai(\.\w+)*\.(vision_learner|cnn_learner|unet_learner)$/.test(name) && !off(call, 'pretrained') && !isMadeNet(call))
    return {
      call,
      written,
      model: null,
      confidence: 0.75,
      advice: 'Name the weights, and pin the version of torchvision that they come with.',
      code: 'vision_learner(dls, resnet34, weights=ResNet34_Weights.IMAGENET1K_V1)',
    };
  return null;
}

/** A learner of a net that the code makes, `simple_cnn((3, 16, 2))`, and not of an architecture. */
function isMadeNet({ args, module }: NamedCall): boolean {
  const [, net] = args;
  if (net?.type === 'call') return true;
  const [made] = net?.type === 'identifier' ? module.scopeOf(net).lookup(module.textOf(net)) : [];
  return made?.kind === 'assign' && made.value?.type === 'call';
}

function ofHub(call: NamedCall, written: string, project: Project): Pretrained | null {
  const first = call.args[0] ?? call.keywords.get('pretrained_model_name_or_path') ?? call.keywords.get('model_name') ?? null;
  const name = call.name ?? '';
  if (!first || call.splat || call.keywords.has('revision') || call.keywords.has('code_revision')) return null;
  // A class of the project may well load its own files.
  const own = call.args[0] ?? first;
  const isNamed = isHubName(settingOf(own, call.module, project)) && !/^(self|cls|super)\b/.test(written);
  // A class of the project, or of a file that is not in view, takes its weights from the hub where the name says so.
  if (isNamed && project.targetsOf(call).length === 0 && name !== '') return /^peft\b/.test(name) ? null : hubFinding(call, written, own, project);
  if (project.targetsOf(call).length > 0 || (call.name !== null && !hubs.test(name)) || /^self\b|^cls\b|^super\b/.test(written)) return null;
  if (name === '' && !/(Auto\w+|\w+(Model|For\w+|Tokenizer\w*|Processor|Config|Pipeline))\.from_pretrained$/.test(written)) return null;
  if (/^peft\b/.test(name)) return null;
  return hubFinding(call, written, call.args[0] ?? first, project);
}

/** `google/flan-t5-base`: an owner and a name. */
const isHubName = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z][\w-]*\/[A-Za-z][\w-]*[-.\d][\w.-]*$/.test(value) && !/\.(pth?|ckpt|bin|h5|json)$/.test(value);

/** A name on the hub; a path of this machine is none. */
function hubFinding(call: NamedCall, written: string, first: Syntax, project: Project): Pretrained | null {
  const value = settingOf(first, call.module, project);
  const text = call.module.textOf(first);
  const label = typeof value === 'string' ? value : null;
  if (
    label !== null &&
    (/^[./~]|^[A-Za-z]:|\\|\s/.test(label) ||
      label.split('/').length > 2 ||
      /(^|\/)(out|outputs?|checkpoints?|ckpts?|results?|runs?|saved?|models?|final|best)(\/|$)/i.test(label))
  )
    return null;
  if (label === null && (first.type !== 'identifier' || isOpenName(first, call)) && !isModelOption(first, call)) return null;
  if (/output|save|ckpt|checkpoint|best|final|local|dir\b|folder|resume|adapter/i.test(label === null ? text : '')) return null;
  return {
    call,
    written,
    model: label,
    confidence: label === null ? 0.6 : 0.85,
    advice: 'Give the full commit of the model as its revision, and the same for the tokenizer.',
    code: `${written.split('\n')[0]}(${label === null ? text.split('\n')[0] : `"${label}"`}, revision="<40 hex digits>")`,
  };
}

/** A variable that nothing in view gives a value. */
const isOpenName = (node: Syntax, { module }: NamedCall): boolean => !/model|backbone|base|name|encoder|checkpoint_name/i.test(module.textOf(node));
const isModelOption = (node: Syntax, { module }: NamedCall): boolean =>
  /^(base_)?model(_?(name|id|name_or_path))?$|^(model_name_or_path|pretrained_model_name_or_path|tokenizer_name|backbone)$/.test(
    optionName(node, module) ?? module.textOf(node),
  );

const isTorchvisionGetter = ({ name }: NamedCall): boolean => name === 'torchvision.models.get_model';

/** `pretrained=True`, `weights="DEFAULT"`, `Weights.DEFAULT`. A number in the name (`IMAGENET1K_V1`) is a version. */
function ofTorchvision(call: NamedCall, written: string, project: Project): Pretrained | null {
  const weights = call.keywords.get('weights');
  const text = weights ? call.module.textOf(weights) : '';
  const value = weights ? settingOf(weights, call.module, project) : unknown;
  const isDefault = value === 'DEFAULT' || /\.DEFAULT$/.test(text);
  if (!isDefault && !on(call, 'pretrained', project)) return null;
  const model = fieldOf(call.callee, 'attribute');
  return {
    call,
    written,
    model: model ? call.module.textOf(model) : null,
    confidence: isDefault ? 0.9 : 0.85,
    advice: 'Name the version of the weights: the default is whatever the installed torchvision calls best.',
    code: `${written}(weights="IMAGENET1K_V1")`,
  };
}

function on(call: NamedCall, keyword: string, project: Project): boolean {
  const value = call.keywords.get(keyword);
  return value !== undefined && settingOf(value, call.module, project) === true;
}

function off(call: NamedCall, keyword: string): boolean {
  const value = call.keywords.get(keyword);
  return value !== undefined && constantOf(value, call.module) === false;
}
