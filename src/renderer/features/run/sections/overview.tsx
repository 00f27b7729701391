// What the run is: identity, place, notes, tags and final values.

import { type ReactNode, useMemo } from 'react';
import type { Run } from '../../../../core/model/run';
import { dateText, isoText } from '../../../../core/view/format';
import { originMark, sourcesText } from '../../../../core/view/origin-words';
import { trackerName } from '../../../../core/view/tracker-words';
import type { RunSection } from '../../../registry/sections';
import { useApp, useLibrary } from '../../../state/app';
import { NoteField } from '../../../words/note-field';
import { TagField } from '../../../words/tag-field';
import { KeyValues } from '../key-values';
import styles from '../run.module.css';

function Overview({ run }: { readonly run: Run }) {
  const own = useMemo(() => [run.id], [run.id]);
  return (
    <div className={styles.section}>
      <dl className={styles.facts}>
        <Item title="Experiment" text={run.experiment} />
        <Item title="Group" text={run.group} />
        <Item title="Job type" text={run.jobType} />
        <Item title="Parent" text={run.parent}>
          {run.parentId && <ParentLink run={run} />}
        </Item>
        <Item title="User" text={run.user} />
        <Item title="Status" text={run.nativeStatus ? `${run.status} (${run.nativeStatus})` : run.status} />
        <Item title="Started" text={run.startedMs === null ? null : dateText(run.startedMs)} hint={isoText(run.startedMs)} />
        <Item title="Ended" text={run.endedMs === null ? null : dateText(run.endedMs)} hint={isoText(run.endedMs)} />
        <Item title="Tracker’s id" text={run.nativeId} />
        <Item title="Diptych’s id" text={run.id} />
        <Item title="Read from" text={sourcesText(run) || trackerName(run.format)} />
        <Item title="Lay at" text={run.path} />
      </dl>
      <section>
        <h2>My note</h2>
        <NoteField key={run.id} run={run.id} />
      </section>
      <section>
        <h2>My tags</h2>
        <TagField runs={own} />
      </section>
      {run.notes && (
        <section>
          <h2>Notes in the tracker</h2>
          <p className={styles.notes}>{run.notes}</p>
        </section>
      )}
      {Object.keys(run.summary).length > 0 && (
        <section>
          <h2>Final values, as the tracker keeps them</h2>
          <KeyValues values={run.summary} what="final values" markOf={(name) => originMark(run, 'summary', name)} />
        </section>
      )}
      {Object.keys(run.tags).length > 0 && (
        <section>
          <h2>Tags in the tracker</h2>
          <KeyValues values={run.tags} what="tags" markOf={(name) => originMark(run, 'tags', name)} />
        </section>
      )}
    </div>
  );
}

interface ItemProps {
  readonly title: string;
  readonly text: string | null;
  readonly hint?: string | undefined;
  readonly children?: ReactNode;
}

function Item({ title, text, hint, children }: ItemProps) {
  return (
    <div>
      <dt>{title}</dt>
      <dd title={hint}>{children || (text ?? '–')}</dd>
    </div>
  );
}

function ParentLink({ run }: { readonly run: Run }) {
  const app = useApp();
  const parent = useLibrary((library) => (run.parentId ? library.runs.get(run.parentId) : undefined));
  if (!parent) return run.parent;
  return (
    <button type="button" className={styles.link} onClick={() => app.navigation.toRun(parent.id)}>
      {parent.name ?? parent.id}
    </button>
  );
}

export const section: RunSection = { meta: { id: 'overview', title: 'Overview', order: 10 }, Component: Overview };
