// The pages as they will be: the report's own markup and style, in a shadow root so that neither touches the app.

import { useEffect, useRef } from 'react';
import type { ReportDocument } from '../../../core/report/document';
import { reportCss } from '../../../core/report/page-style';
import { bodyOf } from './render';
import styles from './report.module.css';

const sheet = new CSSStyleSheet();
sheet.replaceSync(reportCss);

export function Preview({ document }: { readonly document: ReportDocument }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    // Markup made by our own renderer, which escapes all text of runs (core/report/escape.ts).
    root.innerHTML = bodyOf(document);
  }, [document]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard
    <section className={styles.preview} aria-label="Preview" tabIndex={0}>
      <div ref={host} className={styles.paper} />
    </section>
  );
}
