// GD-03: the loss of a diffusion model, which is flat by nature, ends above where it began.

import { clear, found, notAssessed, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { percent, say } from '../words';

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'GD-03',
    title: 'A diffusion loss above its beginning',
    about: 'Denoising losses fall in the first steps and are flat from then on; that is no plateau. Only one that ends above where it began says something.',
    needs: ['training loss of a diffusion model, at least 50 points'],
    reference: 'Ho, Jain and Abbeel 2020; the loss is averaged over noise levels that dominate it',
    thresholds: [{ what: 'median of the last tenth against that of the first tenth', value: '≥ 10 % and 3 σ of the noise above', source: 'own choice' }],
    wrongWhen: 'The weighting of noise levels, the data or the resolution changed in the middle of the run.',
  },
  check(prepared) {
    const loss = prepared.trainLoss;
    if (prepared.family !== 'diffusion' || !loss) return notAssessed('It needs the training loss of a diffusion model.');
    const { values } = loss.clean;
    const n = values.length;
    if (n < 50) return notAssessed(`It needs at least 50 points; ${n} are logged.`);
    const begin = medianOf(values, 0, n / 10);
    const end = medianOf(values, 0.9 * n, n);
    if (!(end > begin + Math.max(0.1 * Math.abs(begin), 3 * loss.noise))) return clear;
    const { at, values: smooth } = loss.smooth;
    let from = smooth.length - 1;
    while (from > 0 && (smooth[from - 1] as number) > begin) from -= 1;
    const place = at[from] as number;
    return found({
      severity: 'warn',
      series: [loss.key],
      onset: prepared.onset(loss, place),
      marks: [{ series: loss.key, from: loss.clean.steps[place] as number, to: loss.lastStep, label: 'above its beginning' }],
      summary: `${loss.name} began at ${say(begin)} and ends at ${say(end)}, ${percent((end - begin) / Math.abs(begin))} above: a denoising loss is flat, but it does not rise.`,
      evidence: { begin, end, noise_sigma: loss.noise, points: n },
      caveat: 'If weighting, data or resolution changed in between, the two ends are not the same loss.',
      advice: {
        text: 'Lower the learning rate, clip gradients and check mixed precision; sample from a checkpoint before the rise and one after it.',
        code: 'torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)',
      },
    });
  },
  examples: [
    { says: 'warn', draw: 'train/loss 0.1 ±0.005 =x100 ->0.3 x50 =x50', params: { model: 'ddpm' } },
    { says: 'clear', draw: 'train/loss 1 ±0.01 ~>0.05 x20 =x180', params: { model: 'ddpm' } },
    { says: 'not-assessed', draw: 'train/loss 1 ~>0.05 x200' },
  ],
};
