// A picture from near: enlarged by whole pixels, with the pictures before and after it by arrow.

import { useEffect, useState } from 'react';
import type { Media, MediaItem } from '../../core/model/media';
import type { Run } from '../../core/model/run';
import { displayName } from '../../core/model/run';
import { bytesText } from '../../core/view/format';
import { mediaTitle } from '../../core/view/media-steps';
import { saveFile } from '../state/save';
import { Button, IconButton } from '../widgets/button';
import { Dialog } from '../widgets/dialog';
import { Failed } from '../widgets/states';
import styles from './media.module.css';
import { Picture } from './picture';
import { stepText } from './step-slider';
import { useBytes } from './use-bytes';

/** The picture that is looked at. */
export interface Zoomed {
  readonly run: Run;
  readonly media: Media;
  readonly item: MediaItem;
}

const scales = [null, 1, 2, 4, 8] as const;

export function Zoom({ zoomed, onZoom }: { readonly zoomed: Zoomed | null; readonly onZoom: (zoomed: Zoomed | null) => void }) {
  if (!zoomed) return null;
  return (
    <Dialog open onClose={() => onZoom(null)} title={`${mediaTitle(zoomed.media)} · ${displayName(zoomed.run)}`} width="l">
      <Body zoomed={zoomed} onZoom={onZoom} />
    </Dialog>
  );
}

function Body({ zoomed, onZoom }: { readonly zoomed: Zoomed; readonly onZoom: (zoomed: Zoomed) => void }) {
  const { run, media, item } = zoomed;
  const pictures = (media.items ?? []).filter(({ form, content }) => form === 'image' && content !== null);
  const at = pictures.indexOf(item);
  const content = useBytes(run, item.content ?? '');
  const [scale, setScale] = useState<(typeof scales)[number]>(null);
  const [size, setSize] = useState<string | null>(null);
  const go = (to: number): void => {
    const next = pictures[to];
    if (next) onZoom({ run, media, item: next });
  };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'ArrowLeft') go(at - 1);
      else if (event.key === 'ArrowRight') go(at + 1);
      else return;
      event.preventDefault();
    };
    // The dialog keeps arrows to itself: they are heard before it.
    addEventListener('keydown', press, true);
    return () => removeEventListener('keydown', press, true);
  });
  return (
    <div className={styles.zoom}>
      <div className={styles.zoomBar} role="toolbar" aria-label="Picture">
        <IconButton icon="chevron-left" label="Picture before" keys="arrowleft" disabled={at <= 0} onClick={() => go(at - 1)} />
        <IconButton icon="chevron-right" label="Next picture" keys="arrowright" disabled={at >= pictures.length - 1} onClick={() => go(at + 1)} />
        <span className={styles.muted}>
          {[item.step === null ? 'no step' : `step ${stepText(item.step)}`, `${at + 1} of ${pictures.length}`, size ?? '', bytesText(item.size), item.type]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className={styles.space} />
        {scales.map((one) => (
          <Button key={one ?? 'fit'} size="s" kind="ghost" pressed={scale === one} onClick={() => setScale(one)}>
            {one === null ? 'Fit' : `${one}×`}
          </Button>
        ))}
        {content.kind === 'ready' && (
          <IconButton icon="download" label="Save" onClick={() => saveFile(item.content?.split('/').at(-1) ?? 'picture', content.bytes, item.type)} />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard */}
      <div className={styles.zoomStage} data-fit={scale === null || undefined} tabIndex={0}>
        {content.kind === 'ready' && (
          <Picture
            bytes={content.bytes}
            type={item.type}
            title={item.caption || mediaTitle(media)}
            scale={scale ?? undefined}
            onSize={(width, height) => setSize(`${width} × ${height} px`)}
          />
        )}
        {(content.kind === 'absent' || content.kind === 'failed') && <Failed title="The picture is not there" message="Its bytes were not kept at import." />}
      </div>
      {item.caption && <p>{item.caption}</p>}
    </div>
  );
}
