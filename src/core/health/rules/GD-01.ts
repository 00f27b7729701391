// GD-01: one player of an adversarial game has won, and nothing is learned any more.

import type { PreparedSeries } from '../prepared-series';
import { seriesNamed } from '../returns';
import { clear, found, notAssessed, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { percent, say } from '../words';

const dLoss = / (d|disc|dis|discriminator|critic)( total)? loss | loss (d|disc|dis|discriminator|critic) | err d /;
const gLoss = / (g|gen|generator)( total)? loss | loss (g|gen|generator) | err g /;
const dReal = / (d|disc|discriminator) (real|x)( mean)? $/;
const dFake = / (d|disc|discriminator) (fake|g z)( mean)?( \d)? $/;

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'GD-01',
    title: 'One side of the adversarial game has won',
    about:
      'To the end of the run the discriminator’s loss is next to nothing while the generator’s is many times what it was, or the other way round, or one of them is pinned to a bound.',
    needs: ['losses of discriminator and generator, at least 20 points'],
    reference: 'Goodfellow 2016, NIPS tutorial; a public case with d_loss = 50 and g_loss = 0 for the last quarter',
    thresholds: [
      {
        what: 'loser’s loss against its first 5 %',
        value: '≥ 4 ×',
        source: 'own choice; healthy discriminators of images reach 0.1 × and generators 5 ×, not both extremes',
      },
      {
        what: 'winner’s loss against its first 5 %',
        value: '≤ 2 % (≤ 0.5 % where the loser’s is ≥ 2 ×)',
        source: 'own choice; least-squares losses have a ceiling',
      },
      { what: 'pinned: equal values at an extreme', value: '≥ 10 points', source: 'a clamp was reached' },
      { what: 'length, to the end', value: '≥ 10 % of the run (critical ≥ 20 %)', source: 'public case' },
    ],
    wrongWhen: 'Losses without a floor (Wasserstein) are judged by pinned values only; a discriminator trained to convergence on purpose looks the same.',
  },
  check(prepared) {
    const d = seriesNamed(prepared, dLoss);
    const g = seriesNamed(prepared, gLoss);
    if (!d || !g) return notAssessed('It needs the losses of discriminator and generator.');
    if (Math.min(d.clean.values.length, g.clean.values.length) < 20) return notAssessed('It needs at least 20 points of both losses.');
    const won = victory(d, g, 'discriminator') ?? victory(g, d, 'generator') ?? pinned(d, g);
    if (!won || won.lasts < 0.1) return clear;
    const { winner, series, place, lasts, what } = won;
    const real = seriesNamed(prepared, dReal);
    const fake = seriesNamed(prepared, dFake);
    const late = (one: PreparedSeries | null) => (one ? medianOf(one.clean.values, 0.9 * one.clean.values.length, one.clean.values.length) : null);
    return found({
      severity: lasts >= 0.2 ? 'critical' : 'warn',
      series: [d.key, g.key],
      onset: prepared.onset(series, place),
      marks: [d, g].map((one) => ({ series: one.key, from: series.clean.steps[place] as number, to: one.lastStep, label: `${winner} wins` })),
      summary: `The ${winner} has won from step ${say(series.clean.steps[place] as number)} to the end, ${percent(lasts)} of the run: ${what}.`,
      evidence: { winner, share_of_run: lasts, d_loss_end: late(d), g_loss_end: late(g), d_real_end: late(real), d_fake_end: late(fake) },
      caveat: 'If one side was frozen or trained alone there on purpose, the game was not being played.',
      advice: {
        text:
          winner === 'discriminator'
            ? 'Go back to a checkpoint before it; weaken the discriminator (lower learning rate, fewer steps, label smoothing, noise on its inputs) or regularise it (R1, spectral norm).'
            : 'Go back to a checkpoint before it; strengthen the discriminator (more steps or learning rate), and check that it still gets real samples and that its loss is not clamped.',
        code: 'opt_d = torch.optim.Adam(D.parameters(), lr=1e-4, betas=(0.0, 0.99))\nD = torch.nn.utils.parametrizations.spectral_norm(layer)  # each layer of D',
      },
    });
  },
  examples: [
    { says: 'critical', draw: 'd_loss 1.4 ±0.1 =x100 ±0 ~>0.0001 x20 ±0.00001 =x60\ng_loss 0.8 ±0.05 =x100 ~>30 x20 =x60' },
    { says: 'critical', draw: 'loss_D 1.4 ±0.1 =x100 ±0 50 x50\nloss_G 0.8 ±0.05 =x100 ±0 0 x50' },
    { says: 'warn', draw: 'd_loss 1.4 ±0.1 =x170 ±0 ~>0.0001 x10 0.0001 x20\ng_loss 0.8 ±0.05 =x170 ~>30 x10 =x20' },
    { says: 'critical', draw: 'd_loss 0.5 ±0.02 =x100 ±0 ~>0.0005 x20 ±0.0001 =x60\ng_loss 0.3 ±0.02 =x100 ~>1 x20 =x60' },
    { says: 'clear', draw: 'd_loss 1.4 ±0.2 =x200\ng_loss 0.8 ±0.2 =x200' },
    { says: 'clear', draw: 'd_loss 1.4 ±0.02 ~>0.2 x200\ng_loss 0.8 ±0.1 ~>5 x200' },
    { says: 'not-assessed', draw: 'train/loss 2 ~>1 x50' },
  ],
};

