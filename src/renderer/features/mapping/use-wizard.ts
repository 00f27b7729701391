// The state of the wizard: what is unknown, the draft of a mapping file, and what it would give. The latest draft is the one that is shown.

import { useEffect, useMemo, useState } from 'react';
import type { MappingCheck, Survey } from '../../../core/ingest/survey';
import type { Mapping, MappingDocument } from '../../../core/mapping/mapping';
import { parseMapping } from '../../../core/mapping/parse';
import { mappingText } from '../../../core/mapping/write';
import { useApp } from '../../state/app';
import type { MappingTarget } from '../../state/mapping-actions';

/** While somebody types, nothing is asked. */
const pauseMs = 250;

export interface Wizard {
  readonly survey: Survey | null;
  /** What the draft gives; that of an earlier draft while `busy`. */
  readonly check: MappingCheck | null;
  readonly busy: boolean;
  readonly failure: string | null;
  /** The draft as a mapping file. */
  readonly text: string;
  /** The draft by parts; null while the text that was typed is no mapping file. */
  readonly document: MappingDocument | null;
  setText(text: string): void;
  setMappings(mappings: readonly Mapping[]): void;
}

/** The wizard for one target; give the target as a key, so that another begins anew. */
export function useWizard(target: MappingTarget): Wizard {
  const app = useApp();
  const [survey, setSurvey] = useState<Survey | null>(null);
  const [draft, setDraft] = useState<{ readonly text: string; readonly document: MappingDocument | null } | null>(null);
  const [shown, setShown] = useState<{ readonly text: string; readonly check: MappingCheck } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const text = draft?.text ?? null;

  useEffect(() => {
    const stop = new AbortController();
    const end = app.idle.begin('survey');
    target
      .ask(null, stop.signal)
      .then(({ survey: found, check }) => {
        if (!found) return;
        setSurvey(found);
        setShown({ text: found.proposal, check });
        setDraft(draftOf(target.remembered ?? found.proposal));
      })
      .catch((error: unknown) => tell(error, stop.signal, setFailure))
      .finally(end);
    return () => stop.abort(new Error('closed'));
  }, [app, target]);

  useEffect(() => {
    if (text === null || text === shown?.text) return;
    const stop = new AbortController();
    const end = app.idle.begin('preview');
    const timer = setTimeout(() => {
      target
        .ask(text, stop.signal)
        .then(({ check }) => {
          setFailure(null);
          setShown({ text, check });
        })
        .catch((error: unknown) => tell(error, stop.signal, setFailure))
        .finally(end);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort(new Error('another draft'));
      end();
    };
  }, [app, target, text, shown]);

  return useMemo(
    () => ({
      survey,
      check: shown?.check ?? null,
      busy: failure === null && (text === null || text !== shown?.text),
      failure,
      text: text ?? '',
      document: draft?.document ?? null,
      setText: (next) => setDraft(draftOf(next)),
      setMappings: (mappings) => setDraft({ text: mappingText({ mappings }), document: { mappings } }),
    }),
    [survey, shown, failure, text, draft],
  );
}

/** What is left aside while parsing would be lost in the form: then only the text is edited. */
function draftOf(text: string): { readonly text: string; readonly document: MappingDocument | null } {
  const { document, issues } = parseMapping(text);
  return { text, document: issues.length === 0 ? document : null };
}

function tell(error: unknown, signal: AbortSignal, show: (message: string) => void): void {
  if (!signal.aborted) show(error instanceof Error ? error.message : String(error));
}
