// The help texts, made from what the verbs say of themselves.

import { commonOptions } from './arguments';
import { loadVerb, verbIds } from './registry';
import type { VerbMeta } from './verb';

/** What `diptych --help` prints. */
export async function overview(): Promise<string> {
  const verbs = await Promise.all(verbIds.map(async (id) => (await loadVerb(id)).meta));
  return [
    'Diptych opens the training runs you already have and puts them side by side.',
    '',
    'Usage: diptych VERB [PATH…] [options]',
    '       PATH is a run folder, a folder of folders, a file or an archive.',
    '',
    ...verbs.map(({ id, summary }) => `  ${id.padEnd(12)} ${summary}`),
    '',
    'diptych VERB --help says more. diptych --version prints the version.',
    '',
  ].join('\n');
}

/** What `diptych VERB --help` prints. */
export function helpOf({ id, summary, usage, options }: VerbMeta): string {
  const lines = Object.entries({ ...options, ...commonOptions }).map(([name, spec]) => {
    const written = `${spec.short ? `-${spec.short}, ` : ''}--${name}${spec.type === 'string' ? ' …' : ''}`;
    return `  ${written.padEnd(24)} ${spec.help}`;
  });
  return [summary, '', `Usage: diptych ${id} ${usage}`, '', ...lines, ''].join('\n');
}