interface Victory {
  readonly winner: 'discriminator' | 'generator';
  readonly series: PreparedSeries;
  /** Where it begins in the series' clean curve. */
  readonly place: number;
  readonly lasts: number;
  readonly what: string;
}

/** The winner's loss is gone and the loser's many times what it was, through the last tenth of the run. */
function victory(winner: PreparedSeries, loser: PreparedSeries, name: Victory['winner']): Victory | null {
  const [w, l] = [winner.clean.values, loser.clean.values];
  const first = (values: Float64Array) => medianOf(values, 0, Math.max(3, values.length / 20));
  const last = (values: Float64Array) => medianOf(values, 0.9 * values.length, values.length);
  const [w0, l0, w1, l1] = [first(w), first(l), last(w), last(l)];
  if (!(w0 > 0 && l0 > 0) || negative(w) || negative(l)) return null;
  // Losses with a ceiling (least squares) cannot grow fourfold: there the winner’s must be gone altogether.
  if (!((w1 <= 0.02 * w0 && l1 >= 4 * l0) || (w1 <= 0.005 * w0 && l1 >= 2 * l0))) return null;
  // It begins where the winner's loss was last at half its usual level.
  const usual = medianOf(w, 0, w.length / 2) > 0.1 * w0 ? medianOf(w, 0, w.length / 2) : w0;
  let place = w.length - 1;
  while (place > 0 && (w[place - 1] as number) < 0.5 * usual) place -= 1;
  const what = `${winner.name} went from ${say(w0)} to ${say(w1)}, ${loser.name} from ${say(l0)} to ${say(l1)}`;
  return { winner: name, series: winner, place, lasts: (w.length - place) / w.length, what };
}

/** A loss without a floor (Wasserstein) is below zero often. */
const negative = (values: Float64Array): boolean => values.reduce((count, value) => count + Number(value < 0), 0) > 0.05 * values.length;

/** A loss that moved and then holds its least or greatest value to the end: its clamp was reached. */
function pinned(d: PreparedSeries, g: PreparedSeries): Victory | null {
  for (const series of [d, g]) {
    const { values } = series.clean;
    const end = values[values.length - 1] as number;
    let place = values.length - 1;
    while (place > 0 && values[place - 1] === end) place -= 1;
    const before = values.subarray(0, place);
    if (values.length - place < 10 || before.length < 10) continue;
    // A hinge touches its floor now and then; resting there is another thing.
    const free = before.reduce((count, value) => count + Number(value !== end), 0) >= 0.95 * before.length;
    const high = before.every((value) => value <= end);
    const low = before.every((value) => value >= end);
    if (!free || high === low) continue;
    const winner = (series === d) === low ? 'discriminator' : 'generator';
    return {
      winner,
      series,
      place,
      lasts: (values.length - place) / values.length,
      what: `${series.name} stands at ${say(end)}, its ${high ? 'greatest' : 'least'} value`,
    };
  }
  return null;
}
