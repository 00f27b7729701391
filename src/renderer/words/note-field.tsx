// A note as plain text. Saved while it is written, a moment after the last key, and undone as one step.

import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { RunId } from '../../core/base/units';
import { useApp, useWorkspace } from '../state/app';
import { later } from '../state/later';
import { setNote } from '../state/workspace';
import { longestNote } from '../state/workspace-shape';
import styles from './words.module.css';

/** Mounted anew for another run (`key`). */
export function NoteField({ run, focus = false }: { readonly run: RunId; readonly focus?: boolean }) {
  const app = useApp();
  const stored = useWorkspace((workspace) => workspace.notes.get(run) ?? '');
  const [draft, setDraft] = useState<string | null>(null);
  const latest = useRef<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const hint = useId();

  const write = useCallback((): void => {
    if (latest.current !== null) app.workspace.getState().change('note', setNote(run, latest.current), { key: `note ${run}` });
    latest.current = null;
    setDraft(null);
  }, [app, run]);
  const timer = useMemo(() => later(app.idle, async () => write()), [app, write]);

  // Neither closing what it stands in nor leaving the page loses what was typed.
  useEffect(() => {
    const leave = (): void => {
      if (timer.cancel()) write();
    };
    addEventListener('pagehide', leave, { capture: true });
    return () => {
      removeEventListener('pagehide', leave, { capture: true });
      leave();
    };
  }, [timer, write]);
  useEffect(() => {
    if (focus) field.current?.focus();
  }, [focus]);

  return (
    <>
      <textarea
        ref={field}
        className={styles.note}
        aria-label="My note"
        aria-describedby={hint}
        placeholder="What should be known of this run?"
        rows={4}
        maxLength={longestNote}
        value={draft ?? stored}
        onChange={(event) => {
          latest.current = event.target.value;
          setDraft(event.target.value);
          timer.soon();
        }}
        onBlur={() => {
          if (timer.cancel()) write();
        }}
      />
      <p id={hint} className={styles.hint}>
        Plain text, saved as you type. Query: <code>note ~ /word/</code>
      </p>
    </>
  );
}
