// The pages as they will be printed, one below the other; a page is drawn when it comes near.

import { useEffect, useRef, useState } from 'react';
import { useApp } from '../../state/app';
import { Loading } from '../../widgets/states';
import { type OpenPdf, openPdf } from './pdf-pages';
import styles from './report.module.css';

interface Props {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly title: string;
  readonly onPages: (pages: number) => void;
  readonly onFailed: (message: string) => void;
}

export function Pages({ bytes, title, onPages, onFailed }: Props) {
  const { idle } = useApp();
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  useEffect(() => {
    let gone = false;
    let opened: OpenPdf | null = null;
    idle
      .track('open pages', openPdf(bytes))
      .then((next) => {
        opened = next;
        if (gone) return next.close();
        setPdf(next);
        onPages(next.sizes.length);
      })
      .catch((error: unknown) => {
        if (!gone) onFailed(error instanceof Error ? error.message : String(error));
      });
    return () => {
      gone = true;
      // The pages that are on screen have been drawn; the next ones come with a document of their own.
      opened?.close();
    };
  }, [bytes, onPages, onFailed, idle]);
  if (!pdf) return <Loading text="Opening the pages…" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard
    <section className={styles.preview} aria-label={`Pages of ${title}`} tabIndex={0}>
      {pdf.sizes.map((size, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pages have no identity but their place
        <Page key={at} pdf={pdf} at={at} of={pdf.sizes.length} {...size} />
      ))}
    </section>
  );
}

interface PageProps {
  readonly pdf: OpenPdf;
  readonly at: number;
  readonly of: number;
  readonly width: number;
  readonly height: number;
}

function Page({ pdf, at, of, width, height }: PageProps) {
  const { idle } = useApp();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        seen.disconnect();
        const scale = ((element.clientWidth || width) / width) * Math.max(1.5, devicePixelRatio);
        // A document that was closed meanwhile draws nothing, and its successor is on its way.
        idle.track('page', pdf.draw(at, element, scale)).catch(() => {});
      },
      { root: element.parentElement, rootMargin: '800px' },
    );
    seen.observe(element);
    return () => seen.disconnect();
  }, [pdf, at, width, idle]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={`Page ${at + 1} of ${of}`}
      className={styles.page}
      // Both orientations at one scale: a landscape page is as much wider as it is on paper.
      style={{ aspectRatio: `${width} / ${height}`, width: `min(100%, ${Math.round((width * 96) / 72)}px)` }}
    />
  );
}
