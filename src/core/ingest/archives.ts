// Archives that no reader claimed are opened and looked into like folders.

import type { Issue } from '../base/issues';
import type { ProbeContext } from '../source/reader';
import type { SourceFile, SourceTree } from '../source/source';
import type { IngestOptions } from './contract';

export interface ArchiveContext {
  readonly options: Pick<IngestOptions, 'signal' | 'limits'>;
  readonly head: ProbeContext['head'];
  tell(issue: Issue): void;
}

/** One tree for each archive among the files of `tree` that are not in `claimed`. */
export async function* openArchives(_tree: SourceTree, _claimed: ReadonlySet<SourceFile>, _context: ArchiveContext): AsyncGenerator<SourceTree> {}
