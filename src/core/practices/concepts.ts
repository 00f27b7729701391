// Params that mean the same under several names, as the frameworks and papers spell them.

import { wordsOf } from '../series/roles';

/** Each list is one concept; the first is the name to keep. */
const concepts: readonly (readonly string[])[] = [
  ['learning_rate', 'lr', 'base_lr', 'init_lr', 'initial_lr', 'learning_rate_init', 'eta'],
  ['batch_size', 'bs', 'batch', 'train_batch_size', 'per_device_train_batch_size'],
  ['epochs', 'num_epochs', 'n_epochs', 'max_epochs', 'nb_epochs', 'num_train_epochs'],
  ['seed', 'random_seed', 'random_state', 'manual_seed'],
  ['weight_decay', 'wd', 'l2'],
  ['optimizer', 'optim', 'opt', 'optimiser'],
  ['dropout', 'dropout_rate', 'drop_rate', 'p_drop', 'drop'],
  ['hidden_size', 'hidden_dim', 'hidden_units', 'hidden', 'n_hidden'],
  ['num_layers', 'n_layers', 'nlayers', 'layers', 'depth'],
  ['num_heads', 'n_heads', 'nheads', 'heads'],
  ['warmup_steps', 'num_warmup_steps', 'n_warmup_steps'],
  ['max_steps', 'num_steps', 'n_steps', 'total_steps', 'max_iters', 'num_iters'],
  ['scheduler', 'lr_scheduler', 'sched', 'schedule'],
  ['model', 'model_name', 'arch', 'architecture', 'net'],
  ['dataset', 'dataset_name', 'data_name', 'data_set'],
  ['num_workers', 'n_workers', 'workers'],
  ['gradient_clip', 'grad_clip', 'clip_grad', 'gradient_clip_val', 'max_grad_norm', 'clip_norm'],
];

const conceptOfName = new Map(concepts.flatMap((names, index) => names.map((name) => [name.replaceAll('_', ' '), index] as const)));

/** The number of the concept that a param stands for, by the last part of its name; null where it is none of those listed. */
export function conceptOf(param: string): number | null {
  const own = param.split(/[./]/).at(-1) ?? param;
  return conceptOfName.get(wordsOf(own).join(' ')) ?? null;
}

/** The part of a name that says whose it is: `optimizer` of `optimizer.lr`, empty where there is none. */
export const ownerOf = (param: string): string => param.split(/[./]/).slice(0, -1).join('.');

export const keptName = (concept: number): string => (concepts[concept] as readonly [string])[0];
