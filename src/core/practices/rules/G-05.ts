// G-05: as many points as are of use.

import type { Run } from '../../model/run';
import type { Value } from '../../model/values';
import { type LimitName, projectLimits } from '../../project/limits';
import { claims, type PracticeClaim, type PracticeContext, type PracticeRule } from '../rule';
import { idsOf, largest, mostShown, namesOf, sharedFramework, times } from '../scopes';

const hourMs = 3_600_000;
/** Shorter runs are short of points for good reason. */
const leastHours = 2;
const lots = 100_000;

export const rule: PracticeRule = {
  meta: {
    id: 'G-05',
    title: 'Neither too many points nor too few',
    check:
      'No series has more than 100,000 points, no run more than 10,000 series or more than 10 MB of params (limits of the project file); a run of two hours or more logs at least ten points an hour.',
    severity: 'note',
    optIn: false,
  },
  check: (context) => claims([tooManyPoints(context), tooManySeries(context), tooLarge(context), tooFew(context)].filter((claim) => claim !== null)),
  examples: [
    { given: { runs: [{ logs: { loss: 300 } }], project: { limits: { pointsPerSeries: 200 } } }, claims: 1 },
    { given: { runs: [{ logs: { a: 1, b: 1, c: 1 } }], project: { limits: { seriesPerRun: 2 } } }, claims: 1 },
    { given: { runs: [{ params: { config: 'x'.repeat(300) } }], project: { limits: { configBytes: 200 } } }, claims: 1 },
    { given: { runs: [{ status: 'finished', startedMs: hours(0), endedMs: hours(10), logs: { loss: 20 } }] }, claims: 1 },
    { given: { runs: [{ status: 'finished', startedMs: hours(0), endedMs: hours(1), logs: { loss: 5 } }] }, claims: 0 },
    { given: { runs: [{ status: 'finished', startedMs: hours(0), endedMs: hours(9), logs: {} }, { logs: { loss: 1000 } }] }, claims: 0 },
  ],
};

function hours(count: number): NonNullable<Run['startedMs']> {
  return (Date.UTC(2026, 10, 1) + count * hourMs) as NonNullable<Run['startedMs']>;
}

const limitOf = ({ project }: PracticeContext, name: LimitName): number => project.limits[name] ?? projectLimits[name].value;

function tooManyPoints(context: PracticeContext): PracticeClaim | null {
  const limit = limitOf(context, 'pointsPerSeries');
  const found = context.runs.flatMap((run) => run.series.filter(({ count, system }) => count > limit && !system).map((series) => ({ run, series })));
  if (found.length === 0) return null;
  const most = found.reduce((a, b) => (b.series.count > a.series.count ? b : a));
  const runs = [...new Set(found.map(({ run }) => run))];
  return {
    runs: idsOf(runs),
    summary: `${times(found.length, 'series', 'series')} in ${times(runs.length, 'run')} hold more than ${limit} points, ${most.series.name} ${most.series.count}: charts and exports get slow.`,
    evidence: {
      limit,
      series: found.slice(0, mostShown).map(({ run, series }) => ({ run: run.id, metric: series.name, points: series.count })),
      series_in_all: found.length,
    },
    caveat: 'Where every point is looked at, they are of use.',
    advice: {
      text: `Log every ${Math.ceil(most.series.count / lots) + 1}th step or less; a mean over the steps between loses little.`,
      ...(sharedFramework(runs) === 'lightning'
        ? { code: 'Trainer(log_every_n_steps=50)' }
        : sharedFramework(runs) === 'transformers'
          ? { code: 'TrainingArguments(logging_steps=50)' }
          : {}),
    },
  };
}

function tooManySeries(context: PracticeContext): PracticeClaim | null {
  const limit = limitOf(context, 'seriesPerRun');
  const found = context.runs.filter(({ series }) => series.length > limit);
  if (found.length === 0) return null;
  return {
    runs: idsOf(found),
    summary: `${namesOf(found)}: more than ${limit} metrics in a run, up to ${largest(found.map(({ series }) => series.length))}.`,
    evidence: { limit, series: found.slice(0, mostShown).map((run) => ({ run: run.id, series: run.series.length })) },
    caveat: 'Metrics per class or layer add up.',
    advice: { text: 'Log metrics per class and layer as a table or histogram at a few steps, and scalars of the whole.' },
  };
}

function tooLarge(context: PracticeContext): PracticeClaim | null {
  const limit = limitOf(context, 'configBytes');
  const found = context.runs.map((run) => ({ run, bytes: sizeOf(run.params, limit) })).filter(({ bytes }) => bytes > limit);
  if (found.length === 0) return null;
  return {
    runs: idsOf(found.map(({ run }) => run)),
    summary: `The params of ${times(found.length, 'run')} are larger than ${limit} bytes: data rather than settings.`,
    evidence: { limit, runs: found.slice(0, mostShown).map(({ run, bytes }) => ({ run: run.id, bytes_at_least: bytes })) },
    caveat: 'The size is counted over names and values as text.',
    advice: { text: 'Save what is not a setting as an artifact, and record its path and digest as the param.' },
  };
}

/** Bytes of values as text, counted until beyond the limit. */
function sizeOf(value: Value, limit: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 0;
  for (const [key, inner] of Object.entries(value)) {
    bytes += key.length + sizeOf(inner as Value, limit);
    if (bytes > limit) break;
  }
  return bytes;
}

function tooFew(context: PracticeContext): PracticeClaim | null {
  const limit = limitOf(context, 'pointsPerHour');
  const found = context.runs.flatMap((run) => {
    const lasted = run.startedMs !== null && run.endedMs !== null && run.status === 'finished' ? (run.endedMs - run.startedMs) / hourMs : 0;
    const points = largest(run.series.filter(({ system, role }) => !system && role !== 'counter').map(({ count }) => count));
    return lasted >= leastHours && points > 1 && points / lasted < limit ? [{ run, hours: lasted, points }] : [];
  });
  const [first] = found;
  if (!first) return null;
  return {
    runs: idsOf(found.map(({ run }) => run)),
    summary: `${namesOf(found.map(({ run }) => run))}: no more than ${first.points} points of a metric in ${first.hours.toFixed(1)} hours; trouble between two points goes unseen.`,
    evidence: { limit, runs: found.slice(0, mostShown).map((one) => ({ run: one.run.id, hours: one.hours, points: one.points })) },
    caveat: 'The run may have waited rather than trained for much of that time.',
    advice: { text: 'Log within the epoch too, every few minutes at least.' },
  };
}
