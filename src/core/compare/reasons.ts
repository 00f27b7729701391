// Why is B better than A? The differences of two runs ranked by likely relevance, with what a single pair cannot tell.

import type { RunId } from '../base/units';
import type { Run } from '../model/run';
import type { Value } from '../model/values';
import { seriesId } from './metrics';
import type { Row } from './rows';
import { numeric } from './same-value';
import { isSeedKey } from './seed-keys';

export interface Reason {
  readonly rank: number;
  readonly what: 'param' | 'data' | 'code' | 'environment' | 'package' | 'length' | 'seed' | 'nothing';
  readonly key: string | null;
  readonly why: string;
  /** 0 to 1: how far this pair alone supports it. Never above 0.6: one pair cannot separate causes. */
  readonly confidence: number;
}

interface Tables {
  readonly params: readonly Row[];
  readonly environment: readonly Row[];
  readonly packages: readonly Row[];
  readonly code: readonly Row[];
  readonly data: readonly Row[];
}

/** Results that were stored among the params: they follow from the difference and explain nothing. */
const outcome =
  /(^|[._/])((best|final)_?(val|valid|validation|test|train|eval)?_?(epoch|step|iteration)|(best|final|last|mean|min|max)_?(val|valid|validation|test|train|eval)?_?(loss|acc|accuracy|score|error|auc|f1|map|metric)|duration|runtime|elapsed|wall_?time|train(ing)?_time)(_s|_sec|_seconds)?$/i;
/** Where things lie, and what a run is called. */
const place = /(^|[._/])(out(put)?|log(ging)?|save|work(ing)?|run|ckpt|checkpoint|cache|tmp|temp)_?(dir|path|folder|file|name|to)$/i;

/** How much a param of such a name usually matters: prior knowledge of the field, not a measurement of these runs. */
const relevance: readonly { readonly pattern: RegExp; readonly weight: number; readonly why: string }[] = [
  { pattern: /(^|[._/])(lr|learning_rate|base_lr|max_lr|eta)(_?\d+)?$/i, weight: 0.95, why: 'the learning rate is usually the most influential setting' },
  { pattern: /(model|arch|backbone|hidden|layers?|depth|width|dim|heads|units|channels)/i, weight: 0.8, why: 'it changes the model itself' },
  { pattern: /(epochs?|max_steps|num_steps|iterations|n_estimators|boost_round)/i, weight: 0.75, why: 'it changes how long the model is trained' },
  { pattern: /(batch|bs$|accumulation)/i, weight: 0.7, why: 'the batch size changes gradient noise and the number of updates' },
  { pattern: /(optim|momentum|beta|weight_decay|wd$|nesterov|clip)/i, weight: 0.65, why: 'it changes how the weights are updated' },
  { pattern: /(sched|warmup|decay|anneal|gamma)/i, weight: 0.6, why: 'it changes the course of the learning rate' },
  { pattern: /(data|dataset|split|fold|augment|resize|crop|tokenizer|image_size|max_len)/i, weight: 0.75, why: 'it changes what the model sees' },
  { pattern: /(dropout|label_smoothing|mixup|reg|l1|l2|alpha|lambda)/i, weight: 0.5, why: 'it changes regularisation' },
  { pattern: /(precision|amp|fp16|bf16|dtype|tf32)/i, weight: 0.35, why: 'numeric precision can change stability' },
  {
    pattern: /(name|path|dir|output|log|save|num_workers|workers|device|host|user|project|notes?|verbose|tracking)/i,
    weight: 0.03,
    why: 'it normally has no influence on results',
  },
];

function weigh(key: string): { readonly weight: number; readonly why: string } {
  const last = key.split(/[/.]/).at(-1) ?? key;
  if (outcome.test(key)) return { weight: 0.02, why: 'it looks like a result, not a setting, and explains nothing' };
  if (place.test(key)) return { weight: 0.03, why: 'it normally has no influence on results' };
  return (
    relevance.find(({ pattern }) => pattern.test(last)) ??
    relevance.find(({ pattern }) => pattern.test(key)) ?? { weight: 0.3, why: 'its usual influence is not known' }
  );
}

