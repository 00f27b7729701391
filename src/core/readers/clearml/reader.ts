// ClearML's offline sessions: a task, and a log of events.

import type { Claim, RunReader } from '../../source/reader';
import { walkDirs, walkFiles } from '../../source/source';
import { clearml } from './meta';

const headLength = 65_536;
const sessionName = /(?:^|[/!])offline-[0-9a-f]{32}(?:\.zip)?$/;

export const reader: RunReader = {
  meta: { title: 'ClearML offline sessions', accepts: 'an `offline-<id>` session, zipped or not', ...clearml },
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      const task = dir.files.get('task.json');
      if (!task) continue;
      const head = new TextDecoder().decode(await context.head(task, headLength));
      const marked = /"offline_folder"|"id"\s*:\s*"offline-[0-9a-f]{32}"/.test(head);
      // The marks may lie behind long settings, or be lost: then the folder's name says it.
      if (!marked && !(sessionName.test(dir.path) || sessionName.test(dir.name))) continue;
      claims.push({ root: dir, confidence: 0.95, key: [task], files: [...walkFiles(dir)] });
    }
    return claims;
  },
  load: () => import('./read'),
};
