// Git LFS pointers among the files of a tree: what was not pulled cannot be read, and that must be told.

import { type Issue, issue } from '../base/issues';
import { isEventFile } from '../formats/event-folder';
import { isPointer, mayBePointer, pointerMark } from '../formats/lfs';
import type { ProbeContext } from '../source/reader';
import { type SourceFile, type SourceTree, walkFiles } from '../source/source';

/** Files that runs are read from. Others (weights, pictures) are listed and never opened. */
const read = /\.(?:csv|tsv|jsonl?|ndjson|ya?ml|log|txt|tab|dat|gz|zip|tar|db|sqlite3?|wandb|parquet|swanlab|npz)$/i;

/** One issue for all pointers of a tree; event files tell it themselves, with their run. */
export async function pointerIssues(tree: SourceTree, context: ProbeContext): Promise<readonly Issue[]> {
  const pointers: SourceFile[] = [];
  for (const file of tree.named ? [tree.named] : walkFiles(tree.root))
    if (
      mayBePointer(file.size) &&
      (file === tree.named || read.test(file.name)) &&
      !isEventFile(file.name) &&
      isPointer(await context.head(file, pointerMark.length))
    )
      pointers.push(file);
  const [first] = pointers;
  if (!first) return [];
  const more = pointers.length === 1 ? '' : ` and ${pointers.length - 1} more`;
  return [issue('lfs-pointer', `${first.name}${more} ${more === '' ? 'is a Git LFS pointer' : 'are Git LFS pointers'}, not the data.`, { file: first.path })];
}