/** Differences of `other` to `baseline`, most relevant first. `tables` are those of the comparison of these two runs. */
export function reasonsOf(baseline: Run, other: Run, tables: Tables): readonly Reason[] {
  const ids = [baseline.id, other.id] as const;
  const found = [
    ...tables.data.filter(differs).map((row) => draft('data', row.key, 0.9, `the data differ (${change(row, ids)})`)),
    ...tables.params.filter(differs).map((row) => paramReason(row, ids)),
    ...codeReasons(tables.code, ids),
    ...lengthReason(baseline, other),
    ...packageReasons(tables.packages, ids),
    ...tables.environment
      .filter(differs)
      .map((row) =>
        draft(
          'environment',
          row.key,
          /gpu|cuda|precision|world_size/.test(row.key) ? 0.25 : 0.08,
          `${change(row, ids)}; this mostly changes speed and rounding`,
        ),
      ),
  ].sort((a, b) => b.weight - a.weight);
  if (found.length === 0) {
    return [
      {
        rank: 1,
        what: 'nothing',
        key: null,
        why: 'No recorded difference. What is left is run-to-run noise, or something that neither run records.',
        confidence: 0.5,
      },
    ];
  }
  const total = found.reduce((sum, { weight }) => sum + weight, 0);
  return found.map(({ weight, ...reason }, index) => ({
    rank: index + 1,
    ...reason,
    confidence: Math.round(Math.min(0.6, (0.6 * weight * weight) / total) * 100) / 100,
  }));
}

type Draft = Omit<Reason, 'rank' | 'confidence'> & { readonly weight: number };
const draft = (what: Reason['what'], key: string | null, weight: number, why: string): Draft => ({ what, key, weight, why });
const differs = (row: Row): boolean => row.differs;

function paramReason(row: Row, ids: readonly [RunId, RunId]): Draft {
  if (isSeedKey(row.key))
    return draft('seed', row.key, 0.4, `${change(row, ids)}; a different seed alone can move the result, and one pair cannot tell by how much`);
  const { weight, why } = weigh(row.key);
  const [a, b] = ids.map((id) => numeric(row.values.get(id)));
  const size = a != null && b != null && a > 0 && b > 0 ? Math.abs(Math.log(b / a)) : 1;
  return draft('param', row.key, weight * Math.min(1, 0.5 + size / 2), `${change(row, ids)}; ${why}`);
}

function codeReasons(rows: readonly Row[], ids: readonly [RunId, RunId]): readonly Draft[] {
  const changed = rows.filter((row) => row.differs && (row.key === 'git_commit' || row.key === 'git_patch' || row.key === 'entry_point'));
  return changed.map((row) =>
    draft(
      'code',
      row.key,
      row.values.size === 2 ? 0.7 : 0.2,
      row.values.size === 2
        ? `the code differs (${change(row, ids)}); the code view shows what is known of it`
        : `only one run records it (${change(row, ids)}), so the code may differ`,
    ),
  );
}

function packageReasons(rows: readonly Row[], ids: readonly [RunId, RunId]): readonly Draft[] {
  const changed = rows.filter((row) => row.differs && row.values.size === 2);
  const framework = /^(torch|pytorch-lightning|lightning|tensorflow|keras|jax|flax|transformers|scikit-learn|xgboost|lightgbm|catboost|numpy)$/i;
  const named = changed
    .filter((row) => framework.test(row.key))
    .map((row) => draft('package', row.key, 0.3, `${change(row, ids)}; framework defaults and kernels change between releases`));
  const rest = changed.length - named.length;
  return rest > 0 ? [...named, draft('package', null, 0.1, `${rest} other package version${rest === 1 ? '' : 's'} differ`)] : named;
}

/** Trained longer or shorter: the largest ratio of last steps among metrics that both logged. */
function lengthReason(baseline: Run, other: Run): readonly Draft[] {
  const ends = new Map(baseline.series.filter((series) => !series.system).map((series) => [seriesId(series), series.lastStep]));
  let found: { readonly name: string; readonly from: number; readonly to: number } | null = null;
  for (const series of other.series) {
    const from = ends.get(seriesId(series));
    const to = series.lastStep;
    if (from == null || to === null || from <= 0 || to <= 0 || Math.max(from, to) < 1.25 * Math.min(from, to)) continue;
    if (!found || Math.abs(Math.log(to / from)) > Math.abs(Math.log(found.to / found.from))) found = { name: series.name, from, to };
  }
  return found ? [draft('length', found.name, 0.7, `trained for a different time: the last step of ${found.name} is ${found.from} → ${found.to}`)] : [];
}

function change(row: Row, [a, b]: readonly [RunId, RunId]): string {
  return `${row.key}: ${show(row.values.get(a))} → ${show(row.values.get(b))}`;
}

function show(value: Value | undefined): string {
  if (value === undefined) return '–';
  const text =
    typeof value === 'string'
      ? value
      : Array.isArray(value) || (typeof value === 'object' && value !== null)
        ? JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner))
        : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
