// The points of one series, thinned so that they fit, and never smoothed.

import { z } from 'zod';
import { displayName } from '../../../core/model/run';
import { seriesAnswer } from '../../answers/series';
import { seriesDocument } from '../../document';
import { needRuns, path } from '../inputs';
import { thinnedTo } from '../thin';
import { defineTool } from '../tool';
import { wordsOf } from '../words';

export const tool = defineTool({
  meta: {
    id: 'series',
    title: 'Read one series',
    description:
      'The points of one series of one run as logged (steps, values, times), with its statistics. Long curves are thinned: the least and greatest point of every stretch are kept, so no spike is lost, and nothing is averaged. Zoom in with from_step and to_step.',
    list: null,
    narrow: 'Zoom in with from_step and to_step, or ask for fewer points with max_points.',
  },
  input: z.strictObject({
    path,
    run: z.string().max(1024).optional().describe('The run: id, native id, unique name or path; the only one unless given.'),
    metric: z.string().max(1024).describe('Name of the series, exactly as logged (see inspect).'),
    context: z.string().max(4096).optional().describe('Its context as JSON, where the name alone is not enough.'),
    from_step: z.number().optional().describe('Points from this step on.'),
    to_step: z.number().optional().describe('Points up to this step.'),
    max_points: z.number().int().min(4).max(2000).optional().describe('At most so many points (200).'),
  }),
  async answer({ path: at, run: word, metric, context: where, from_step, to_step, max_points }, { served, context }) {
    const { loaded, found } = await seriesAnswer(wordsOf(served.resolve(at), { run: word, metric, context: where }), context);
    needRuns(loaded.runs);
    if (!found) throw new Error('a series was neither found nor refused');
    const { run, series, points } = found;
    const picked = thinnedTo(points, { from: from_step ?? Number.NEGATIVE_INFINITY, to: to_step ?? Number.POSITIVE_INFINITY, most: max_points ?? 200 });
    const { indices, inWindow } = picked;
    const column = (values: Float64Array | null): readonly number[] | null => values && indices.map((i) => values[i] as number);
    const thinned = indices.length < inWindow;
    return {
      document: {
        run: run.id,
        series: seriesDocument(series),
        steps: column(points.steps),
        values: column(points.values),
        times_ms: column(points.times),
        points: { logged: points.values.length, in_window: inWindow, shown: indices.length, thinned },
      },
      text: `${series.name} of ${displayName(run)} (${run.id}): ${points.values.length} points logged, ${series.finite} of them finite; last ${series.last}, min ${series.min}, max ${series.max}. ${
        thinned
          ? `Thinned: ${indices.length} of ${inWindow} points are shown, the least and greatest of every stretch; all between lie within them.`
          : `${indices.length} points are shown, none of the ${inWindow} in the window left out.`
      }`,
    };
  },
});
