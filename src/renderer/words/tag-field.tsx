// Tags of one run or of several: those that are there, with how many have them, and a field that completes names that are in use.

import { useId, useMemo, useState } from 'react';
import type { RunId } from '../../core/base/units';
import { counted } from '../../core/view/format';
import { useChange, useLibrary, useWorkspace } from '../state/app';
import { addTag, removeTag } from '../state/workspace';
import { longestTag } from '../state/workspace-shape';
import { Button } from '../widgets/button';
import { cx } from '../widgets/class-names';
import { Icon } from '../widgets/icon';
import { TextField } from '../widgets/text-field';
import styles from './words.module.css';

export function TagField({ runs }: { readonly runs: readonly RunId[] }) {
  const change = useChange();
  const labels = useWorkspace((workspace) => workspace.labels);
  const [text, setText] = useState('');
  const list = useId();
  const shown = useMemo(() => {
    const counts = new Map<string, number>();
    for (const id of runs) for (const tag of labels.get(id) ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }, [runs, labels]);
  const known = useKnownTags();
  const add = (): void => {
    if (text.trim() === '') return;
    change('add tag', addTag(runs, text));
    setText('');
  };
  return (
    <div className={styles.tagField}>
      {shown.length > 0 && (
        <ul className={styles.tags} aria-label="My tags">
          {shown.map(([tag, count]) => (
            <li key={tag} className={styles.tag}>
              <span className={styles.tagText}>{tag}</span>
              {runs.length > 1 && (
                <span className={styles.count} title={`On ${counted(count, 'run')} of ${runs.length}`}>
                  {count}
                </span>
              )}
              <button type="button" className={styles.remove} aria-label={`Remove tag ${tag}`} onClick={() => change('remove tag', removeTag(runs, tag))}>
                <Icon name="close" size={10} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.add}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField label="Add a tag: good, or quality=good" value={text} onText={setText} list={list} maxLength={longestTag} className={styles.grow} />
        <datalist id={list}>
          {known.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        <Button size="s" type="submit" disabled={text.trim() === ''}>
          Add
        </Button>
      </form>
    </div>
  );
}

const mostKnown = 500;

/** Tags in use, the person's own first. */
function useKnownTags(): readonly string[] {
  const labels = useWorkspace((workspace) => workspace.labels);
  const library = useLibrary((state) => state.runs);
  return useMemo(() => {
    const own = new Set([...labels.values()].flat());
    const logged = new Set<string>();
    for (const run of library.values()) for (const [name, value] of Object.entries(run.tags)) if (value === true) logged.add(name);
    return [...new Set([...[...own].sort(), ...[...logged].sort()])].slice(0, mostKnown);
  }, [labels, library]);
}

/** Tags to read, in a line: some of them, and how many more there are. */
export function TagLine({ run, most }: { readonly run: RunId; readonly most: number }) {
  const tags = useWorkspace((workspace) => workspace.labels.get(run));
  if (!tags) return null;
  return (
    <span className={styles.line} title={tags.join(', ')}>
      {tags.slice(0, most).map((tag) => (
        <span key={tag} className={styles.small}>
          {tag}
        </span>
      ))}
      {tags.length > most && <span className={cx(styles.small, styles.more)}>+{tags.length - most}</span>}
    </span>
  );
}
