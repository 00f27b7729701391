// Settings that an agent of W&B fills in: `wandb.init()` is given none, and the code reads `wandb.config`.

import type { NamedCall } from '../project/project';
import { onceOf } from '../steps';

const setter = /^wandb(\.\w+)*\.config\.(update|setdefaults)$/;
/** `wandb.config.lr = 0.1`, `wandb.config = {…}`: the code sets them itself. */
const assigned = /\bwandb\.config(\.\w+|\[[^\]\n]*\])?\s*=(?!=)/;
const alias = /^[ \t]*(\w+)\s*=\s*wandb\.config[ \t]*$/m;

/** Names of the settings that the calls of a program read from a sweep; empty where the program sets any of them itself. */
export const sweptNames = onceOf((calls: readonly NamedCall[]): ReadonlySet<string> => {
  const names = new Set<string>();
  const inits = calls.filter(({ name }) => name === 'wandb.init');
  const isGiven = ({ keywords, args, splat }: NamedCall) => splat || args.length > 1 || keywords.has('config');
  if (inits.length === 0 || inits.some(isGiven) || calls.some(({ name }) => setter.test(name ?? ''))) return names;
  const texts = [...new Set(inits.map(({ module }) => module))].map(({ code }) => code.text);
  if (texts.some((text) => assigned.test(text))) return names;
  for (const text of texts) {
    const [, short] = alias.exec(text) ?? [];
    const read = new RegExp(`\\b(?:wandb\\.config${short ? `|${short}` : ''})(?:\\.(\\w+)\\b(?!\\()|\\[["'](\\w+)["']\\])`, 'g');
    for (const [, attribute, key] of text.matchAll(read)) names.add((attribute ?? key) as string);
  }
  return names;
});
