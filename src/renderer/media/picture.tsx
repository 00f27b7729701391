// A picture: sharp pixels where it is small, and a word where it cannot be decoded.

import { useEffect, useRef, useState } from 'react';
import { useApp } from '../state/app';
import { cx } from '../widgets/class-names';
import styles from './media.module.css';
import { useObjectUrl } from './use-object-url';

interface Props {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly title: string;
  readonly onZoom?: (() => void) | undefined;
  readonly onSize?: (width: number, height: number) => void;
  /** Pixels of the screen for one of the picture; fitted to its place when left out. */
  readonly scale?: number | undefined;
}

/** Smaller pictures are enlarged pixel by pixel: blurred, a digit of 8×8 says nothing. */
const smallest = 128;

export function Picture({ bytes, type, title, onZoom, onSize, scale }: Props) {
  const { idle } = useApp();
  const url = useObjectUrl(bytes, type);
  const decoded = useRef<() => void>(undefined);
  useEffect(() => {
    if (url === null) return;
    decoded.current = idle.begin('picture');
    return decoded.current;
  }, [idle, url]);
  const [size, setSize] = useState<{ readonly width: number; readonly height: number } | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  if (url === null) return <div className={styles.waiting} />;
  if (broken === url) return <p className={styles.absent}>This picture cannot be decoded ({type}).</p>;
  const sharp = size !== null && (scale ?? 0) >= 2 ? true : size !== null && Math.max(size.width, size.height) <= smallest;
  const image = (
    <img
      src={url}
      alt={title}
      decoding="async"
      className={cx(styles.picture, sharp && styles.sharp, scale !== undefined && styles.scaled)}
      style={scale === undefined || size === null ? undefined : { width: size.width * scale, height: size.height * scale }}
      onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
        decoded.current?.();
        setSize({ width, height });
        onSize?.(width, height);
      }}
      onError={() => {
        decoded.current?.();
        setBroken(url);
      }}
    />
  );
  return onZoom ? (
    <button type="button" className={styles.zoomable} aria-label={`Enlarge: ${title}`} onClick={onZoom}>
      {image}
    </button>
  ) : (
    image
  );
}
