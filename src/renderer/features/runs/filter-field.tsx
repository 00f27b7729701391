// The query field: tells what is wrong and where, and completes names, comparisons and values.

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { fieldOf, readField } from '../../../core/view/fields';
import { valueText } from '../../../core/view/format';
import { type Completion, completeQuery, type Vocabulary } from '../../../core/view/query-complete';
import { columnsOf } from '../../../core/view/table-columns';
import type { RunListState } from '../../queries/use-run-list';
import { useRuns } from '../../queries/use-runs';
import { useChange, useWorkspace } from '../../state/app';
import { TextField } from '../../widgets/text-field';
import styles from './filter-field.module.css';

export function FilterField({ view, focus, onEmptied }: { readonly view: RunListState; readonly focus: boolean; readonly onEmptied: () => void }) {
  const change = useChange();
  const filter = useWorkspace((workspace) => workspace.filter);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const vocabulary = useVocabulary();
  const [completion, setCompletion] = useState<Completion | null>(null);
  const [at, setAt] = useState(-1);
  const shown = completion?.suggestions ?? [];

  // Opened to type; a filter that came by a click in the table leaves the focus there.
  useEffect(() => {
    if (focus) input.current?.focus();
  }, [focus]);

  const set = (text: string): void => change('filter', (now) => ({ ...now, filter: text }), { key: 'filter' });
  const suggest = (text: string, cursor: number): void => {
    setCompletion(completeQuery(text, cursor, vocabulary));
    setAt(-1);
  };
  const accept = (which: number): void => {
    const suggestion = shown[which];
    if (!completion || !suggestion) return;
    const text = `${filter.slice(0, completion.from)}${suggestion.text} ${filter.slice(completion.to).trimStart()}`;
    const cursor = completion.from + suggestion.text.length + 1;
    set(text);
    suggest(text, cursor);
    requestAnimationFrame(() => input.current?.setSelectionRange(cursor, cursor));
  };
  const key = (event: KeyboardEvent): void => {
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (move !== 0 && shown.length > 0) {
      event.preventDefault();
      setAt((at + move + shown.length) % shown.length);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && at >= 0) {
      event.preventDefault();
      accept(at);
    } else if (event.key === 'Tab' && shown.length > 0 && completion && completion.from < completion.to) {
      event.preventDefault();
      accept(0);
    } else if (event.key === 'Enter') {
      setCompletion(null);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (completion) setCompletion(null);
      else if (filter === '') onEmptied();
      else input.current?.blur();
    }
  };

  return (
    <div className={styles.filter}>
      <TextField
        label="Filter: metrics.loss < 0.2 and status = finished"
        icon="filter"
        mono
        inputRef={input}
        value={filter}
        wrong={view.problem !== null}
        onText={(text) => {
          set(text);
          suggest(text, input.current?.selectionStart ?? text.length);
        }}
        onKeyDown={key}
        onClick={(event) => suggest(filter, event.currentTarget.selectionStart ?? filter.length)}
        onBlur={() => setCompletion(null)}
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${list}-${at}` : undefined}
      />
      {view.problem && shown.length === 0 && (
        <p className={styles.problem} role="alert">
          <code>
            {filter.slice(Math.max(0, view.problem.from - 18), view.problem.from)}
            <mark>{filter.slice(view.problem.from, view.problem.to) || '␣'}</mark>
          </code>{' '}
          {view.problem.message}
        </p>
      )}
      {shown.length > 0 && (
        <div id={list} className={styles.list} role="listbox" aria-label="Suggestions">
          {shown.map((suggestion, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and its keys choose
            <div
              key={suggestion.text}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === at}
              className={styles.option}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => accept(index)}
            >
              <code>{suggestion.text}</code>
              <span>{suggestion.note}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** Names and values of the runs that are there. */
function useVocabulary(): Vocabulary {
  const runs = useRuns();
  const metrics = useWorkspace((workspace) => workspace.metrics);
  return useMemo(() => {
    let fields: readonly string[] | null = null;
    return {
      get fields() {
        fields ??= columnsOf(runs, metrics).map((column) => column.id);
        return fields;
      },
      values: (id) => {
        const field = fieldOf(id);
        if (!field || field.kind === 'metrics') return [];
        const counts = new Map<string, number>();
        for (const run of runs) {
          const cell = readField(run, field);
          if (cell === undefined) continue;
          const text = valueText(cell);
          if (text.length <= 120) counts.set(text, (counts.get(text) ?? 0) + 1);
        }
        return [...counts].sort((a, b) => b[1] - a[1]).map(([text]) => text);
      },
    };
  }, [runs, metrics]);
}
