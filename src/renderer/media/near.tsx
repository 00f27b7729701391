// Draws its children only near the window's view: far away stands an empty box as high as they were.

import { type ReactNode, useEffect, useRef, useState } from 'react';

interface Props {
  /** Height in pixels before it was ever drawn. */
  readonly height: number;
  readonly className?: string | undefined;
  readonly children: () => ReactNode;
}

/** What scrolls the element: a margin counts only from there. Null for the window. */
function scrollerOf(element: Element): Element | null {
  for (let at = element.parentElement; at; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
}

/** How far beyond the view things are made ready. */
const margin = '600px';

export function Near({ height, className, children }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const last = useRef(height);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return;
        if (!entry.isIntersecting && entry.boundingClientRect.height > 0) last.current = entry.boundingClientRect.height;
        setNear(entry.isIntersecting);
      },
      { root: scrollerOf(element), rootMargin: margin },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={root} className={className} style={near ? undefined : { minHeight: last.current }}>
      {near && children()}
    </div>
  );
}
