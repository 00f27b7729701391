// A dialog with the bounds of imports: what a stranger's folder may ask of this machine.

import { defaultLimits, type Limits } from '../../../core/source/reader';
import type { OverlayModule } from '../../registry/overlays';
import { useApp, useSession, useSettings } from '../../state/app';
import { Button } from '../../widgets/button';
import { Dialog } from '../../widgets/dialog';
import { TextField } from '../../widgets/text-field';
import styles from './limits.module.css';

const megabyte = 1024 * 1024;

/** Which bounds are offered, in words, and in what unit. */
const offered: readonly { readonly name: keyof Limits; readonly title: string; readonly unit: number }[] = [
  { name: 'entries', title: 'Files and folders of one source', unit: 1 },
  { name: 'depth', title: 'Folders inside each other', unit: 1 },
  { name: 'fileBytes', title: 'One log or event file, MB', unit: megabyte },
  { name: 'wholeFileBytes', title: 'One file that is read whole (JSON, YAML, database), MB', unit: megabyte },
  { name: 'archiveBytes', title: 'All that an archive unpacks to, MB', unit: megabyte },
  { name: 'archiveRatio', title: 'Unpacked bytes per packed byte', unit: 1 },
  { name: 'pointsPerRun', title: 'Points of one run', unit: 1 },
  { name: 'seriesPerRun', title: 'Metrics of one run', unit: 1 },
  { name: 'contentBytes', title: 'One file kept for preview, MB', unit: megabyte },
  { name: 'mediaItems', title: 'Images, tables and the like of one name', unit: 1 },
  { name: 'mediaItemsPerRun', title: 'Images, tables and the like of one run', unit: 1 },
  { name: 'mediaItemBytes', title: 'One image, table or the like, MB', unit: megabyte },
  { name: 'mediaBytesPerRun', title: 'Images, tables and the like of one run, MB', unit: megabyte },
];

function LimitsOverlay() {
  const open = useSession((state) => state.overlay === 'limits');
  return open ? <LimitsDialog /> : null;
}

function LimitsDialog() {
  const app = useApp();
  const limits = useSettings((settings) => settings.limits);
  const set = (name: keyof Limits, text: string, unit: number): void => {
    const { [name]: _, ...others } = limits;
    const value = Number(text) * unit;
    app.settings.setState({ limits: text.trim() !== '' && Number.isFinite(value) && value > 0 ? { ...others, [name]: value } : others });
  };
  return (
    <Dialog
      open
      onClose={() => app.session.setState({ overlay: null })}
      title="Limits of imports"
      footer={
        <Button disabled={Object.keys(limits).length === 0} onClick={() => app.settings.setState({ limits: {} })}>
          All defaults
        </Button>
      }
    >
      <p className={styles.muted}>They hold for the next import. Where one is reached, the rest is left out and said.</p>
      <ul className={styles.list}>
        {offered.map(({ name, title, unit }) => (
          <li key={name}>
            <span>{title}</span>
            <TextField
              label={title}
              placeholder={String(defaultLimits[name] / unit)}
              inputMode="decimal"
              value={limits[name] === undefined ? '' : String(limits[name] / unit)}
              onText={(text) => set(name, text, unit)}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

export const overlay: OverlayModule = { meta: { id: 'limits' }, Component: LimitsOverlay };
