// Role, split and direction of a metric from its name, its run's other names and what the run's params say. Unknown names stay unknown.

import type { Direction, Split } from '../model/run';
import type { Value, Values } from '../model/values';
import { type Framework, frameworks } from './role-frameworks';
import { counterNames, type Domain, qualifiers, type Role, rolePatterns, splitWords, systemName } from './role-tables';

export type { Role } from './role-tables';

export interface MetricRole {
  readonly role: Role | null;
  readonly split: Split;
  readonly direction: Direction;
  /** 0 to 1; 0 for an unknown name. Rules that judge want 0.8 and more. */
  readonly confidence: number;
  /** Why we think so, in one sentence. */
  readonly reason: string;
}

export interface RoleHints {
  /** The run's params: `metric_for_best_model` with `greater_is_better`, `monitor` with `mode`, and the like are decisive. */
  readonly params?: Values;
  /** The series' context: TensorBoard keeps the split in the sub-run's name. */
  readonly context?: Values;
}

/**
 * Reads a metric's name as the frameworks write them. Like Keras, it refuses to guess a direction for an unknown name:
 * role null, direction none, confidence 0 (the split may still be known).
 * @param name the series' name as logged
 * @param siblings names of all series of the run, the same array for every call on a run: what is drawn from it is cached
 */
export function inferRole(name: string, siblings: readonly string[], hints: RoleHints = {}): MetricRole {
  const run = profileOf(siblings);
  const segments = name.split('/').map(wordsOf);
  const all = segments.flat();
  const split = splitOf(all, segments.at(-1) ?? [], run, hints.context);
  const told = directionFromParams(name, hints.params);

  if (systemName.test(name)) {
    return { role: systemRole(all), split: 'other', direction: 'none', confidence: 0.95, reason: 'The tracker keeps its hardware series in this folder.' };
  }
  const found = roleOf(segments, all, run);
  if (told) {
    const reason = `The run’s params name it as what is optimised: ${told === 'max' ? 'more' : 'less'} is better.`;
    return { role: found?.role ?? 'objective', split: split.split, direction: told, confidence: 1, reason };
  }
  if (!found) return { role: null, split: split.split, direction: 'none', confidence: 0, reason: 'No word of the name is known.' };

  const supported = run.frameworks.length > 0 || split.explicit;
  const confidence = Math.min(found.confidence + (supported ? 0.05 : 0), split.bound, 0.95);
  const negated = all.includes('neg') && found.direction === 'min' && !all.includes('elbo');
  return {
    role: found.role,
    split: split.split,
    direction: negated ? 'max' : found.direction,
    confidence: Math.round(confidence * 100) / 100,
    reason: reasonOf(found, split, run),
  };
}

function reasonOf(found: FoundRole, split: FoundSplit, run: Profile): string {
  const parts = [`“${found.by}” in the name`];
  if (split.by) parts.push(split.by);
  // Those told by one pattern are families of metrics, not frameworks.
  const framework = run.frameworks.find(({ names }) => names.length > 1);
  if (framework) parts.push(`the run’s names are those of ${framework.id}`);
  return `${parts.join('; ')}.`;
}

/** Lower-case words of a name: split at `/ . _ - : @ %`, brackets and camelCase; `mAP50` and `mIoU` stay whole. */
export function wordsOf(text: string): readonly string[] {
  const known = splitNames.get(text);
  if (known) return known;
  if (splitNames.size >= mostNames) splitNames.clear();
  const words = split(text);
  splitNames.set(text, words);
  return words;
}

/** Runs of one project log the same names again and again. */
const splitNames = new Map<string, readonly string[]>();
const mostNames = 4096;

function split(text: string): readonly string[] {
  return text
    .replace(/(?<![A-Za-z])AP([smlr])(?![a-z])/g, 'ap$1')
    .replace(/nDCG/g, 'ndcg')
    .replace(/mAP(?=\d)/g, 'map')
    .replace(/mAP/g, 'mean ap')
    .replace(/m(IoU|IOU)/g, 'miou')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/(?<![a-z])(train|training|val|valid|validation|test|eval)(loss|acc|accuracy|error|err|auc|f1|rmse|mae|mse|ppl)(?![a-z])/g, '$1 $2')
    .replace(/(?<![a-z])io[ _]u(?![a-z])/g, 'iou')
    .split(/[\s/._\-:@%()[\]{}|,;=+]+/)
    .filter((word) => word !== '');
}

