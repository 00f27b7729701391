// The runs behind the effects: axis plots, parallel coordinates, scatter and heat map, each also as a table.

import { type ReactNode, useMemo, useState } from 'react';
import type { RunId } from '../../../core/base/units';
import type { Effects } from '../../../core/effects/effects';
import { axisPlot, heatPlot, type PlotTable, parallelPlot, scatterPlot } from '../../../core/view/effects-plots';
import type { PlotParam } from '../../../core/view/plot-axis';
import type { PlotSpec } from '../../../core/view/plot-spec';
import type { RunStyle } from '../../../core/view/run-style';
import { useLooks } from '../../state/app';
import { styleOf as styleIn } from '../../state/workspace';
import { Button } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { type Option, Select } from '../../widgets/select';
import { Empty } from '../../widgets/states';
import { Switch } from '../../widgets/switch';
import { type CardProps, ChartCard } from './chart-card';
import styles from './charts.module.css';
import { describer } from './describe';
import { type ChartKind, chartKinds, type EffectsSlice } from './slice';
import type { ChangeEffects } from './toolbar';

interface Props {
  readonly effects: Effects;
  readonly plots: PlotTable;
  readonly slice: EffectsSlice;
  readonly change: ChangeEffects;
  /** The param that was clicked in the list. */
  readonly picked: string | null;
}

const kindTitles: Readonly<Record<ChartKind, string>> = { axis: 'Axis plots', parallel: 'Parallel coordinates', scatter: 'Scatter', heat: 'Heat map' };
const axisPlotsAtFirst = 12;
/** More axes than this leave no room between them. */
const mostAxes = 14;
const theMetric = ' metric';

export function Charts({ effects, plots, slice, change, picked }: Props) {
  const [table, setTable] = useState(false);
  const looks = useLooks();
  const styleOf = useMemo(() => (id: string) => styleIn(looks, id as RunId), [looks]);
  const params = useMemo(() => ordered(effects, plots), [effects, plots]);
  const notes = useMemo(() => new Map(effects.params.map(({ name, note }) => [name, note])), [effects]);
  const describe = useMemo(() => describer(plots, params, styleOf), [plots, params, styleOf]);
  const named = (name: string | null): PlotParam | undefined => params.find((param) => param.name === name);
  const [first, second] = params;
  const x = named(slice.x) ?? first;
  const y = named(slice.y) ?? second;
  const up = named(slice.y) ?? null;
  const specs = useMemo((): readonly PlotSpec[] => {
    // Axis plots are many, and made one by one where they are shown.
    if (slice.chart === 'axis') return [];
    if (slice.chart === 'parallel') return [parallelPlot(params.slice(0, mostAxes), plots, slice.colour, styleOf)];
    if (slice.chart === 'scatter') return [scatterPlot(x ?? null, up, plots, styleOf)];
    return x && y && x !== y ? [heatPlot(x, y, plots, effects.noiseSd)] : [];
  }, [slice.chart, slice.colour, params, plots, styleOf, x, y, up, effects.noiseSd]);

  if (params.length === 0)
    return (
      <Empty title="No param was varied">
        All runs have the same settings, apart from seeds and names: what differs between them is noise. The groups say how large it is.
      </Empty>
    );
  const options: readonly Option<string>[] = params.map(({ name }) => ({ value: name, label: name }));
  const two = slice.chart === 'scatter' || slice.chart === 'heat';
  return (
    <section className={styles.charts} aria-label="Charts">
      <div className={styles.chartBar} role="toolbar" aria-label="Charts">
        <span className={styles.segments}>
          {chartKinds.map((kind) => (
            <Button key={kind} size="s" kind="ghost" pressed={slice.chart === kind} onClick={() => change('chart of effects', { chart: kind })}>
              {kindTitles[kind]}
            </Button>
          ))}
        </span>
        {two && x && <Select label="X axis" value={x.name} options={options} onPick={(name) => change('x of effects', { x: name })} />}
        {slice.chart === 'scatter' && (
          <Select
            label="Y axis"
            value={named(slice.y)?.name ?? theMetric}
            options={[{ value: theMetric, label: plots.metric, note: 'metric' }, ...options]}
            onPick={(name) => change('y of effects', { y: name === theMetric ? null : name })}
          />
        )}
        {slice.chart === 'heat' && y && <Select label="Y axis" value={y.name} options={options} onPick={(name) => change('y of effects', { y: name })} />}
        {slice.chart === 'parallel' && (
          <Switch
            label="Colour by metric"
            checked={slice.colour === 'standing'}
            onChange={(on) => change('colour of lines', { colour: on ? 'standing' : 'run' })}
          />
        )}
        <span className={styles.chartEnd}>
          <Button size="s" icon="columns" kind="ghost" pressed={table} onClick={() => setTable(!table)}>
            Table
          </Button>
        </span>
      </div>
      {slice.chart === 'axis' ? (
        <AxisPlots plots={plots} styleOf={styleOf} params={params} notes={notes} picked={picked} table={table} describe={describe} />
      ) : specs.length === 0 ? (
        <Empty title="A heat map needs two params">Choose two different params that were varied.</Empty>
      ) : (
        specs.map((spec) => (
          <ChartCard
            key={spec.title}
            spec={spec}
            height={440}
            table={table}
            describe={describe}
            notes={notesBeside(slice.chart, [x, y], notes, params.length)}
          />
        ))
      )}
    </section>
  );
}

