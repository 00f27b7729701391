// What kind of training a run is: decides whether a rising loss means anything.

import type { Run } from '../model/run';
import { wordsOf } from '../series/roles';
import type { PreparedSeries } from './prepared-series';

/**
 * `rl` and `gan` losses are not meant to fall, `adversarial` (a domain or gradient-reversal term beside a task) only in its own term.
 * `contrastive` losses move with the negatives, `variational` totals with the weight of the KL term, `diffusion` losses are flat by nature.
 */
export type Family = 'plain' | 'rl' | 'gan' | 'adversarial' | 'contrastive' | 'variational' | 'diffusion';

const named: readonly (readonly [Family, RegExp])[] = [
  ['gan', / (gan|\w+gan|generator|discriminator) /],
  ['diffusion', / (diffusion|ddpm|ddim|denoiser|denoising|score matching|flow matching|edm) /],
  ['contrastive', / (contrastive|simclr|moco|byol|infonce|info nce|ntxent|nt xent|nce|clip loss|triplet|siamese|dino|supcon|barlow|vicreg|swav) /],
  ['variational', / (vae|\w+vae|variational|elbo|kl weight|kl anneal\w*|kl warmup|beta vae) /],
];

/** Params that say what is trained; others (a dataset's path, say) may hold any word. */
const telling = /(^|[./_])(model|arch|architecture|method|algo|algorithm|loss|criterion|objective|task|network|trainer|type|name)([./_]|$)/i;

/** The family that metric names and params show; `plain` where nothing does. */
export function familyOf(run: Run, series: readonly PreparedSeries[]): Family {
  const roles = (role: string) => series.filter((one) => one.role === role);
  if (roles('reward').some(({ sure }) => sure) && roles('loss').every(({ split }) => split !== 'val')) return 'rl';
  if (roles('rl').some(({ sure }) => sure)) return 'rl';
  const names = series.map(({ name }) => ` ${wordsOf(name).join(' ')} `);
  const adversarial = roles('adversarial').map(({ name }) => ` ${wordsOf(name).join(' ')} `);
  const player = (pattern: RegExp) => adversarial.some((name) => pattern.test(name));
  if (
    player(/ (d|disc|dis|discriminator|critic)( \w+)? loss | loss (d|disc|discriminator) /) &&
    player(/ (g|gen|generator)( \w+)? loss | loss (g|gen|generator) /)
  )
    return 'gan';
  const texts = [
    ...names,
    ...Object.entries(run.params).flatMap(([key, value]) => (typeof value === 'string' && telling.test(key) ? [` ${wordsOf(value).join(' ')} `] : [])),
  ];
  for (const [family, pattern] of named) if (texts.some((text) => pattern.test(text))) return family;
  if (adversarial.length > 0) return 'adversarial';
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/ (kl|kld|kl loss|kl div(ergence)?) /) && has(/ (recon|rec|reconstruction|nll)( loss)? /)) return 'variational';
  return 'plain';
}

/** Families in which the main loss is not expected to fall and stay down. */
export const lossMayRise = (family: Family): boolean => family === 'rl' || family === 'gan' || family === 'contrastive';