interface Profile {
  readonly frameworks: readonly Framework[];
  readonly domains: ReadonlySet<Domain>;
  /** Normalised names, to look for a held-out counterpart. */
  readonly names: ReadonlySet<string>;
  readonly trains: boolean;
}

const profiles = new WeakMap<readonly string[], Profile>();

function profileOf(siblings: readonly string[]): Profile {
  const known = profiles.get(siblings);
  if (known) return known;
  const names = new Set(siblings.map((sibling) => wordsOf(sibling).join(' ')));
  const found = frameworks.filter((framework) => {
    // Two different names, and for frameworks told by several patterns two of those.
    const hits = framework.names.map((pattern) => [...names].filter((sibling) => pattern.test(sibling)).length);
    const patterns = hits.filter((count) => count > 0).length;
    return framework.names.length > 1 ? patterns >= 2 : (hits[0] ?? 0) >= 2;
  });
  const domains = new Set(found.flatMap((framework) => framework.domain ?? []));
  if ([...names].some((sibling) => / (bbox|box loss|miou|iou|map50)/.test(` ${sibling}`))) domains.add('detection');
  const trains = [...names].some((sibling) => /(^| )(lr|learning rate|grad norm|gnorm)( |$)/.test(sibling));
  const profile = { frameworks: found, domains, names, trains };
  profiles.set(siblings, profile);
  return profile;
}

interface FoundRole {
  readonly role: Role;
  readonly direction: Direction;
  readonly confidence: number;
  /** The words that decided. */
  readonly by: string;
}

function roleOf(segments: readonly (readonly string[])[], all: readonly string[], run: Profile): FoundRole | null {
  const last = segments.at(-1) ?? [];
  if (counterNames.has(last.join(' ')) && !(last.join(' ') === 'runtime' && segments.length > 1)) {
    return { role: 'counter', direction: 'none', confidence: 0.9, by: last.join(' ') };
  }
  const bare = last.filter((word) => splitOfWord(word, false) === null);
  const attempts: readonly (readonly string[])[] = segments.length > 1 ? [bare, all.filter((word) => splitOfWord(word, false) === null)] : [bare];
  for (const [attempt, tokens] of attempts.entries()) {
    // The last words say what it is; a name of a hundred thousand words would take ever longer.
    const phrase = ` ${tokens.slice(-200).join(' ')} `;
    for (const pattern of rolePatterns) {
      if (pattern.needs && !run.domains.has(pattern.needs)) continue;
      const by = pattern.phrase ? pattern.phrase.exec(phrase)?.[0] : tokens.find((word) => pattern.words?.has(word));
      if (by === undefined) continue;
      // Each further word may change the meaning; words that only say how it was averaged do not.
      const extra = tokens.filter((word) => !qualifiers.has(word) && !/^\d+$/.test(word)).length - 1;
      const doubt = Math.min(0.1, Math.max(0, extra) * 0.025) + (attempt > 0 && bare.some((word) => !qualifiers.has(word)) ? 0.05 : 0);
      return { role: pattern.role, direction: pattern.direction, confidence: pattern.confidence - doubt, by: by.trim() };
    }
  }
  return null;
}

interface FoundSplit {
  readonly split: Split;
  readonly explicit: boolean;
  readonly bound: number;
  /** What decided; null where nothing did. */
  readonly by: string | null;
}

function splitOfWord(word: string, start: boolean): (typeof splitWords)[number] | null {
  return splitWords.find((entry) => entry.words.has(word) && (start || !entry.startOnly)) ?? null;
}

