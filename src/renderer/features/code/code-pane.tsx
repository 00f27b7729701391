// A file with findings in its margin, read only: CodeMirror with Python highlighting, in a shadow tree because the page's policy allows no style elements.

import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import type { CodeSheet } from '../../../core/view/code-sheet';
import styles from './code.module.css';
import { extensionsOf, type Mark, reveal } from './code-extensions';

export type { Mark } from './code-extensions';

export interface PaneHandle {
  /** Puts the keyboard into the code. */
  focus(): void;
}

interface Props {
  readonly file: string;
  readonly sheet: CodeSheet;
  readonly marks: readonly Mark[];
  /** Lines of the sheet that the open finding is about. */
  readonly line: number;
  readonly endLine: number;
  readonly onMark: (key: string) => void;
  readonly handle?: RefObject<PaneHandle | null>;
  /** Escape: out of the code. */
  readonly onLeave?: () => void;
}

export default function CodePane({ file, sheet, marks, line, endLine, onMark, handle, onLeave }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const tell = useRef(onMark);
  tell.current = onMark;
  useImperativeHandle(handle, () => ({ focus: () => view.current?.focus() }), []);

  useEffect(() => {
    const host = place.current;
    if (!host) return;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const made = new EditorView({
      state: EditorState.create({ doc: sheet.text, extensions: extensionsOf(file, sheet, marks, (key) => tell.current(key)) }),
      parent: root,
      root,
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [file, sheet, marks]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new view has to be led to the line as well
  useEffect(() => {
    if (view.current) reveal(view.current, line, endLine);
  }, [line, endLine, file, sheet, marks]);

  return (
    <figure className={styles.pane} aria-label={`Code of ${file}`} onKeyDown={(event) => event.key === 'Escape' && onLeave?.()}>
      <figcaption className={styles.fileName} title={file}>
        {file}
      </figcaption>
      <div ref={place} className={styles.editor} />
    </figure>
  );
}
