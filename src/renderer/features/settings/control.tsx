// The control of one setting, by its kind.

import { useState } from 'react';
import { type PaletteId, paletteIds, paletteOf } from '../../../core/view/palettes';
import { commands } from '../../registry/commands';
import { tabs } from '../../registry/tabs';
import type { Setting } from '../../settings/setting';
import { useApp, useSetting } from '../../state/app';
import { choose } from '../../state/settings';
import { Button } from '../../widgets/button';
import { RunMark } from '../../widgets/run-mark';
import { Select } from '../../widgets/select';
import { Switch } from '../../widgets/switch';
import { TextField } from '../../widgets/text-field';
import styles from './settings.module.css';

export function SettingControl({ setting }: { readonly setting: Setting }) {
  const app = useApp();
  const value = useSetting(setting);
  const { meta, control } = setting;
  const set = (next: unknown): void => app.settings.setState(choose(setting, next));
  switch (control.kind) {
    case 'choice':
      return <Select wide label={meta.title} value={String(value)} options={control.options} onPick={set} />;
    case 'tab':
      return (
        <Select
          wide
          label={meta.title}
          value={tabs.some((tab) => tab.meta.id === value) ? String(value) : 'last'}
          options={[{ value: 'last', label: 'The tab that was open last' }, ...tabs.map((tab) => ({ value: tab.meta.id, label: tab.meta.title }))]}
          onPick={set}
        />
      );
    case 'switch':
      return <Switch label={value === true ? 'On' : 'Off'} name={meta.title} checked={value === true} onChange={set} />;
    case 'number':
      return <NumberField title={meta.title} value={Number(value)} least={control.least} most={control.most} onValue={set} />;
    case 'text':
      return <TextField label={meta.title} placeholder={control.placeholder} value={String(value)} maxLength={200} onText={set} />;
    case 'palette':
      return <PaletteChoice title={meta.title} value={value as PaletteId} onPick={set} />;
    case 'open':
      return (
        <Button size="s" aria-label={`${meta.title}: ${control.label}`} onClick={() => app.session.setState({ overlay: control.overlay })}>
          {control.label}
        </Button>
      );
    case 'command': {
      const command = commands.find(({ id }) => id === control.command);
      if (!command) return null;
      return (
        <Button size="s" aria-label={`${meta.title}: ${control.label}`} disabled={command.enabled?.(app) === false} onClick={() => command.run(app)}>
          {control.label}
        </Button>
      );
    }
  }
}

interface NumberProps {
  readonly title: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onValue: (value: number) => void;
}

function NumberField({ title, value, least, most, onValue }: NumberProps) {
  const [text, setText] = useState<string | null>(null);
  const number = Number(text);
  const wrong = text !== null && !(Number.isInteger(number) && number >= least && number <= most);
  return (
    <TextField
      label={title}
      inputMode="numeric"
      placeholder={`${least} to ${most}`}
      value={text ?? String(value)}
      wrong={wrong}
      title={`${least} to ${most}`}
      onBlur={() => setText(null)}
      onText={(next) => {
        setText(next);
        const typed = Number(next);
        if (next.trim() !== '' && Number.isInteger(typed) && typed >= least && typed <= most) onValue(typed);
      }}
    />
  );
}

function PaletteChoice({ title, value, onPick }: { readonly title: string; readonly value: PaletteId; readonly onPick: (value: string) => void }) {
  return (
    <fieldset className={styles.palettes}>
      <legend className="visually-hidden">{title}</legend>
      {paletteIds.map((id) => {
        const palette = paletteOf(id);
        return (
          <label key={id} className={styles.palette} title={palette.note}>
            <input type="radio" name="palette" value={id} checked={id === value} onChange={() => onPick(id)} />
            <span>{palette.title}</span>
            <span className={styles.swatches} aria-hidden="true">
              {palette.colours.map(({ light, dark }) => (
                <RunMark key={light} size={14} style={{ colour: { light, dark }, line: 'solid', marker: 'circle' }} />
              ))}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
