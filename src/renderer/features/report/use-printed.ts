// The report as it comes out of the printer, made anew shortly after the last change; what was printed before stays until then.

import { useEffect, useState } from 'react';
import type { ReportDocument } from '../../../core/report/document';
import { useApp } from '../../state/app';
import { htmlOf } from './render';

export interface Printed {
  readonly document: ReportDocument;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly note: string | null;
}

export interface PrintState {
  /** The newest there is; null before the first. */
  readonly printed: Printed | null;
  readonly busy: boolean;
  readonly failure: string | null;
}

/** Longer than between two letters of a typed note. */
const restMs = 600;

/** @param document null while there is nothing to print, or nobody looks at pages */
export function usePrinted(document: ReportDocument | null): PrintState {
  const { capabilities, idle } = useApp();
  const { printPdf } = capabilities;
  const [state, setState] = useState<PrintState>({ printed: null, busy: false, failure: null });
  useEffect(() => {
    if (!document || !printPdf) return;
    const abort = new AbortController();
    setState((before) => ({ ...before, busy: true, failure: null }));
    const end = idle.begin('print preview');
    const timer = setTimeout(() => {
      printPdf(htmlOf(document), document.title, abort.signal)
        .then(({ bytes, note }) => {
          if (!abort.signal.aborted) setState({ printed: { document, bytes, note }, busy: false, failure: null });
        })
        .catch((error: unknown) => {
          if (!abort.signal.aborted) setState((before) => ({ ...before, busy: false, failure: error instanceof Error ? error.message : String(error) }));
        })
        .finally(end);
    }, restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
      end();
    };
  }, [document, printPdf, idle]);
  return state;
}
