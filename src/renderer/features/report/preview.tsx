// The report as one long sheet, at once: its own markup and style, in a shadow root so that neither touches the app.

import { useEffect, useRef } from 'react';
import type { ReportDocument } from '../../../core/report/document';
import { sheetOf } from '../../../core/report/page-setup';
import { bodyOf, styleOf } from './render';
import styles from './report.module.css';

export function Draft({ document }: { readonly document: ReportDocument }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styleOf(document));
    root.adoptedStyleSheets = [sheet];
    // Markup made by our own renderer, which escapes all text of runs and notes (core/report/escape.ts).
    root.innerHTML = bodyOf(document);
  }, [document]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard
    <section className={styles.preview} aria-label="Preview" tabIndex={0}>
      <div ref={host} className={styles.paper} style={{ width: `${sheetOf(document.page, document.page.orientation).width}mm` }} />
    </section>
  );
}
