// What all panels share: search, x axis, logarithms, smoothing, groups, and how curves are drawn.

import type { Run } from '../../../core/model/run';
import { axisNames, searchOf } from '../../../core/view/curves-panels';
import type { AxisChoice, CurveSettings } from '../../../core/view/curves-settings';
import type { ChangeOptions } from '../../state/workspace-store';
import { Button } from '../../widgets/button';
import { Icon } from '../../widgets/icon';
import { Popover } from '../../widgets/popover';
import { type Option, Select } from '../../widgets/select';
import { Switch } from '../../widgets/switch';
import { TextField } from '../../widgets/text-field';
import { SmoothingControl } from './smoothing-control';
import styles from './toolbar.module.css';

export type ChangeCurves = (label: string, part: Partial<CurveSettings>, options?: ChangeOptions) => void;

interface Props {
  readonly runs: readonly Run[];
  readonly settings: CurveSettings;
  readonly change: ChangeCurves;
  readonly grouped: boolean;
  readonly found: number;
  readonly zoomed: boolean;
  readonly onReset: () => void;
  /** Takes this view, with its zoom, over into the report. */
  readonly onReport: () => void;
}

export function Toolbar({ runs, settings, change, grouped, found, zoomed, onReset, onReport }: Props) {
  const search = searchOf(settings.search);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Curves">
      <TextField
        label="Search panels"
        placeholder="Search panels (regex)"
        icon="search"
        mono={settings.search !== ''}
        value={settings.search}
        wrong={search.kind === 'bad'}
        title={search.kind === 'bad' ? search.message : undefined}
        onText={(text) => change('search panels', { search: text }, { key: 'curves search', undoable: false })}
        className={styles.search}
      />
      {search.kind === 'pattern' && <span className={styles.found}>{found}</span>}
      <AxisSelect runs={runs} settings={settings} change={change} />
      <span className={styles.pair}>
        <Button kind="ghost" pressed={settings.logX} onClick={() => change('log x', { logX: !settings.logX })}>
          log x
        </Button>
        <Button kind="ghost" pressed={settings.logY} onClick={() => change('log y', { logY: !settings.logY })}>
          log y
        </Button>
      </span>
      <SmoothingControl smoothing={settings.smoothing} change={change} showRaw={settings.showRaw} />
      {grouped && <GroupControls settings={settings} change={change} />}
      <span className={styles.rest}>
        {zoomed && (
          <Button kind="ghost" icon="undo" onClick={onReset}>
            Reset zoom
          </Button>
        )}
        <Button kind="ghost" icon="file" onClick={onReport}>
          Use in the report
        </Button>
        <DisplayControl settings={settings} change={change} />
      </span>
    </div>
  );
}

function AxisSelect({ runs, settings, change }: Pick<Props, 'runs' | 'settings' | 'change'>) {
  const names = axisNames(runs);
  const kinds: Option<string>[] = [
    { value: 'auto', label: 'X: as logged', note: 'the tracker’s axis, else step' },
    { value: 'step', label: 'X: step' },
    ...(names.times
      ? [
          { value: 'relative', label: 'X: relative time' },
          { value: 'wall', label: 'X: wall time' },
        ]
      : []),
    ...(names.epoch ? [{ value: 'epoch', label: 'X: epoch' }] : []),
    ...names.counters.map((name) => ({ value: `metric ${name}`, label: `X: ${name}`, note: 'counter' })),
    ...names.metrics.slice(0, 200).map((name) => ({ value: `metric ${name}`, label: `X: ${name}` })),
  ];
  const value = settings.axis.kind === 'metric' ? `metric ${settings.axis.name}` : settings.axis.kind;
  const options = kinds.some((option) => option.value === value)
    ? kinds
    : [...kinds, { value, label: `X: ${value.replace(/^metric /, '')}`, note: 'not logged here' }];
  return <Select label="X axis" value={value} options={options} onPick={(picked) => change('x axis', { axis: axisFrom(picked) })} />;
}

const axisFrom = (value: string): AxisChoice => {
  if (value.startsWith('metric ')) return { kind: 'metric', name: value.slice('metric '.length) };
  return value === 'step' || value === 'relative' || value === 'wall' || value === 'epoch' ? { kind: value } : { kind: 'auto' };
};

const bands: readonly Option<CurveSettings['band']>[] = [
  { value: 'std', label: '± std', note: 'standard deviation, n − 1' },
  { value: 'stderr', label: '± std error', note: 'std / √n' },
  { value: 'ci95', label: '95 % interval', note: 'of the mean, Student’s t' },
  { value: 'minmax', label: 'min to max' },
  { value: 'none', label: 'no band' },
];

function GroupControls({ settings, change }: Pick<Props, 'settings' | 'change'>) {
  const band = bands.find((one) => one.value === settings.band)?.label ?? '';
  return (
    <Popover
      label="Groups"
      trigger={
        <Button icon="group">
          {settings.centre === 'mean' ? 'Mean' : 'Median'} {settings.band === 'none' ? '' : band}
          <Icon name="chevron-down" size={12} />
        </Button>
      }
    >
      <div className={styles.groups}>
        <span>Line</span>
        <Select
          label="Line of a group"
          wide
          value={settings.centre}
          options={[
            { value: 'mean', label: 'Mean' },
            { value: 'median', label: 'Median' },
          ]}
          onPick={(centre) => change('line of groups', { centre })}
        />
        <span>Band</span>
        <Select label="Band of a group" wide value={settings.band} options={bands} onPick={(picked) => change('band of groups', { band: picked })} />
        <span>Members</span>
        <Switch label="drawn behind" checked={settings.showMembers} onChange={(showMembers) => change('members of groups', { showMembers })} />
        <p className={styles.hint}>
          {settings.centre === 'median' && settings.band !== 'minmax' && settings.band !== 'none' && 'The band spreads around the mean. '}
          Runs with other steps are interpolated between their own points, never beyond them; n says how many speak.
        </p>
      </div>
    </Popover>
  );
}

function DisplayControl({ settings, change }: Pick<Props, 'settings' | 'change'>) {
  const flag = (key: 'showRaw' | 'envelope' | 'clipOutliers' | 'sync' | 'showSystem' | 'showMarks', label: string, hint: string) => (
    <div className={styles.flag}>
      <Switch label={label} checked={settings[key]} onChange={(on) => change(label.toLowerCase(), { [key]: on })} />
      <p>{hint}</p>
    </div>
  );
  return (
    <Popover label="How curves are drawn" align="end" trigger={<Button icon="settings">Display</Button>}>
      <div className={styles.display}>
        {flag('envelope', 'Envelope', 'Where a pixel holds many points: their mean, and a band from least to greatest.')}
        {flag('clipOutliers', 'Clip outliers', 'Leaves a few wild values outside of the y range, and counts them.')}
        {flag('showRaw', 'Originals behind', 'The logged values, faint behind a smoothed curve.')}
        {flag('sync', 'Panels in step', 'Cursor and zoom are shared by all panels.')}
        {flag('showMarks', 'Marks of findings', 'What the Health tab found, at its place on the curve; a click opens it.')}
        {flag('showSystem', 'Hardware', 'Panels of GPU load and the like.')}
        <div className={styles.columns}>
          <span>Columns</span>
          {(['auto', '1', '2', '3', '4'] as const).map((columns) => (
            <Button key={columns} kind="ghost" size="s" pressed={settings.columns === columns} onClick={() => change('columns of panels', { columns })}>
              {columns}
            </Button>
          ))}
        </div>
      </div>
    </Popover>
  );
}
