// gradients that vanish or units that are dead, where they are logged as such.

import { wordsOf } from '../../series/roles';
import type { PreparedRun } from '../prepared-run';
import type { PreparedSeries } from '../prepared-series';
import { clear, found, notAssessed, type RuleFinding, type RunRule } from '../rule';
import { medianOf } from '../windows';
import { percent, say } from '../words';

const phrase = (series: PreparedSeries): string => ` ${wordsOf(series.name).join(' ')} `;
const deadName = / (dead|dying|inactive|zero (fraction|frac|share|grads?|activations?)|(fraction|frac|share) (of )?(zero|dead)|sparsity of activations) /;
const meanName = / ((mean|avg) (abs )?(grad|gradient)s?|(grad|gradient)s? (mean abs|abs mean|mean|avg)) /;
const firstName = / (g ?first|grads? first( layer)?|first (layer )?(grad|gradient)( norm)?|gfirst) /;
const lastName = / (g ?last|grads? last( layer)?|last (layer )?(grad|gradient)( norm)?|glast) /;

export const rule: RunRule = {
  scope: 'run',
  meta: {
    id: 'A-22',
    title: 'Vanishing gradients or dead units',
    about:
      'The share of dead units is large, the mean absolute gradient is next to zero, or the first layer’s gradient is tiny (or huge) beside the last one’s. Only where logged as such.',
    needs: ['share of dead or zero units, a mean absolute gradient, or gradients of the first and last layer'],
    reference: 'SageMaker Debugger DeadRelu and VanishingGradient; AUTOTRAINER',
    thresholds: [
      { what: 'share of dead units, median of the last ten', value: '≥ 0.5 note, ≥ 0.7 warn', source: 'SageMaker (50 %), AUTOTRAINER (0.7)' },
      { what: 'mean absolute gradient', value: '< 1e-7', source: 'SageMaker' },
      { what: 'first layer / last layer', value: '< 1e-3 with the first < 1e-4, or > 70', source: 'AUTOTRAINER' },
    ],
    wrongWhen: 'A global norm is no mean and never judged here. Sparse activations can be meant.',
  },
  check(prepared) {
    const dead = prepared.series.find((series) => deadName.test(phrase(series)) && series.clean.values.length > 0);
    const means = prepared.series.find((series) => meanName.test(phrase(series)) && series.clean.values.length > 0);
    const first = prepared.series.find((series) => firstName.test(phrase(series)) && series.clean.values.length > 0);
    const last = prepared.series.find((series) => lastName.test(phrase(series)) && series.clean.values.length > 0);
    if (!dead && !means && !(first && last))
      return notAssessed('Neither a share of dead units, nor a mean gradient, nor gradients of first and last layer are logged.');
    const findings: RuleFinding[] = [];
    if (dead) {
      const level = late(dead, 10);
      const share = level > 1.5 && level <= 100 ? level / 100 : level;
      if (share >= 0.5 && share <= 1)
        findings.push(
          finding(prepared, dead, share >= 0.7 ? 'warn' : 'note', `${dead.name} ends at ${percent(share)}: most units never fire.`, {
            dead_share: share,
            threshold: 0.5,
          }),
        );
    }
    if (means) {
      const level = late(means, 20);
      if (Math.abs(level) < 1e-7)
        findings.push(
          finding(prepared, means, 'warn', `${means.name} ends at ${say(level)}: next to no gradient is left.`, { mean_gradient: level, threshold: 1e-7 }),
        );
    }
    if (first && last) {
      const a = late(first, 20);
      const b = late(last, 20);
      const ratio = Math.abs(a) / Math.max(Math.abs(b), 1e-30);
      if ((ratio < 1e-3 && Math.abs(a) < 1e-4) || ratio > 70)
        findings.push(
          finding(
            prepared,
            first,
            'warn',
            `${first.name} is ${say(a)}, ${say(ratio)} × ${last.name} (${say(b)}): gradients ${ratio < 1 ? 'vanish' : 'explode'} on their way back.`,
            { first: a, last: b, ratio },
          ),
        );
    }
    return findings.length > 0 ? found(...findings.slice(0, 1)) : clear;
  },
  examples: [
    { says: 'warn', draw: 'train/loss 2.3 =x30\ntrain/dead_relu 0.9 =x30\ntrain/dead 0.95 =x30' },
    { says: 'warn', draw: 'grad_first_layer 1e-6 =x30\ngrad_last_layer 0.1 =x30' },
    { says: 'clear', draw: 'train/dead 0.1 =x30' },
    { says: 'not-assessed', draw: 'grad_norm 1e-9 =x30' },
  ],
};

const late = (series: PreparedSeries, points: number): number => medianOf(series.clean.values, series.clean.values.length - points, series.clean.values.length);

function finding(prepared: PreparedRun, series: PreparedSeries, severity: 'warn' | 'note', summary: string, evidence: RuleFinding['evidence']): RuleFinding {
  return {
    severity,
    series: [series.key],
    onset: prepared.onset(series, 0),
    marks: [{ series: series.key, from: series.lastStep, to: series.lastStep, label: 'too few signals' }],
    summary,
    evidence,
    caveat: 'Sparse activations can be meant, and a metric may count something else than its name says.',
    advice: {
      text: 'Use another activation (GELU, leaky ReLU), residual connections and normalisation; check the scale of inputs and initialisation, and lower the learning rate if units died during training.',
    },
  };
}
