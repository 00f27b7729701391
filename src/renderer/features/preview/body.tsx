// The inside of a preview: picture, table, patch or text, and a word where the bytes were not kept.

import { useEffect, useMemo, useRef, useState } from 'react';
import { imageMime, jsonPreview, lineOf, linesShown, previewKind, type TextPreview, tablePreview, textPreview } from '../../../core/view/preview';
import { useContent } from '../../queries/use-content';
import type { FilePreview } from '../../state/session';
import { cx } from '../../widgets/class-names';
import { Failed, Loading } from '../../widgets/states';
import styles from './preview.module.css';

export function FilePreviewBody({ preview, size }: { readonly preview: FilePreview; readonly size: number | null }) {
  const content = useContent(preview.run, preview.path);
  switch (content.kind) {
    case 'loading':
      return <Loading text="Opening…" />;
    case 'failed':
      return <Failed title="The file could not be opened" message={content.message} />;
    case 'absent':
      return <Absent preview={preview} size={size} />;
    case 'ready':
      return <Bytes path={preview.path} bytes={content.bytes} line={lineOf(preview.where)} />;
  }
}

function Absent({ preview, size }: { readonly preview: FilePreview; readonly size: number | null }) {
  return (
    <div className={styles.absent}>
      {preview.value !== undefined && (
        <>
          <p className={styles.where}>{preview.where ?? 'value'}</p>
          <pre className={styles.value}>{preview.value}</pre>
        </>
      )}
      <p className={styles.muted}>
        The file itself was not copied at import{size === null ? '' : ` (${size.toLocaleString()} bytes)`}: only small texts and pictures are. It lies where it
        was imported from.
      </p>
    </div>
  );
}

interface BytesProps {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly line: number | null;
}

function Bytes({ path, bytes, line }: BytesProps) {
  switch (previewKind(path)) {
    case 'image':
      return <Picture path={path} bytes={bytes} />;
    case 'table':
      return <Table preview={textPreview(bytes)} />;
    case 'json':
      return <Text preview={jsonPreview(bytes)} line={line} />;
    case 'patch':
      return <Text preview={textPreview(bytes)} line={line} patch />;
    default:
      return <Text preview={textPreview(bytes)} line={line} />;
  }
}

function Picture({ path, bytes }: { readonly path: string; readonly bytes: Uint8Array<ArrayBuffer> }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: imageMime(path) }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [path, bytes]);
  return url ? <img src={url} alt={path} className={styles.picture} /> : null;
}

function Text({ preview, line, patch }: { readonly preview: TextPreview; readonly line: number | null; readonly patch?: boolean }) {
  const marked = useRef<HTMLLIElement>(null);
  useEffect(() => marked.current?.scrollIntoView({ block: 'center' }), []);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard */}
      <ol className={styles.text} tabIndex={0}>
        {preview.lines.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file never move
          <li key={index} ref={line === index + 1 ? marked : undefined} className={cx(line === index + 1 && styles.marked, patch && patchClass(text))}>
            {text === '' ? ' ' : text}
          </li>
        ))}
      </ol>
      <Remarks preview={preview} />
    </>
  );
}

function patchClass(line: string): string | undefined {
  if (line.startsWith('+++') || line.startsWith('---') || line.startsWith('diff ')) return styles.file;
  if (line.startsWith('+')) return styles.added;
  if (line.startsWith('-')) return styles.removed;
  return line.startsWith('@@') ? styles.hunk : undefined;
}

function Table({ preview }: { readonly preview: TextPreview }) {
  const [head, ...rows] = useMemo(() => tablePreview(preview), [preview]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard */}
      <div className={styles.table} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {head?.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file never move
                <th key={index} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file never move
              <tr key={index}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file never move
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Remarks preview={preview} />
    </>
  );
}

function Remarks({ preview }: { readonly preview: TextPreview }) {
  if (preview.more === 0 && !preview.bad) return null;
  return (
    <p className={styles.muted}>
      {preview.more > 0 && `The first ${linesShown.toLocaleString()} lines are shown, ${preview.more.toLocaleString()} more are kept. `}
      {preview.bad && 'Some bytes are not valid UTF-8 and are shown as �.'}
    </p>
  );
}
