// A person's note, tags and look of one run, or tags on several. Opened by `session.words`.

import { displayName } from '../../../core/model/run';
import { counted } from '../../../core/view/format';
import type { OverlayModule } from '../../registry/overlays';
import { useApp, useLibrary, useSession } from '../../state/app';
import { Dialog } from '../../widgets/dialog';
import { NoteField } from '../../words/note-field';
import { TagField } from '../../words/tag-field';
import { LookField } from './look-field';
import styles from './words.module.css';

function Words() {
  const app = useApp();
  const open = useSession((state) => state.overlay === 'words');
  const runs = useSession((state) => state.words);
  const [first] = runs;
  const run = useLibrary((library) => (first === undefined ? undefined : library.runs.get(first)));
  if (!open || !run) return null;
  const one = runs.length === 1;
  return (
    <Dialog
      open
      onClose={() => app.session.setState({ overlay: null, words: [] })}
      title={one ? `Note, tags and look of ${displayName(run)}` : `Tags of ${counted(runs.length, 'run')}`}
    >
      <div className={styles.body}>
        {one && (
          <section>
            <h3>Note</h3>
            <NoteField key={run.id} run={run.id} focus />
          </section>
        )}
        <section>
          {one && <h3>Tags</h3>}
          <TagField runs={runs} />
        </section>
        {one && (
          <section>
            <h3>Colour and line</h3>
            <LookField run={run.id} />
          </section>
        )}
        <p className={styles.muted}>They belong to this workspace and stand beside what the tracker logged. A bundle takes them along.</p>
      </div>
    </Dialog>
  );
}

export const overlay: OverlayModule = { meta: { id: 'words' }, Component: Words };
