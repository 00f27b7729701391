// Looks over dropped files that nobody knows, and previews mappings of them, in a worker of the page.

import { answerSurvey } from '../../core/ingest/survey';
import { limitsWith } from '../../core/source/reader';
import type { SourceTree } from '../../core/source/source';
import { treeOf } from './dropped-tree';
import type { FromSurvey, ToSurvey } from './survey-messages';

/** The part of a worker's scope that is used; the compiler knows this folder as a page. */
const scope = self as unknown as { onmessage: ((event: MessageEvent<ToSurvey>) => void) | null; postMessage(message: FromSurvey): void };

let tree: SourceTree | null = null;
let limits = limitsWith({});
let running = new AbortController();

scope.onmessage = ({ data }) => {
  if (data.kind === 'ask') {
    running.abort(new Error('another question'));
    running = new AbortController();
    void answer(data.id, data.mapping, running.signal);
    return;
  }
  limits = limitsWith(data.limits);
  const [root] = data.drop.roots;
  if (root) tree = treeOf(root, data.drop.files, { limits, issue: () => {} });
};

async function answer(id: number, mapping: string | null, signal: AbortSignal): Promise<void> {
  try {
    if (!tree) throw new Error('Nothing was dropped.');
    const found = await answerSurvey(tree, mapping, { signal, limits });
    if (!signal.aborted) scope.postMessage({ kind: 'answer', id, answer: found });
  } catch (error) {
    if (!signal.aborted) scope.postMessage({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
}