/** Varied params in the order of the list: the strongest first. */
function ordered(effects: Effects, plots: PlotTable): readonly PlotParam[] {
  const place = new Map(effects.params.map(({ name }, i) => [name, i]));
  return [...plots.params].sort((a, b) => (place.get(a.name) ?? Number.POSITIVE_INFINITY) - (place.get(b.name) ?? Number.POSITIVE_INFINITY));
}

function notesBeside(kind: ChartKind, pair: readonly (PlotParam | undefined)[], notes: ReadonlyMap<string, string | null>, params: number): readonly string[] {
  if (kind === 'parallel') return params > mostAxes ? [`The first ${mostAxes} of ${params} varied params are drawn.`] : [];
  return pair.flatMap((param) => {
    const note = param && notes.get(param.name);
    return note ? [`${param.name}: ${note}`] : [];
  });
}

interface AxisProps {
  readonly plots: PlotTable;
  readonly styleOf: (id: string) => RunStyle;
  readonly params: readonly PlotParam[];
  readonly notes: ReadonlyMap<string, string | null>;
  readonly picked: string | null;
  readonly table: boolean;
  readonly describe: (owners: readonly string[]) => ReactNode;
}

function AxisPlots({ params, notes, picked, ...rest }: AxisProps) {
  const [all, setAll] = useState(false);
  const shown = params.filter((param, i) => all || i < axisPlotsAtFirst || param.name === picked);
  return (
    <>
      <div className={cx(styles.axisGrid, shown.length === 1 && styles.oneAxis)}>
        {shown.map((param) => (
          <AxisCard
            key={param.name}
            {...rest}
            param={param}
            height={shown.length === 1 ? 380 : 230}
            picked={param.name === picked}
            notes={[notes.get(param.name) ?? ''].filter(Boolean)}
          />
        ))}
      </div>
      {params.length > axisPlotsAtFirst && (
        <Button size="s" kind="ghost" onClick={() => setAll(!all)}>
          {all ? `Show the first ${axisPlotsAtFirst}` : `Show all ${params.length} params`}
        </Button>
      )}
    </>
  );
}

interface AxisCardProps extends Omit<CardProps, 'spec'>, Pick<AxisProps, 'plots' | 'styleOf'> {
  readonly param: PlotParam;
}

function AxisCard({ param, plots, styleOf, ...rest }: AxisCardProps) {
  const spec = useMemo(() => axisPlot(param, plots, styleOf), [param, plots, styleOf]);
  return <ChartCard spec={spec} {...rest} />;
}
