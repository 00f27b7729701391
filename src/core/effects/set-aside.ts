// Params that are none: names and ids of runs, paths, times, and outcomes that were stored among the params.

import { inferRole, wordsOf } from '../series/roles';
import type { Param } from './param';

export type Reason = 'id' | 'path' | 'time' | 'outcome';

export interface SetAside {
  readonly name: string;
  readonly reason: Reason;
  readonly message: string;
}

const messages: Readonly<Record<Reason, string>> = {
  id: 'another value in every run: it names the run',
  path: 'a place where files lie',
  time: 'a date or time',
  outcome: 'an outcome of the run, not something that was set before it',
};

/** A column whose values are nearly all different names rather than sets. */
const distinctShare = 0.9;
const fewestForId = 5;

/** What a name says stands at its end; of one without end, what stands before takes ever longer to look at. */
const endOf = (name: string): string => name.slice(-200);

const idName =
  /(^|[._/ -])((run|trial|exp|experiment|job|sweep|process)?[_-]?(id|uuid|name|hash|tag|number|index|version)|pid|run|trial|git[_-]?\w+|commit|sha)$/i;
const pathName = /(^|[._/-])(\w*(dir|directory|folder|path|file|filename|ckpt|checkpoint|uri|url)|output|save_to|resume(_from)?)$/i;
const pathText = /^(~?\/|\.{1,2}\/|[A-Za-z]:[\\/]|[a-z][a-z0-9+]*:\/\/)/;
const timeName = /(^|[._/ -])(time(stamp)?|date(time)?|created(_at)?|started(_at)?|start_time|end_time|finished(_at)?)$/i;
const timeText = /^\d{4}-?\d\d-?\d\d([T _-]|$)/;

/** Why a column is no param, or null. */
export function setAside(param: Param, trials: number): SetAside | null {
  const reason = reasonOf(param, trials);
  return reason && { name: param.name, reason, message: messages[reason] };
}

function reasonOf({ name, type, levels }: Param, trials: number): Reason | null {
  const numbers = type === 'number' || type === 'integer';
  const everywhere = trials >= fewestForId && levels.length >= distinctShare * trials;
  const texts = levels.map(({ text }) => text);
  if (texts.length > 0 && texts.every((text) => timeText.test(text))) return 'time';
  if (numbers && timeName.test(name) && levels.every(({ number }) => (number as number) > 1e9)) return 'time';
  if (!numbers && texts.length > 1 && (texts.every((text) => pathText.test(text)) || (pathName.test(endOf(name)) && !/data|train|test/i.test(name))))
    return 'path';
  if (everywhere && type === 'category' && !texts.some((text) => /^[[{]/.test(text))) return 'id';
  if (everywhere && type === 'integer' && idName.test(endOf(name))) return 'id';
  return numbers && isOutcome(name) ? 'outcome' : null;
}

const outcomeRoles: ReadonlySet<string> = new Set(['loss', 'accuracy', 'score', 'error', 'perplexity', 'reward', 'throughput']);
/** Words that make a setting of a name that holds a metric's: `aux_loss_weight`, `target_error`, `reward_scale`. */
const settingWords =
  /^(weight|weights|coef|coeff|coefficient|scale|lambda|alpha|beta|gamma|factor|ratio|margin|clip|clipping|target|threshold|min|delta|tol|tolerance|smoothing|penalty|type|fn|function|num|n|k|max|reduction|power|bonus|temperature|discount|interval|freq|every|rate|size|dim|layers|depth|heads|steps|length|len|window|level|norm|init|mode|name|patience|mask|head)$/;

/**
 * Told by the name alone: a value that follows the outcome closely may be just the strongest param. Outcomes are what the tables of roles call so,
 * and what is said to be best, final or total of a run.
 */
function isOutcome(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => settingWords.test(word))) return false;
  if (/^(best|final|stopped|converged|early)$/.test(words[0] ?? '') && words.length > 1 && /^(epoch|step|iter|iteration|round)s?$/.test(words.at(-1) ?? ''))
    return true;
  if (/^(total|train|training|wall|run|elapsed|inference)$/.test(words[0] ?? '') && /^(time|runtime|seconds|duration|clock)$/.test(words.at(-1) ?? ''))
    return true;
  const bare = words.filter((word) => !/^(best|final|last|mean|avg|max|min)$/.test(word));
  const { role, confidence } = inferRole(bare.join('_'), []);
  return role !== null && outcomeRoles.has(role) && confidence >= 0.7;
}
