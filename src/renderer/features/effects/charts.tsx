// The runs behind the effects: axis plots, parallel coordinates, scatter and heat map, each also as a table.

import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { RunId } from '../../../core/base/units';
import type { Effects } from '../../../core/effects/effects';
import { shortNumber } from '../../../core/view/chart-numbers';
import { axisPlot, heatPlot, type PlotTable, parallelPlot, scatterPlot } from '../../../core/view/effects-plots';
import type { PlotParam } from '../../../core/view/plot-axis';
import type { PlotSpec } from '../../../core/view/plot-spec';
import { plotTsv } from '../../../core/view/plot-table';
import { useApp, useWorkspace } from '../../state/app';
import { styleOf as styleIn } from '../../state/workspace';
import { Button, IconButton } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { Icon } from '../../widgets/icon';
import { RunMark } from '../../widgets/run-mark';
import { type Option, Select } from '../../widgets/select';
import { Empty } from '../../widgets/states';
import { Switch } from '../../widgets/switch';
import styles from './effects.module.css';
import plotStyles from './plot.module.css';
import { PlotRows } from './plot-rows';
import { PlotView } from './plot-view';
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
  const slots = useWorkspace((workspace) => workspace.slots);
  const colours = useWorkspace((workspace) => workspace.colours);
  const styleOf = useMemo(() => (id: string) => styleIn({ slots, colours }, id as RunId), [slots, colours]);
  const params = useMemo(() => ordered(effects, plots), [effects, plots]);
  const notes = useMemo(() => new Map(effects.params.map(({ name, note }) => [name, note])), [effects]);
  const describe = useMemo(() => describer(plots, params, styleOf), [plots, params, styleOf]);
  const named = (name: string | null): PlotParam | undefined => params.find((param) => param.name === name);
  const [first, second] = params;
  const x = named(slice.x) ?? first;
  const y = named(slice.y) ?? second;
  const up = named(slice.y) ?? null;
  const specs = useMemo((): readonly PlotSpec[] => {
    if (slice.chart === 'axis') return params.map((param) => axisPlot(param, plots, styleOf));
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
      {specs.length === 0 ? (
        <Empty title="A heat map needs two params">Choose two different params that were varied.</Empty>
      ) : slice.chart === 'axis' ? (
        <AxisPlots specs={specs} params={params} notes={notes} picked={picked} table={table} describe={describe} />
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
  readonly specs: readonly PlotSpec[];
  readonly params: readonly PlotParam[];
  readonly notes: ReadonlyMap<string, string | null>;
  readonly picked: string | null;
  readonly table: boolean;
  readonly describe: (owners: readonly string[]) => ReactNode;
}

function AxisPlots({ specs, params, notes, picked, table, describe }: AxisProps) {
  const [all, setAll] = useState(false);
  const shown = specs
    .map((spec, i) => ({ spec, param: params[i] as PlotParam }))
    .filter(({ param }, i) => all || i < axisPlotsAtFirst || param.name === picked);
  return (
    <>
      <div className={cx(styles.axisGrid, shown.length === 1 && styles.oneAxis)}>
        {shown.map(({ spec, param }) => (
          <ChartCard
            key={param.name}
            spec={spec}
            height={shown.length === 1 ? 380 : 230}
            table={table}
            describe={describe}
            picked={param.name === picked}
            notes={[notes.get(param.name) ?? ''].filter(Boolean)}
          />
        ))}
      </div>
      {specs.length > axisPlotsAtFirst && (
        <Button size="s" kind="ghost" onClick={() => setAll(!all)}>
          {all ? `Show the first ${axisPlotsAtFirst}` : `Show all ${specs.length} params`}
        </Button>
      )}
    </>
  );
}

interface CardProps {
  readonly spec: PlotSpec;
  readonly height: number;
  readonly table: boolean;
  readonly describe: (owners: readonly string[]) => ReactNode;
  readonly notes: readonly string[];
  readonly picked?: boolean;
}

function ChartCard({ spec, height, table, describe, notes, picked }: CardProps) {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    if (picked) root.current?.scrollIntoView({ block: 'nearest' });
  }, [picked]);
  const count =
    spec.kind === 'scatter'
      ? spec.points.length
      : spec.kind === 'parallel'
        ? spec.lines.length
        : spec.cells.reduce((sum, { owners }) => sum + owners.length, 0);
  return (
    <figure ref={root} className={cx(styles.card, picked && styles.pickedCard)} aria-label={spec.title}>
      <figcaption className={styles.cardHead}>
        <span className={styles.cardTitle} title={spec.title}>
          {spec.title}
        </span>
        <CopyIcon spec={spec} />
      </figcaption>
      {table ? <PlotRows spec={spec} /> : <PlotView spec={spec} height={height} summary={`${spec.title}: ${count} runs`} describe={describe} />}
      {spec.notes.length > 0 && <p className={styles.muted}>{spec.notes.join(' · ')}</p>}
      {notes.map((note) => (
        <p key={note} className={styles.paramNote}>
          <Icon name="warning" size={12} /> {note}
        </p>
      ))}
    </figure>
  );
}

function CopyIcon({ spec }: { readonly spec: PlotSpec }) {
  const app = useApp();
  const copy = (): void => {
    navigator.clipboard.writeText(plotTsv(spec)).then(
      () => app.toasts.show({ kind: 'good', text: 'Copied as a table.' }),
      () => app.toasts.show({ kind: 'bad', text: 'The clipboard cannot be used here.' }),
    );
  };
  return <IconButton icon="copy" size="s" label={`Copy the numbers of ${spec.title}`} onClick={copy} />;
}

const mostSaid = 6;

/** What a hint says: of one run its outcome and strongest params, of a cell its runs. */
function describer(plots: PlotTable, params: readonly PlotParam[], styleOf: (id: string) => Parameters<typeof RunMark>[0]['style']) {
  const rows = new Map(plots.trials.map(({ id }, row) => [id, row]));
  return function describe(owners: readonly string[]): ReactNode {
    const [only] = owners;
    if (only === undefined) return null;
    if (owners.length > 1)
      return (
        <>
          <p className={plotStyles.hintTitle}>{owners.length} runs</p>
          {owners.slice(0, mostSaid).map((id) => {
            const trial = plots.trials[rows.get(id) ?? -1];
            return (
              <p key={id} className={plotStyles.hintTitle}>
                <RunMark style={styleOf(id)} size={10} /> <span>{trial?.name}</span> {trial?.value == null ? '' : shortNumber(trial.value)}
              </p>
            );
          })}
          {owners.length > mostSaid && <p className={plotStyles.hintMore}>and {owners.length - mostSaid} more</p>}
        </>
      );
    const row = rows.get(only) ?? -1;
    const trial = plots.trials[row];
    if (!trial) return null;
    return (
      <>
        <p className={plotStyles.hintTitle}>
          <RunMark style={styleOf(only)} size={10} /> <span>{trial.name}</span>
        </p>
        <table className={plotStyles.hintRows}>
          <tbody>
            <tr>
              <th scope="row">{plots.metric}</th>
              <td>{trial.value === null ? 'no value' : shortNumber(trial.value)}</td>
            </tr>
            {params.slice(0, mostSaid).map(({ name, levels, column }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{levels[column[row] as number]?.text ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={plotStyles.hintMore}>Click opens the run</p>
      </>
    );
  };
}
