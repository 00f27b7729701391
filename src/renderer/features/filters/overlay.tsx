// A dialog with the saved filters: the query that holds now can be kept, the others be used, changed and deleted.

import { useState } from 'react';
import { compileQuery } from '../../../core/view/query';
import type { OverlayModule } from '../../registry/overlays';
import { useApp, useChange, useSession, useWorkspace } from '../../state/app';
import { applyFilter } from '../../state/run-actions';
import { deleteFilter, saveFilter, setDefaultFilter } from '../../state/workspace';
import { longestName, type SavedFilter } from '../../state/workspace-shape';
import { Button, IconButton } from '../../widgets/button';
import { Dialog } from '../../widgets/dialog';
import { TextField } from '../../widgets/text-field';
import styles from './filters.module.css';

function Filters() {
  const app = useApp();
  const open = useSession((state) => state.overlay === 'filters');
  const filters = useWorkspace((workspace) => workspace.filters);
  if (!open) return null;
  return (
    <Dialog open onClose={() => app.session.setState({ overlay: null })} title="Saved filters" width="l">
      <div className={styles.body}>
        <SaveThis />
        {filters.length === 0 ? (
          <p className={styles.muted}>None is saved yet. They are part of the workspace, and of its file.</p>
        ) : (
          <ul className={styles.list}>
            {filters.map((filter) => (
              <FilterRow key={filter.id} filter={filter} />
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

function SaveThis() {
  const change = useChange();
  const query = useWorkspace((workspace) => workspace.filter);
  const known = useWorkspace((workspace) => workspace.filters.find((one) => one.query === workspace.filter));
  const [name, setName] = useState('');
  if (query.trim() === '') return <p className={styles.muted}>Filter the run list by a query ( / ) to keep it here under a name.</p>;
  if (known) return <p className={styles.muted}>The query that holds now is saved as {known.name}.</p>;
  return (
    <form
      className={styles.save}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return;
        change('save filter', saveFilter({ id: crypto.randomUUID(), name: name.trim(), query }));
        setName('');
      }}
    >
      <code className={styles.query} title={query}>
        {query}
      </code>
      <TextField label="Name of this filter" value={name} onText={setName} maxLength={longestName} autoFocus />
      <Button kind="primary" type="submit" disabled={name.trim() === ''}>
        Save
      </Button>
    </form>
  );
}

function FilterRow({ filter }: { readonly filter: SavedFilter }) {
  const app = useApp();
  const change = useChange();
  const isDefault = useWorkspace((workspace) => workspace.defaultFilter === filter.id);
  const compiled = compileQuery(filter.query);
  const problem = compiled.ok ? null : compiled.message;
  const set = (part: Partial<SavedFilter>): void => change('filter', saveFilter({ ...filter, ...part }), { key: `filter ${filter.id}` });
  return (
    <li className={styles.row}>
      <TextField
        label={`Name of ${filter.name}`}
        value={filter.name}
        maxLength={longestName}
        onText={(name) => {
          if (name !== '') set({ name });
        }}
      />
      <TextField label={`Query of ${filter.name}`} mono value={filter.query} wrong={problem !== null} onText={(query) => set({ query })} />
      <Button size="s" onClick={() => applyFilter(app, filter)}>
        Use
      </Button>
      <Button
        size="s"
        pressed={isDefault}
        title="Holds whenever this workspace is opened"
        onClick={() => change('default filter', setDefaultFilter(isDefault ? null : filter.id))}
      >
        Default
      </Button>
      <IconButton icon="trash" size="s" label={`Delete ${filter.name}`} onClick={() => change('delete filter', deleteFilter(filter.id))} />
      {problem && <p className={styles.problem}>{problem}</p>}
    </li>
  );
}

export const overlay: OverlayModule = { meta: { id: 'filters' }, Component: Filters };
