// Output folders of the Hugging Face Trainer: trainer_state.json in the folder, in its checkpoints, or both.

import { eventFilesIn } from '../../formats/event-folder';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs, walkFiles } from '../../source/source';
import { checkpointStep, stateFilesOf, stateName } from './state';

const confidence = 0.92;
const headBytes = 64 * 1024;
const eventFolders: ReadonlySet<string> = new Set(['runs', 'logs', 'tensorboard', 'tb_logs']);
/** Default folder of one training's event files: `Nov23_08-52-57_host`. */
const startedFolder = /^[A-Z][a-z]{2}\d\d_\d\d-\d\d-\d\d_/;
/** What the Trainer and `save_pretrained` write beside each other. */
const ownFile =
  /^(?:trainer_state|training_args|(?:all|train|eval|test|predict)_results|config|generation_config|adapter_\w+|model|pytorch_model|optimizer|scheduler|scaler|rng_state|tokenizer|special_tokens_map|added_tokens|vocab|merges|spiece|sentencepiece|preprocessor_config|processor_config|video_preprocessor_config|chat_template|README)[\w.-]*$/i;

export const reader: RunReader = {
  meta: {
    id: 'huggingface',
    family: 'huggingface',
    title: 'Hugging Face Trainer output',
    tracker: { name: 'Hugging Face', short: 'HF' },
    accepts: 'the output_dir of a Trainer (trainer_state.json, checkpoint-… folders)',
    words: { param: 'training argument' },
    records: { seed: 'auto', config: 'optional', data: 'optional', packages: 'optional' },
  },
  async probe(tree, context) {
    const roots = new Set<SourceDir>();
    for (const dir of walkDirs(tree.root)) {
      const state = dir.files.get(stateName);
      if (!state || (tree.named && tree.named !== state) || !(await isState(state, context))) continue;
      roots.add(checkpointStep(dir.name) !== null && dir.parent ? dir.parent : dir);
    }
    return (await Promise.all([...roots].map((root) => claimOf(root, roots, context)))).flat();
  },
  load: () => import('./read'),
};

/** Keys are sorted, so the ones that tell stand before the long history. */
async function isState(file: SourceFile, context: ProbeContext): Promise<boolean> {
  const head = new TextDecoder().decode(await context.head(file, headBytes));
  return head.includes('"log_history"') || head.includes('"global_step"');
}

async function claimOf(root: SourceDir, roots: ReadonlySet<SourceDir>, context: ProbeContext): Promise<Claim[]> {
  const [state] = stateFilesOf(root);
  if (!state) return [];
  const files = [...root.files.values()].filter((file) => ownFile.test(file.name));
  for (const dir of root.dirs.values()) if (checkpointStep(dir.name) !== null && !roots.has(dir)) files.push(...walkFiles(dir));
  files.push(...eventFilesIn(root));
  for (const dir of root.dirs.values()) {
    if (checkpointStep(dir.name) !== null) continue;
    const usual = eventFolders.has(dir.name) || startedFolder.test(dir.name);
    for (const below of walkDirs(dir)) {
      const events = isBelow(below, roots, root) ? [] : eventFilesIn(below);
      if (usual || (events[0] && (await logsArguments(events[0], context)))) files.push(...events);
    }
  }
  return [{ root, confidence, key: [state.file], files: [...new Set(files)] }];
}

/** Event files in a folder of the user's choice (`logging_dir`): the Trainer logs its arguments first. */
async function logsArguments(file: SourceFile, context: ProbeContext): Promise<boolean> {
  return new TextDecoder('latin1').decode(await context.head(file, headBytes)).includes('args/text_summary');
}

function isBelow(dir: SourceDir, roots: ReadonlySet<SourceDir>, root: SourceDir): boolean {
  for (let at: SourceDir | null = dir; at !== null && at !== root; at = at.parent) if (roots.has(at)) return true;
  return false;
}
