// The Code tab: nothing yet, reading, failed, or the review with its parts.

import { useStore } from 'zustand';
import { counted } from '../../../core/view/format';
import { useApp, usePlace, useSlice } from '../../state/app';
import { openPicker } from '../../state/import-actions';
import { Button } from '../../widgets/button';
import { Empty, Failed } from '../../widgets/states';
import styles from './code.module.css';
import { Coverage } from './coverage';
import { Findings } from './findings';
import { PartBar } from './part-bar';
import { parseSlice } from './slice';
import { FilesRead, Unanswered } from './unanswered';

export default function CodeView() {
  const app = useApp();
  const state = useStore(app.code.store);
  const [slice, change] = useSlice('code', parseSlice);
  const [kind, rule, nth] = usePlace('code');
  switch (state.kind) {
    case 'none':
      return <NoCode />;
    case 'failed':
      return (
        <Failed
          title={`${state.label} could not be reviewed`}
          message={state.message}
          tip="Nothing was changed. Try a smaller folder, or the files alone."
          actions={<AddCode />}
        />
      );
    case 'reading':
      return <Reading label={state.label} done={state.done} all={state.all} />;
    case 'ready':
      if (state.code.review.files.length === 0)
        return (
          <Empty icon="code" title="There is no Python here" actions={<AddCode />}>
            {state.label} holds no `.py` file and no notebook that could be read
            {state.code.skipped.length > 0 &&
              `; ${counted(state.code.skipped.length, 'file')} had to be left out, the first because ${state.code.skipped[0]?.reason}`}
            .
          </Empty>
        );
      return (
        <div className={styles.view}>
          <PartBar state={state} part={slice.part} onPart={(part) => change('part of code', (before) => ({ ...before, part }), { undoable: false })} />
          {slice.part === 'findings' && <Findings code={state.code} slice={slice} change={change} opened={kind === 'finding' ? `${rule}/${nth ?? 0}` : null} />}
          {slice.part === 'coverage' && <Coverage code={state.code} />}
          {slice.part === 'unanswered' && <Unanswered code={state.code} />}
          {slice.part === 'files' && <FilesRead code={state.code} />}
        </div>
      );
  }
}

function NoCode() {
  return (
    <Empty icon="code" title="Drop your training project here" actions={<AddCode />}>
      A folder, a script or a notebook. It is read as text, here on this machine, and never run: what does the training store, and what will be missing when the
      results are compared? The code is kept in memory only and is gone when the window closes.
    </Empty>
  );
}

function AddCode() {
  const app = useApp();
  return (
    <>
      <Button kind="primary" icon="folder" onClick={() => openPicker(app, 'folder', 'code')}>
        Add code…
      </Button>
      <Button icon="file" onClick={() => openPicker(app, 'file', 'code')}>
        Single files…
      </Button>
    </>
  );
}

function Reading({ label, done, all }: { readonly label: string; readonly done: number; readonly all: number }) {
  const app = useApp();
  return (
    <Empty icon="code" title={`Reading ${label}`} actions={<Button onClick={app.code.close}>Cancel</Button>}>
      <span role="status">{all === 0 ? 'Looking for Python…' : `${done.toLocaleString('en')} of ${counted(all, 'file')} parsed`}</span>
      <progress className={styles.progress} max={1} {...(all === 0 ? {} : { value: done / all })} aria-label={`Review of ${label}`} />
    </Empty>
  );
}
