// Archives that no reader claimed are opened and looked into like folders.

import { type Issue, issue } from '../base/issues';
import { archiveHeadBytes, archiveKind, openArchive, unsupportedArchive } from '../formats/archive/archive';
import type { Limits, ProbeContext } from '../source/reader';
import { SourceError, type SourceFile, type SourceTree, walkDirs } from '../source/source';

export interface ArchivesContext {
  readonly signal: AbortSignal;
  readonly limits: Limits;
  readonly head: ProbeContext['head'];
  issue(issue: Issue): void;
}

/** One tree for each archive among the files of `tree` that are not in `claimed`. One that cannot be opened is an issue. */
export async function* openArchives(tree: SourceTree, claimed: ReadonlySet<SourceFile>, context: ArchivesContext): AsyncGenerator<SourceTree> {
  for (const dir of walkDirs(tree.root)) {
    for (const file of dir.files.values()) {
      const named = file === tree.named;
      if (claimed.has(file) || !(named || /\.(zip|tar|tgz|tar\.gz)$/i.test(file.name))) continue;
      if (named && unsupportedArchive.test(file.name)) {
        context.issue(issue('unsupported', `${file.name} is a kind of archive that is not read.`, { file: file.path, tip: 'Unpack it, or pack it as a zip.' }));
      }
      const kind = archiveKind(file.name, await context.head(file, archiveHeadBytes), named);
      if (!kind) continue;
      try {
        yield { root: await openArchive(file, kind, dir, context), named: null };
      } catch (error) {
        context.signal.throwIfAborted();
        if (!(error instanceof SourceError)) throw error;
        context.issue(issue(error.code, error.message, { file: error.file }));
      }
    }
  }
}
