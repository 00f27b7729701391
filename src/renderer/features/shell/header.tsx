// The bar at the top: name, workspace, undo, import, palette, theme.

import { useStore } from 'zustand';
import { counted } from '../../../core/view/format';
import { setting as themeSetting } from '../../settings/items/theme';
import { useApp, useSetting, useSources } from '../../state/app';
import { importSamples, openPicker } from '../../state/import-actions';
import { choose } from '../../state/settings';
import { Button, IconButton } from '../../widgets/button';
import { Menu } from '../../widgets/menu';
import styles from './header.module.css';
import { WorkspaceMenu } from './workspace-menu';

type Theme = (typeof themeSetting)['standard'];

const themes: Readonly<Record<Theme, { readonly next: Theme; readonly icon: 'system' | 'sun' | 'moon'; readonly label: string }>> = {
  system: { next: 'light', icon: 'system', label: 'Theme: as the system' },
  light: { next: 'dark', icon: 'sun', label: 'Theme: light' },
  dark: { next: 'system', icon: 'moon', label: 'Theme: dark' },
};

export function Header() {
  const app = useApp();
  const theme = themes[useSetting(themeSetting)];
  const history = useStore(app.workspace, (state) => state.history);
  const lastChange = history.past.at(-1);
  const nextChange = history.future[0];
  return (
    <header className={styles.header}>
      <a className={styles.logo} href="#/table">
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
          <path d="M2 3.5 8.2 2v14L2 14.500Z" fill="currentColor" />
          <path d="M9.8 2 16 3.500v11L9.8 16Z" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
        Diptych
      </a>
      <WorkspaceMenu />
      <span className={styles.space} />
      <FollowingButton />
      <Menu
        align="end"
        items={[
          { label: 'Open folder…', icon: 'folder', keys: 'mod+o', onPick: () => openPicker(app, 'folder') },
          { label: 'Open files…', icon: 'file', keys: 'shift+mod+o', onPick: () => openPicker(app, 'file') },
          { label: 'Try the samples', icon: 'play', onPick: () => importSamples(app) },
          ...(app.capabilities.sourceState
            ? [{ label: 'Refresh and follow…', icon: 'refresh' as const, onPick: () => app.session.setState({ overlay: 'sources' }) }]
            : []),
        ]}
      >
        <Button icon="plus" size="s">
          Add runs
        </Button>
      </Menu>
      <span className={styles.gap} />
      <IconButton
        icon="undo"
        label={lastChange ? `Undo ${lastChange.label}` : 'Nothing to undo'}
        keys="mod+z"
        disabled={!lastChange}
        onClick={() => app.workspace.getState().undo()}
      />
      <IconButton
        icon="redo"
        label={nextChange ? `Redo ${nextChange.label}` : 'Nothing to redo'}
        keys="shift+mod+z"
        disabled={!nextChange}
        onClick={() => app.workspace.getState().redo()}
      />
      <IconButton icon="command" label="All commands" keys="mod+k" onClick={() => app.session.setState({ overlay: 'palette' })} />
      <IconButton icon="settings" label="Settings" keys="mod+," onClick={() => app.session.setState({ overlay: 'settings', setting: null })} />
      <IconButton icon={theme.icon} label={theme.label} onClick={() => app.settings.setState(choose(themeSetting, theme.next))} />
    </header>
  );
}

/** Says that something is being followed, and leads to where it can be stopped. */
function FollowingButton() {
  const app = useApp();
  const following = useSources((state) => state.list.filter((source) => source.following !== null).length);
  const gone = useSources((state) => state.list.filter((source) => source.following?.look?.state === 'gone').length);
  if (following === 0) return null;
  return (
    <Button size="s" kind="ghost" onClick={() => app.session.setState({ overlay: 'sources' })}>
      <span className={styles.live} data-gone={gone > 0} />
      Following {counted(following, 'source')}
      {gone > 0 && (gone === following ? ', not there now' : `, ${gone} not there now`)}
    </Button>
  );
}