/** The last part of a name is the closest to the number, so it is asked first. */
function splitOf(all: readonly string[], last: readonly string[], run: Profile, context: Values | undefined): FoundSplit {
  for (const words of [last, all]) {
    for (const entry of splitWords) {
      const word = words.find((candidate, index) => entry.words.has(candidate) && (!entry.startOnly || (words === all && index === 0)));
      if (word === undefined) continue;
      const settled = run.frameworks.find((framework) => framework.splits?.[word])?.splits?.[word];
      if (settled) return { split: settled, explicit: true, bound: 1, by: `“${word}” is ${settled} there` };
      const counterpart = entry.bound !== undefined && hasTrainCounterpart(all, word, run);
      return { split: entry.split, explicit: true, bound: counterpart ? 0.85 : (entry.bound ?? 1), by: `“${word}” says ${entry.split}` };
    }
  }
  for (const value of Object.values(context ?? {})) {
    const word = typeof value === 'string' ? wordsOf(value).findLast((candidate) => splitOfWord(candidate, true)) : undefined;
    const entry = word === undefined ? null : splitOfWord(word, true);
    if (entry) return { split: entry.split, explicit: true, bound: entry.bound === undefined ? 1 : 0.85, by: `its context “${value}” says ${entry.split}` };
  }
  const name = all.join(' ');
  const heldOut = ['val', 'valid', 'validation', 'eval', 'dev', 'test'].some((word) => run.names.has(`${word} ${name}`) || run.names.has(`${name} ${word}`));
  const learns = / (loss|accuracy|acc|grad norm|gnorm) /.test(` ${name} `);
  const conventional = run.frameworks.some((framework) => framework.bareIsTrain);
  if (heldOut) return { split: 'train', explicit: false, bound: 1, by: 'a held-out twin makes it the training one' };
  if (learns && (conventional || run.trains)) return { split: 'train', explicit: false, bound: 1, by: 'a bare name is a training metric there' };
  return { split: 'other', explicit: false, bound: 1, by: null };
}

function hasTrainCounterpart(all: readonly string[], word: string, run: Profile): boolean {
  const rest = all.filter((candidate) => candidate !== word).join(' ');
  return [rest, `train ${rest}`, `training ${rest}`, `${rest} train`].some((name) => run.names.has(name));
}

function systemRole(words: readonly string[]): Role {
  const text = ` ${words.join(' ')} `;
  if (!/ gpu /.test(text)) return 'system';
  if (/ mem| memory/.test(text)) return 'gpu-memory';
  return / util| usage| load| gpu( \d+)? gpu |gpu( \d+)? $/.test(text) ? 'gpu-util' : 'system';
}

/** Pairs of params that name a metric and say which way is better. */
const tellingParams: readonly { readonly metric: RegExp; readonly direction: RegExp }[] = [
  { metric: /(^|[./])metric_for_best_model$/, direction: /(^|[./])greater_is_better$/ },
  { metric: /(^|[./])monitor$/, direction: /(^|[./])mode$/ },
  {
    metric: /(^|[./])(primary_metric|primaryMetric(\.name)?|objective_metric|metric\.name)$/,
    direction: /(^|[./])((primaryMetric\.|metric\.)?(goal|direction|greaterIsBetter))$/,
  },
];

function directionFromParams(name: string, params: Values | undefined): Direction | null {
  if (!params) return null;
  const told = toldBy(params);
  if (told.size === 0) return null;
  const wanted = wordsOf(name).join(' ');
  return told.get(wanted) ?? told.get(wanted.replace(/^eval /, '')) ?? null;
}

const toldByParams = new WeakMap<Values, ReadonlyMap<string, Direction>>();

/** Normalised metric names that the params of a run name, with their direction. Read once for all series of the run. */
function toldBy(params: Values): ReadonlyMap<string, Direction> {
  const known = toldByParams.get(params);
  if (known) return known;
  const found = new Map<string, Direction>();
  const keys = Object.keys(params);
  for (const pair of tellingParams) {
    for (const key of keys) {
      const metric = params[key];
      if (typeof metric !== 'string' || metric === '' || !pair.metric.test(key)) continue;
      const folder = key.slice(0, key.search(pair.metric));
      const other = keys.find((candidate) => candidate.startsWith(folder) && pair.direction.test(candidate));
      const direction = other === undefined ? null : directionOf(params[other] ?? null);
      if (direction) found.set(wordsOf(metric).join(' '), direction);
    }
  }
  toldByParams.set(params, found);
  return found;
}

function directionOf(value: Value): Direction | null {
  const text = String(value).toLowerCase();
  if (text === 'true' || text === 'max' || text === 'maximize' || text === 'maximise') return 'max';
  if (text === 'false' || text === 'min' || text === 'minimize' || text === 'minimise') return 'min';
  return null;
}
