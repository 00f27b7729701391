// Which kind of problem a run works on, from its metrics, params and packages. Where it is not clear, nothing is said.

import { factValue } from '../../model/facts';
import type { Run } from '../../model/run';
import { wordsOf } from '../../series/roles';
import { type Clue, type DomainId, domainLabels, domains } from './domains';

export interface FoundDomain {
  readonly id: DomainId;
  readonly label: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** What speaks for it, as short quotations. */
  readonly reason: string;
}

/** Below this nothing is said; a rival this near leaves it open. */
const sure = 0.75;
const clearBy = 0.15;

/** The kind of problem, or null where the clues are too few or speak for several. */
export function domainOf(run: Run): FoundDomain | null {
  const texts = textsOf(run);
  const scored = domains
    .map(({ id, clues, over }) => ({ id, over: over ?? [], ...weigh(clues, texts) }))
    .filter(({ confidence }) => confidence > 0)
    .sort((a, b) => b.confidence - a.confidence || (a.id < b.id ? -1 : 1));
  // A kind that brings another's clues along beats it, whichever weighs more.
  const candidates = scored.filter(({ id }) => !scored.some((other) => other.confidence >= sure && other.over.includes(id)));
  const [best, next] = candidates;
  if (!best || best.confidence < sure || (next && next.confidence > best.confidence - clearBy && !best.over.includes(next.id))) return null;
  return { id: best.id, label: domainLabels[best.id], confidence: best.confidence, reason: `${best.quotes.join(', ')}.` };
}

type Texts = Readonly<Record<Clue['in'], readonly { readonly text: string; readonly shown: string }[]>>;

/** A run may hold ten thousand series or params; what kind it is shows in the first ones. */
const mostTexts = 2000;

function textsOf(run: Run): Texts {
  const names = new Set(run.series.filter((series) => !series.system && series.count > 0).map(({ name }) => name));
  const packages = new Set([...Object.keys(factValue(run.facts, 'packages') ?? {}), ...Object.keys(factValue(run.facts, 'framework') ?? {})]);
  return {
    series: [...names, ...Object.keys(run.summary)].slice(0, mostTexts).map((name) => ({ text: ` ${wordsOf(name).join(' ')} `, shown: name })),
    param: Object.entries(run.params)
      .slice(0, mostTexts)
      .map(([key, value]) => ({
        text: ` ${key.toLowerCase()} = ${typeof value === 'object' ? '' : String(value).slice(0, 200).toLowerCase()} `,
        shown: `param ${key}`,
      })),
    package: [...packages].slice(0, mostTexts).map((name) => ({ text: name.toLowerCase(), shown: `package ${name}` })),
  };
}

function weigh(clues: readonly Clue[], texts: Texts): { readonly confidence: number; readonly quotes: readonly string[] } {
  let doubt = 1;
  const quotes: string[] = [];
  for (const clue of clues) {
    const hits = texts[clue.in].filter(({ text }) => clue.pattern.test(text));
    if (hits.length < (clue.atLeast ?? 1)) continue;
    doubt *= 1 - clue.weight;
    const shown = hits[0]?.shown ?? '';
    if (!quotes.includes(shown)) quotes.push(shown);
  }
  return { confidence: Math.round((1 - doubt) * 100) / 100, quotes };
}
