// Which params mattered, field by field as `diptych effects --json` prints it.

import type { Effects, ParamEffect } from '../../core/effects/effects';

export const effectsDocument = (effects: Effects): Readonly<Record<string, unknown>> => ({
  metric: effects.metric,
  direction: effects.direction,
  at: effects.reading,
  n: effects.n,
  runs: effects.runs,
  failed: effects.failed,
  seed_param: effects.seedParam,
  noise_sd: effects.noiseSd,
  params: effects.params.map(paramDocument),
  interactions: effects.interactions.map(({ params, share, interval95 }) => ({ params, importance: short(share), interval: outward(interval95) })),
  paired: effects.paired.map(({ rows, ...pair }) => pair),
  set_aside: effects.setAside,
  gates: effects.gates,
  method: effects.method,
});

const paramDocument = (param: ParamEffect): object => ({
  name: param.name,
  type: param.type,
  scale: param.scale,
  levels: param.levels.map(({ number, value }) => number ?? value),
  varied: param.varied,
  tier: param.tier,
  importance: param.importance === null ? null : short(param.importance),
  interval: param.interval && outward(param.interval),
  interval_80: param.interval80 && outward(param.interval80),
  ranked_first: param.rankedFirst === null ? null : short(param.rankedFirst),
  direction_text: param.directionText,
  aliases: param.aliases,
  confounded_with: param.confounders.map(({ name }) => name),
  condition: param.condition,
  note: param.note,
});

const short = (share: number): number => Math.round(share * 1000) / 1000;
/** Two digits are more than the intervals hold; rounded outward, so that rounding never narrows one. */
export const outward = ([low, high]: readonly [number, number]): readonly [number, number] => [
  Math.floor(low * 100 + 1e-9) / 100,
  Math.ceil(high * 100 - 1e-9) / 100,
];
