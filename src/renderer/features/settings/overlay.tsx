// The dialog of settings: sections, rows and controls out of the registry, and a field that finds one.

import { useEffect, useRef, useState } from 'react';
import { findByWords } from '../../../core/view/find-words';
import type { OverlayModule } from '../../registry/overlays';
import { settingList } from '../../settings';
import { type Setting, sections } from '../../settings/setting';
import { useApp, useSession, useSettings } from '../../state/app';
import { choose } from '../../state/settings';
import { Button, IconButton } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { Dialog } from '../../widgets/dialog';
import { TextField } from '../../widgets/text-field';
import { SettingControl } from './control';
import styles from './settings.module.css';

function SettingsOverlay() {
  const open = useSession((state) => state.overlay === 'settings');
  return open ? <SettingsDialog /> : null;
}

function SettingsDialog() {
  const app = useApp();
  const asked = useSession((state) => state.setting);
  const changed = useSettings((settings) => Object.keys(settings.chosen).length > 0);
  const [query, setQuery] = useState('');
  const there = settingList.filter(({ meta }) => meta.needs === undefined || app.capabilities[meta.needs] !== undefined);
  const found = query === '' ? there : findByWords(there, query, ({ meta }) => `${meta.title} ${meta.hint ?? ''} ${meta.words ?? ''}`, there.length);
  return (
    <Dialog
      open
      onClose={() => app.session.setState({ overlay: null, setting: null })}
      title="Settings"
      width="m"
      footer={
        <Button disabled={!changed} onClick={() => allStandard(app)}>
          All standard
        </Button>
      }
    >
      <div className={styles.body}>
        <TextField label="Find a setting" icon="search" value={query} onText={setQuery} autoFocus={asked === null} />
        {sections.map(({ id, title }) => {
          const rows = found.filter(({ meta }) => meta.section === id);
          return rows.length === 0 ? null : (
            <section key={id} aria-label={title}>
              <h3 className={styles.heading}>{title}</h3>
              {rows.map((setting) => (
                <Row key={setting.meta.id} setting={setting} asked={asked === setting.meta.id} />
              ))}
            </section>
          );
        })}
        {found.length === 0 && <p className={styles.hint}>No setting is called that.</p>}
        <p className={styles.hint}>They are remembered on this computer and hold in every window of Diptych.</p>
      </div>
    </Dialog>
  );
}

function Row({ setting, asked }: { readonly setting: Setting; readonly asked: boolean }) {
  const app = useApp();
  const { meta, standard } = setting;
  const own = useSettings((settings) => Object.hasOwn(settings.chosen, meta.id));
  const row = useRef<HTMLDivElement>(null);
  // Found by the palette: the dialog opens at it, ready to be changed.
  useEffect(() => {
    if (!asked) return;
    row.current?.scrollIntoView({ block: 'center' });
    row.current?.querySelector<HTMLElement>('[data-control] :is(button, input, [role="switch"], [role="combobox"])')?.focus();
  }, [asked]);
  return (
    <div ref={row} className={cx(styles.row, asked && styles.asked)} data-setting={meta.id}>
      <div>
        <div className={styles.title}>{meta.title}</div>
        {meta.hint && <p className={styles.hint}>{meta.hint}</p>}
      </div>
      <div className={styles.control} data-control="">
        <SettingControl setting={setting} />
      </div>
      <span className={styles.reset}>
        {own && <IconButton icon="undo" size="s" label={`${meta.title}: standard`} onClick={() => app.settings.setState(choose(setting, standard))} />}
      </span>
    </div>
  );
}

/** With a way back. */
function allStandard(app: ReturnType<typeof useApp>): void {
  const { chosen } = app.settings.getState();
  app.settings.setState({ chosen: {} });
  app.toasts.show({ kind: 'info', text: 'All settings are the standard ones', action: { label: 'Undo', run: () => app.settings.setState({ chosen }) } });
}

export const overlay: OverlayModule = { meta: { id: 'settings' }, Component: SettingsOverlay };
