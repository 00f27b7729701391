// The colour and line of one run: those of its place, one of the palette, or a colour of the person's own.

import type { RunId } from '../../../core/base/units';
import { paletteOf } from '../../../core/view/palettes';
import { type LineStyle, lineStyles, type RunColour, runStyle } from '../../../core/view/run-style';
import { setting as paletteSetting } from '../../settings/items/palette';
import { useChange, useSetting, useWorkspace } from '../../state/app';
import { setColour, setLine } from '../../state/workspace';
import { cx } from '../../widgets/class-names';
import { RunMark } from '../../widgets/run-mark';
import { Select } from '../../widgets/select';
import styles from './words.module.css';

const lineNames: Readonly<Record<LineStyle, string>> = { solid: 'Solid', dashed: 'Dashed', dotted: 'Dotted', 'dash-dot': 'Dashes and dots' };

export function LookField({ run }: { readonly run: RunId }) {
  const change = useChange();
  const palette = useSetting(paletteSetting);
  const slot = useWorkspace((workspace) => workspace.slots.get(run) ?? 0);
  const colour = useWorkspace((workspace) => workspace.colours.get(run));
  const line = useWorkspace((workspace) => workspace.lines.get(run));
  const style = runStyle(slot, { palette, colour, line });
  const choices: readonly (readonly [RunColour | null, string])[] = [
    [null, 'Of its place'],
    ...paletteOf(palette).names.map((name, at) => [`palette:${at}` as const, name] as const),
  ];
  const own = colour?.startsWith('#') === true;
  const set = (next: RunColour | null, key?: string): void => change('colour', setColour(run, next), key === undefined ? {} : { key });
  return (
    <div className={styles.look}>
      <fieldset className={styles.swatches}>
        <legend className="visually-hidden">Colour</legend>
        {choices.map(([value, name]) => (
          <label key={name} className={styles.swatch} title={name}>
            <input
              type="radio"
              className="visually-hidden"
              name="colour"
              aria-label={name}
              checked={!own && (colour ?? null) === value}
              onChange={() => set(value)}
            />
            <RunMark size={18} style={runStyle(slot, { palette, colour: value ?? undefined })} />
          </label>
        ))}
        <label className={cx(styles.custom, own && styles.chosen)} title="A colour of your own">
          <input
            type="color"
            aria-label="A colour of your own"
            value={own ? colour : style.colour.light}
            onChange={(event) => set(event.target.value as RunColour, `colour ${run}`)}
          />
        </label>
      </fieldset>
      <Select
        label="Line"
        value={line ?? 'own'}
        options={[{ value: 'own', label: 'Line of its place' }, ...lineStyles.map((one) => ({ value: one, label: lineNames[one] }))]}
        onPick={(value) => change('line', setLine(run, value === 'own' ? null : (value as LineStyle)))}
      />
    </div>
  );
}
