// Where a program writes what does not belong into its repository, by the defaults of its trackers and the paths that it names.

import type { NamedCall, Project } from '../project/project';
import { constantOf } from '../python/resolve';
import { factOf, type Steps } from '../steps';

export interface Output {
  readonly call: NamedCall;
  /** From the folder where the program starts: `wandb/`, `best.pt`. */
  readonly path: string;
  /** A file below it, as ignore rules are asked. */
  readonly file: string;
}

interface Default {
  readonly name: RegExp;
  readonly folder: string;
  /** Arguments by which a program says another place. */
  readonly placed: readonly string[];
  /** The call has no positional arguments then either. */
  readonly bare?: boolean;
}

const defaults: readonly Default[] = [
  { name: /^wandb\.init$/, folder: 'wandb', placed: ['dir', 'settings'] },
  { name: /^mlflow\.start_run$/, folder: 'mlruns', placed: [] },
  { name: /^(torch\.utils\.tensorboard|tensorboardX)(\.\w+)?\.SummaryWriter$/, folder: 'runs', placed: ['log_dir', 'logdir'], bare: true },
  { name: /^(pytorch_)?lightning(\.pytorch)?(\.trainer(\.trainer)?)?\.Trainer$/, folder: 'lightning_logs', placed: ['logger', 'default_root_dir'] },
];
/** By these a program, its shell scripts or its settings may send a tracker elsewhere. */
const elsewhere = /set_tracking_uri|MLFLOW_TRACKING_URI|WANDB_DIR|databricks|os\.chdir|hydra\.main/;
const saves = /^torch\.save$/;
const weights = /\.(pt|pth|ckpt|bin|safetensors)$/;

/** Known folders and weights only: what depends on an argument lies where somebody says. */
export const outputsOf = factOf(function* (project: Project): Steps<readonly Output[]> {
  if (project.modules.some(({ code }) => elsewhere.test(code.text)) || [...project.settings.values()].some((text) => elsewhere.test(text))) return [];
  const found = new Map<string, Output>();
  const add = (call: NamedCall, path: string, file: string) => {
    if (!found.has(path)) found.set(path, { call, path, file });
  };
  for (const call of project.calls) {
    yield;
    const kind = defaults.find(({ name }) => call.name !== null && name.test(call.name));
    if (kind && !call.splat && !kind.placed.some((one) => call.keywords.has(one)) && !(kind.bare && call.args.length > 0))
      add(call, `${kind.folder}/`, `${kind.folder}/run/file`);
    const target = saves.test(call.name ?? '') ? (call.args[1] ?? call.keywords.get('f')) : undefined;
    const path = target ? constantOf(target, call.module) : null;
    if (typeof path === 'string' && weights.test(path) && /^\w[\w./-]*$/.test(path) && !path.includes('..')) add(call, path, path);
  }
  return [...found.values()];
});
