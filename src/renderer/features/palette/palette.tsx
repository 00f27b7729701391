// Ctrl/Cmd+K: every command, every run and every tab by a few letters.

import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import type { RunId } from '../../../core/base/units';
import { displayName } from '../../../core/model/run';
import { findByWords } from '../../../core/view/find-words';
import { commands } from '../../registry/commands';
import { type App, useApp, useRunStyle } from '../../state/app';
import { applyFilter } from '../../state/run-actions';
import { Dialog } from '../../widgets/dialog';
import { Icon } from '../../widgets/icon';
import { Keys } from '../../widgets/keys';
import { RunMark } from '../../widgets/run-mark';
import styles from './palette.module.css';

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly words: string;
  readonly keys: string | null;
  readonly run: RunId | null;
  readonly pick: () => void;
}

export function Palette() {
  const app = useApp();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const entries = useMemo(() => entriesOf(app), [app]);
  const found = useMemo(
    () =>
      findByWords(query === '' ? entries.filter((entry) => entry.run === null) : entries, query, (entry) => `${entry.title} ${entry.group} ${entry.words}`, 60),
    [entries, query],
  );
  const close = (): void => app.session.setState({ overlay: null });
  const pick = (entry: Entry | undefined): void => {
    if (!entry) return;
    close();
    entry.pick();
  };
  const go = (to: number): void => {
    const next = found.length === 0 ? 0 : (to + found.length) % found.length;
    setAt(next);
    scroller.current?.querySelector(`#${CSS.escape(`${list}-${next}`)}`)?.scrollIntoView({ block: 'nearest' });
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Enter') pick(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onClose={close} title="All commands" bare>
      <div className={styles.field}>
        <Icon name="search" />
        <input
          autoFocus
          className={styles.input}
          placeholder="What do you want to do, or which run?"
          aria-label="Find a command or a run"
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={found.length > 0 ? `${list}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={key}
        />
      </div>
      <div ref={scroller} id={list} role="listbox" aria-label="Commands and runs" className={styles.list}>
        {found.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and its keys choose
          <div
            key={entry.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.entry}
            onMouseMove={() => setAt(index)}
            onClick={() => pick(entry)}
          >
            {entry.run === null ? <span className={styles.group}>{entry.group}</span> : <RunEntryMark id={entry.run} />}
            <span className={styles.title}>{entry.title}</span>
            {entry.keys && <Keys keys={entry.keys} />}
          </div>
        ))}
        {found.length === 0 && <p className={styles.none}>Nothing is called that.</p>}
      </div>
    </Dialog>
  );
}

function RunEntryMark({ id }: { readonly id: RunId }) {
  return (
    <span className={styles.group}>
      <RunMark style={useRunStyle(id)} /> Run
    </span>
  );
}

function entriesOf(app: App): readonly Entry[] {
  const now = commands.filter((command) => command.id !== 'palette.open' && (command.enabled?.(app) ?? true));
  return [
    ...now.map(
      (command): Entry => ({
        id: command.id,
        title: command.title,
        group: command.group,
        words: command.words ?? '',
        keys: command.keys?.[0] ?? null,
        run: null,
        pick: () => command.run(app),
      }),
    ),
    ...app.workspace.getState().history.now.filters.map(
      (filter): Entry => ({
        id: `filter ${filter.id}`,
        title: filter.name,
        group: 'Filter',
        words: filter.query,
        keys: null,
        run: null,
        pick: () => applyFilter(app, filter),
      }),
    ),
    ...[...app.library.getState().runs.values()].map(
      (run): Entry => ({
        id: run.id,
        title: displayName(run),
        group: 'Run',
        words: `${run.experiment ?? ''} ${run.nativeId ?? ''}`,
        keys: null,
        run: run.id,
        pick: () => app.navigation.toRun(run.id),
      }),
    ),
  ];
}
