// TensorBoard event files, as TensorFlow, PyTorch, JAX and many others write them.

import { eventFilesIn } from '../../formats/event-folder';
import { looksLikeRecord } from '../../formats/tfrecord';
import type { ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs } from '../../source/source';
import { describingFolders } from './description';
import { claimsOf } from './folders';
import { tensorboard } from './meta';

/** Many trackers write event files as a by-product: whoever knows the folder better takes them. */
const confidence = 0.8;
const usualName = 'events.out.tfevents';
const headerBytes = 12;

export const reader: RunReader = {
  meta: { title: 'TensorBoard event files', accepts: 'a log folder with events.out.tfevents… files', ...tensorboard },
  async probe(tree, context) {
    const folders = new Map<SourceDir, readonly SourceFile[]>();
    for (const dir of walkDirs(tree.root)) {
      const files: SourceFile[] = [];
      for (const file of eventFilesIn(dir)) if ((!tree.named || tree.named === file) && (await holdsEvents(file, context))) files.push(file);
      if (files.length > 0) folders.set(dir, files);
    }
    for (const dir of await describingFolders(folders, context)) folders.delete(dir);
    return claimsOf(folders, confidence, tree.named !== null);
  },
  load: () => import('./read'),
};

/** A damaged file with the usual name is worth an issue; one that is called otherwise must show that it is one. */
async function holdsEvents(file: SourceFile, context: ProbeContext): Promise<boolean> {
  return file.name.startsWith(usualName) || looksLikeRecord(await context.head(file, headerBytes));
}
