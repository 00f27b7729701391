// Whether a model of PyTorch or Flax NNX behaves differently in training and in evaluation: dropout and batch norm in its definition.

import type { Project } from '../project/project';
import type { PyClass, PyFunction, PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import { flowOf, isWithin } from './flow';
import { type Maker, waysOf } from './makers';

const modal = /^torch\.nn\.(modules\.\w+\.)?(Dropout\w*|AlphaDropout|FeatureAlphaDropout|(Lazy)?BatchNorm\w*|SyncBatchNorm|Transformer\w*)$/;
/** In Flax the mode may be told to each layer or with each call instead; `model.eval()` then changes nothing. */
const modalOfFlax = /^flax\.nnx(\.\w+)*\.(Dropout|BatchNorm)$/;
const toldMode = /\b(deterministic|use_running_average)\b|\b(train|training|is_training|inference)\s*[:=,)]/;
const functional = /^torch\.nn\.functional\.(dropout\w*|alpha_dropout)$/;
/** Well-known models with batch norm or dropout by default. */
const external =
  /^torchvision\.models\.(\w+\.)*(resnet|resnext|wide_resnet|alexnet|vgg|densenet|mobilenet|efficientnet|inception|googlenet|shufflenet|mnasnet|regnet|squeezenet)\w*$|^segmentation_models_pytorch\.\w+$/i;
const torchModule =
  /^(torch\.nn\.(modules\.\w+\.)?[A-Z]\w*|torchvision\.models\.[\w.]+|timm\.create_model|segmentation_models_pytorch\.\w+)$|^transformers\.\w+\.from_(pretrained|config)$/;
const moduleBase = /^torch\.nn\.(modules\.\w+\.)?Module$|^flax\.nnx(\.\w+)*\.Module$|(^|\.)(LightningModule|PreTrainedModel)$/;
const flaxBase = /^flax\.nnx(\.\w+)*\.Module$/;

/** Whether a maker makes a PyTorch module that is called to predict (losses are modules too, and are left out). */
export const makesModel = (maker: Maker, project: Project): boolean => waysOf(maker).every((one) => makesOne(one, project));

function makesOne({ name }: Maker, project: Project): boolean {
  if (name === null || /Loss$/.test(name)) return false;
  const owner = project.classOf(name);
  return owner ? derives(moduleBase, owner, project) : torchModule.test(name);
}

function derives(wanted: RegExp, owner: PyClass, project: Project, depth = 0): boolean {
  return owner.bases.some((base) => {
    const name = project.nameOf(base, owner.module);
    if (name === null) return wanted === moduleBase && /(^|\.)Module$/.test(owner.module.textOf(base));
    const parent = project.classOf(name);
    return wanted.test(name) || (parent !== undefined && depth < 5 && derives(wanted, parent, project, depth + 1));
  });
}

/** Whether a maker makes a module of Flax NNX, for which gradients are only recorded where they are asked for. */
export function isOfFlax({ name }: Maker, project: Project): boolean {
  const owner = name === null ? undefined : project.classOf(name);
  return owner !== undefined && derives(flaxBase, owner, project);
}

/** Present where a layer of the kind is made, in one of the ways; absent only where the whole definition was seen. */
export function modalLayersOf(maker: Maker, project: Project): 'present' | 'absent' | 'unknown' {
  const ways = waysOf(maker).map((one) => layersOfOne(one, project));
  return ways.includes('present') ? 'present' : ways.includes('unknown') ? 'unknown' : 'absent';
}

function layersOfOne(maker: Maker, project: Project): 'present' | 'absent' | 'unknown' {
  const made = maker.name === null ? undefined : project.classOf(maker.name);
  if (made && isToldMode(made, project)) return 'absent';
  const seen = new Set<Syntax>();
  let unknown = false;
  const open: { readonly node: Syntax; readonly module: PyModule }[] = [{ node: maker.call, module: maker.module }];
  for (const [node, module] of flowOf(project).of(maker.call, maker.module).nodes) if (node.type === 'call') open.push({ node, module });
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, module } = next;
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.type !== 'call') {
      for (const call of module.calls) if (isWithin(call.node, node)) open.push({ node: call.node, module });
      continue;
    }
    const callee = fieldOf(node, 'function');
    const name = callee ? project.nameOf(callee, module) : null;
    if (name === null) continue;
    if (external.test(name) || isModal(name, node, module)) return 'present';
    const owner = project.classOf(name);
    const fn: PyFunction | undefined = owner ? undefined : project.functionOf(name);
    if (owner && isToldMode(owner, project)) continue;
    if (owner) for (const one of lineage(owner, project)) open.push({ node: one.node, module: one.module });
    else if (fn) open.push({ node: fn.node, module: fn.module });
    else if (
      torchModule.test(name)
        ? !name.startsWith('torch.nn.')
        : !/^torch\b|^[a-z_]\w*$|^(math|numpy|super|collections|itertools|functools|flax\.nnx|jax)\b/.test(name)
    )
      unknown = true;
  }
  return unknown ? 'unknown' : 'absent';
}

const isToldMode = (owner: PyClass, project: Project): boolean => derives(flaxBase, owner, project) && toldMode.test(owner.module.textOf(owner.node));

function lineage(owner: PyClass, project: Project): readonly PyClass[] {
  const found = [owner];
  for (let at: PyClass | undefined = owner, depth = 0; at && depth < 5; depth++) {
    const base: Syntax | undefined = at.bases[0];
    at = base ? project.classOf(project.nameOf(base, at.module) ?? '') : undefined;
    if (at) found.push(at);
  }
  return found;
}

function isModal(name: string, call: Syntax, module: PyModule): boolean {
  const list = fieldOf(call, 'arguments')?.children ?? [];
  const keyword = list.find((one) => one.type === 'keyword_argument' && /^(p|dropout|rate)$/.test(module.textOf(fieldOf(one, 'name') ?? one)));
  const rate = keyword ? fieldOf(keyword, 'value') : null;
  const isOff = (one: Syntax | null | undefined) => one !== null && one !== undefined && constantOf(one, module) === 0;
  if (modal.test(name) || modalOfFlax.test(name)) return /Dropout/.test(name) ? !isOff(rate ?? list[0]) : !isOff(rate);
  if (functional.test(name)) return [...walk(call)].some((one) => module.textOf(one) === 'self.training');
  return /^torch\.nn\.(modules\.\w+\.)?(LSTM|GRU|RNN|MultiheadAttention)$/.test(name) && rate !== null && !isOff(rate);
}
