// One item of media, whatever its form; what is not there is told.

import { useMemo } from 'react';
import type { Media, MediaForm, MediaItem } from '../../core/model/media';
import type { Run } from '../../core/model/run';
import { bytesText } from '../../core/view/format';
import { saveFile } from '../state/save';
import { Button } from '../widgets/button';
import { Confusion, Curve, Histogram, Plotly } from './forms';
import styles from './media.module.css';
import { Picture } from './picture';
import { Player } from './player';
import { TableView } from './table-view';
import { TextView } from './text-view';
import { useBytes } from './use-bytes';
import type { Zoomed } from './zoom';

export interface ItemProps {
  readonly run: Run;
  readonly media: Media;
  readonly item: MediaItem;
  /** What it is, for those who do not see it: `val/examples at step 95`. */
  readonly title: string;
  /** Shows a picture from near. */
  readonly onZoom: (zoomed: Zoomed) => void;
}

export function ItemView(props: ItemProps) {
  const { item, title } = props;
  return (
    <figure className={styles.item} aria-label={title}>
      {item.content === null ? <NotKept item={item} /> : <Loaded {...props} path={item.content} />}
      {item.caption !== null && item.caption !== '' && <figcaption className={styles.caption}>{item.caption}</figcaption>}
    </figure>
  );
}

const words: Readonly<Record<MediaForm, string>> = {
  image: 'picture',
  audio: 'sound',
  video: 'film',
  text: 'text',
  html: 'page',
  table: 'table',
  histogram: 'histogram',
  confusion: 'confusion matrix',
  curve: 'curve',
  figure: 'figure',
  file: 'file',
};

function NotKept({ item }: { readonly item: MediaItem }) {
  return (
    <p className={styles.absent}>
      The {words[item.form]} was logged, but its bytes were not there or not kept at import{item.size === null ? '' : ` (${bytesText(item.size)})`}.
    </p>
  );
}

function Loaded({ path, ...props }: ItemProps & { readonly path: string }) {
  const content = useBytes(props.run, path);
  switch (content.kind) {
    case 'loading':
      return <div className={styles.waiting} />;
    case 'absent':
      return <NotKept item={props.item} />;
    case 'failed':
      return <p className={styles.absent}>It could not be read: {content.message}</p>;
    case 'ready':
      return <Shown {...props} bytes={content.bytes} />;
  }
}

interface ShownProps extends ItemProps {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

function Shown(props: ShownProps) {
  const { run, media, item, bytes, title, onZoom } = props;
  switch (item.form) {
    case 'image':
      return <Picture bytes={bytes} type={item.type} title={item.caption || title} onZoom={() => onZoom({ run, media, item })} />;
    case 'audio':
    case 'video':
      return <Player kind={item.form} bytes={bytes} type={item.type} title={title} />;
    case 'text':
      return <TextView bytes={bytes} />;
    case 'html':
      return <TextView bytes={bytes} note="A page is shown as its source: nothing in it runs here." />;
    case 'table':
      return <TableView run={run} media={media} bytes={bytes} title={title} onZoom={onZoom} />;
    case 'histogram':
      return <Histogram bytes={bytes} title={title} />;
    case 'confusion':
      return <Confusion bytes={bytes} title={title} />;
    case 'curve':
      return <Curve bytes={bytes} title={title} />;
    case 'figure':
      return <Plotly bytes={bytes} title={title} />;
    case 'file':
      return <AnyFile {...props} />;
  }
}

/** A file that is not rendered: text is shown as text, and all can be saved. */
function AnyFile({ item, bytes, title }: ShownProps) {
  const isText = useMemo(() => /^text\/|[/+](?:json|xml)\b/.test(item.type), [item.type]);
  const name = item.content?.split('/').at(-1) ?? title;
  return (
    <div className={styles.file}>
      {isText && <TextView bytes={bytes} note="It is shown as its source." />}
      <p className={styles.muted}>
        {item.type}, {bytesText(bytes.length)}
      </p>
      <Button size="s" icon="download" onClick={() => saveFile(name, bytes, 'application/octet-stream')}>
        Save
      </Button>
    </div>
  );
}
