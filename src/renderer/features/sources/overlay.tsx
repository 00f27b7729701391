// The dialog of sources: how each stands, refresh, follow.

import { useEffect, useState } from 'react';
import { isoText } from '../../../core/view/format';
import type { OverlayModule } from '../../registry/overlays';
import { useApp, useSession, useSources } from '../../state/app';
import type { SourceState } from '../../state/sources';
import { Button, IconButton } from '../../widgets/button';
import { Dialog } from '../../widgets/dialog';
import { Icon } from '../../widgets/icon';
import { Empty } from '../../widgets/states';
import { agoText, sourceText } from './source-text';
import styles from './sources.module.css';

function SourcesOverlay() {
  const open = useSession((state) => state.overlay === 'sources');
  return open ? <SourcesDialog /> : null;
}

/** How sources stand is asked anew this often while the dialog is open. */
const lookMs = 10_000;

function SourcesDialog() {
  const app = useApp();
  const { sources, capabilities } = app;
  const list = useSources((state) => state.list);
  useEffect(() => {
    const look = (): void => void sources.look();
    look();
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, [sources]);
  const now = useSeconds();
  return (
    <Dialog open onClose={() => app.session.setState({ overlay: null })} title="Sources" width="l">
      {!capabilities.sourceState ? (
        <Empty icon="info" title="Dropped files are read once">
          A browser hands a dropped folder over as it is. To refresh or follow it, open it in the desktop app, or start <code>diptych serve FOLDER</code>.
        </Empty>
      ) : list.length === 0 ? (
        <Empty icon="folder" title="Nothing was read from disk yet">
          Folders and files that you open, and trackers and buckets that you connect to, are listed here.
        </Empty>
      ) : (
        <ul className={styles.list}>
          {list.map((source) => (
            <Row key={source.ref.id} source={source} now={now} />
          ))}
        </ul>
      )}
      <p className={styles.note}>
        Refresh reads only what changed. Follow reads on while a training writes: TensorBoard, .wandb, MLflow metric files, CSV and JSON lines from where they
        ended; other formats are read anew when their files change, runs of a tracker when it tells something new of them. In a bucket an object is new when its
        ETag is.
      </p>
    </Dialog>
  );
}

function Row({ source, now }: { readonly source: SourceState; readonly now: number }) {
  const { sources, capabilities } = useApp();
  const { ref, following, refreshing, standing, readAtMs } = source;
  const { text, tone } = sourceText(source, now);
  const isRemote = ref.kind === 'tracker' || ref.kind === 'bucket';
  return (
    <li className={styles.row}>
      <Icon name={ref.kind === 'tracker' || ref.kind === 'bucket' ? 'download' : ref.kind} size={14} />
      <div className={styles.what}>
        <span className={styles.label} title={ref.path}>
          {ref.label} <span className={styles.path}>{ref.path}</span>
        </span>
        <span className={styles.standing}>
          <span className={styles.dot} data-tone={tone} />
          <span data-standing={following ? 'following' : standing}>{text}</span>
          <time className={styles.path} dateTime={isoText(readAtMs)} title={isoText(readAtMs)}>
            read {agoText(Math.max(0, now - readAtMs))}
          </time>
        </span>
      </div>
      <Button
        size="s"
        icon="refresh"
        disabled={following !== null || refreshing || (standing === 'gone' && !isRemote)}
        onClick={() => void sources.refresh(ref.id)}
      >
        Refresh
      </Button>
      {capabilities.followSource && (
        <Button
          size="s"
          icon={following ? 'minus' : 'play'}
          pressed={following !== null}
          onClick={() => (following ? sources.stop(ref.id) : void sources.follow(ref.id))}
        >
          {following ? 'Stop' : 'Follow'}
        </Button>
      )}
      <IconButton icon="close" size="s" label={`Take ${ref.label} off the list; its runs stay`} onClick={() => sources.forget(ref.id)} />
    </li>
  );
}

/** The time, once a second. */
function useSeconds(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export const overlay: OverlayModule = { meta: { id: 'sources' }, Component: SourcesOverlay };
