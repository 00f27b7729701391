// The Code tab: nothing yet, reading, failed, or the review with its parts.

import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { CodePlace } from '../../../core/setup/finding';
import { codeItems, itemAt } from '../../../core/view/code-list';
import { counted } from '../../../core/view/format';
import { useStatements } from '../../queries/use-statements';
import { useApp, usePlace, useSlice } from '../../state/app';
import type { CodeState, ReadyCode } from '../../state/code';
import { reviewOffer } from '../../state/code-actions';
import { openPicker, readRunsOfCode } from '../../state/import-actions';
import { Button } from '../../widgets/button';
import { Empty, Failed } from '../../widgets/states';
import { Aside } from './aside';
import styles from './code.module.css';
import { Coverage } from './coverage';
import { Findings } from './findings';
import { PartBar } from './part-bar';
import { type Part, parseSlice } from './slice';
import { FilesRead, Unanswered } from './unanswered';

export default function CodeView() {
  const app = useApp();
  const state = useStore(app.code.store);
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
      return <Reading label={state.label} of={state.of} done={state.done} all={state.all} />;
    case 'ready':
      return <Ready state={state} />;
  }
}

function Ready({ state }: { readonly state: ReadyCode }) {
  const app = useApp();
  const { label, code } = state;
  const [slice, change] = useSlice('code', parseSlice);
  const statements = useStatements();
  const [kind, ...place] = usePlace('code');
  const { items, aside } = useMemo(() => codeItems(code, statements), [code, statements]);
  useEffect(() => app.code.waive([...new Set(aside.flatMap(({ word }) => (word.kind === 'waiver' ? [word.waiver] : [])))]), [app, aside]);
  const line = kind === 'line' ? placeOf(place) : null;
  const atLine = line && itemAt(items, line, place[3] ?? null);
  // An address that names a finding or a line is about findings, whatever part was open last.
  const part = kind === 'finding' || kind === 'line' ? 'findings' : slice.part;
  const toPart = (next: Part): void => {
    app.navigation.setPlace('code');
    change('part of code', (before) => ({ ...before, part: next }), { undoable: false });
  };
  if (code.review.files.length === 0)
    return (
      <Empty
        icon="code"
        title="There is no Python here"
        actions={
          <>
            <AddCode />
            <Button icon="folder" onClick={() => readRunsOfCode(app, state.origin)}>
              Read it as runs
            </Button>
          </>
        }
      >
        {label} holds no <code>.py</code> file and no notebook that could be read
        {code.skipped.length > 0 && `; ${counted(code.skipped.length, 'file')} had to be left out, the first because ${code.skipped[0]?.reason}`}.
      </Empty>
    );
  return (
    <div className={styles.view}>
      <PartBar state={state} part={part} counts={{ findings: items.length, aside: aside.length }} onPart={toPart} />
      {part === 'findings' && (
        <Findings
          code={code}
          slice={slice}
          change={change}
          items={items}
          opened={atLine ? atLine.key : kind === 'finding' ? place.join('/') : null}
          line={line}
        />
      )}
      {part === 'coverage' && <Coverage code={code} />}
      {part === 'unanswered' && <Unanswered code={code} />}
      {part === 'aside' && <Aside code={code} aside={aside} />}
      {part === 'files' && <FilesRead code={code} />}
    </div>
  );
}

/** `train.py`, `12` and the cell of a notebook or `-`, as an address has them. */
function placeOf([file, line, cell]: readonly string[]): CodePlace | null {
  const at = Number(line);
  if (file === undefined || !Number.isInteger(at) || at < 1) return null;
  return { file, line: at, endLine: at, cell: cell === undefined || !/^\d+$/.test(cell) ? null : Number(cell) };
}

function NoCode() {
  const app = useApp();
  const offers = useStore(app.code.offers);
  return (
    <Empty
      icon="code"
      title="Drop your training project here"
      actions={
        <>
          <AddCode />
          {offers.map((offer) => (
            <Button key={offer.label} icon="code" onClick={() => reviewOffer(app, offer)}>
              {offer.label}, where runs came from
            </Button>
          ))}
        </>
      }
    >
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

function Reading({ label, of, done, all }: Pick<Extract<CodeState, { kind: 'reading' }>, 'label' | 'of' | 'done' | 'all'>) {
  const app = useApp();
  return (
    <Empty icon="code" title={`${of === 'files' ? 'Reading' : 'Judging'} ${label}`} actions={<Button onClick={app.code.close}>Cancel</Button>}>
      <span role="status">
        {all === 0
          ? 'Looking for Python…'
          : `${done.toLocaleString('en')} of ${counted(all, of === 'files' ? 'file' : 'rule')} ${of === 'files' ? 'parsed' : 'asked'}`}
      </span>
      <progress className={styles.progress} max={1} {...(all === 0 ? {} : { value: done / all })} aria-label={`Review of ${label}`} />
    </Empty>
  );
}
