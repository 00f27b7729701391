// Above the run list: experiment, search, filter, group, sort, and switches for all.

import { useMemo, useState } from 'react';
import { fieldOf, fieldTitle } from '../../../core/view/fields';
import { counted } from '../../../core/view/format';
import { groupableFields } from '../../../core/view/run-groups';
import { experimentsOf } from '../../../core/view/run-list';
import type { RunListState } from '../../queries/use-run-list';
import { useApp, useChange, useLibrary, useWorkspace } from '../../state/app';
import { applyFilter, toggleVisible } from '../../state/run-actions';
import { setChecked, showOnly } from '../../state/workspace';
import { IconButton } from '../../widgets/button';
import { Checkbox } from '../../widgets/checkbox';
import { Menu, type MenuItem } from '../../widgets/menu';
import { Select } from '../../widgets/select';
import { TextField } from '../../widgets/text-field';
import { FilterField } from './filter-field';
import { PairOffers } from './pair-offers';
import styles from './run-list.module.css';

const everything = '*';
const noExperiment = '';

export function ListTools({ view }: { readonly view: RunListState }) {
  const change = useChange();
  const search = useWorkspace((workspace) => workspace.search);
  const filter = useWorkspace((workspace) => workspace.filter);
  const [filterOpen, setFilterOpen] = useState(false);
  const showFilter = filterOpen || filter !== '';
  return (
    <header className={styles.tools}>
      <ExperimentPicker />
      <div className={styles.toolRow}>
        <TextField
          label="Search runs"
          icon="search"
          value={search}
          onText={(text) => change('search', (now) => ({ ...now, search: text }), { key: 'search' })}
          className={styles.search}
          data-search="runs"
        />
        <IconButton icon="filter" label="Filter by a query" keys="/" pressed={showFilter} onClick={() => setFilterOpen(!showFilter)} data-filter-toggle="" />
        <SavedFilters />
        <GroupMenu view={view} />
        <SortMenu />
      </div>
      {showFilter && <FilterField view={view} focus={filterOpen} onEmptied={() => setFilterOpen(false)} />}
      <PairOffers />
      <AllSwitches view={view} />
    </header>
  );
}

function ExperimentPicker() {
  const change = useChange();
  const runs = useLibrary((state) => state.runs);
  const experiment = useWorkspace((workspace) => workspace.experiment);
  const experiments = useMemo(() => experimentsOf([...runs.values()]), [runs]);
  const named = experiments.filter(({ name }) => name !== null);
  return (
    <Select
      label="Experiment"
      wide
      icon="folder"
      value={experiment ?? everything}
      options={[
        { value: everything, label: 'All experiments', note: String(runs.size) },
        ...named.map(({ name, count }) => ({ value: name ?? noExperiment, label: name ?? '', note: String(count) })),
      ]}
      onPick={(value) => change('experiment', (now) => ({ ...now, experiment: value === everything ? null : value }))}
    />
  );
}

function SavedFilters() {
  const app = useApp();
  const filters = useWorkspace((workspace) => workspace.filters);
  const query = useWorkspace((workspace) => workspace.filter);
  const now = filters.find((one) => one.query === query);
  const manage = (): void => app.session.setState({ overlay: 'filters' });
  const items = (): readonly MenuItem[] => [
    ...filters.map((one): MenuItem => ({ label: one.name, ...(one === now ? { icon: 'check' as const } : {}), onPick: () => applyFilter(app, one) })),
    ...(filters.length === 0 ? [] : [{ kind: 'line' as const }]),
    { label: 'Save this filter…', icon: 'star', disabled: query.trim() === '' || now !== undefined, onPick: manage },
    { label: 'All saved filters…', onPick: manage },
  ];
  return (
    <Menu items={items} align="end">
      <IconButton icon="star" label={now ? `Saved filter ${now.name}` : 'Saved filters'} pressed={now !== undefined && query !== ''} />
    </Menu>
  );
}

const short = 12;

function GroupMenu({ view }: { readonly view: RunListState }) {
  const change = useChange();
  const grouping = useWorkspace((workspace) => workspace.grouping);
  const chosen = grouping.kind === 'fields' ? grouping.fields : [];
  const items = (): readonly MenuItem[] => [
    {
      label: 'Not grouped',
      ...(grouping.kind === 'none' ? { icon: 'check' as const } : {}),
      onPick: () => change('group', (now) => ({ ...now, grouping: { kind: 'none' } })),
    },
    {
      label: 'By everything except the seed',
      ...(grouping.kind === 'all-but-seed' ? { icon: 'check' as const } : {}),
      onPick: () => change('group', (now) => ({ ...now, grouping: { kind: 'all-but-seed' } })),
    },
    { kind: 'heading', label: 'By one or more fields' },
    ...[...new Set([...chosen, ...groupableFields(view.matched).slice(0, short)])].map(
      (id): MenuItem => ({
        kind: 'check',
        label: titleOf(id),
        checked: chosen.includes(id),
        onChange: (on) =>
          change('group', (now) => {
            const next = on ? [...chosen, id] : chosen.filter((one) => one !== id);
            return { ...now, grouping: next.length === 0 ? { kind: 'none' } : { kind: 'fields', fields: next } };
          }),
      }),
    ),
  ];
  return (
    <Menu items={items} align="end">
      <IconButton icon="group" label={grouping.kind === 'none' ? 'Group runs' : 'Grouped'} pressed={grouping.kind !== 'none'} />
    </Menu>
  );
}

function titleOf(id: string): string {
  const field = fieldOf(id);
  return field ? `${fieldTitle(field)}${field.kind === 'params' ? '' : field.kind === 'tags' ? ' (tag)' : ''}` : id;
}

const sortable = ['attributes.started', 'attributes.name', 'attributes.duration', 'attributes.status', 'attributes.experiment', 'attributes.tracker'];

function SortMenu() {
  const change = useChange();
  const sort = useWorkspace((workspace) => workspace.sort);
  const [first] = sort;
  const items: readonly MenuItem[] = [
    { label: 'As imported', ...(sort.length === 0 ? { icon: 'check' as const } : {}), onPick: () => change('sort', (now) => ({ ...now, sort: [] })) },
    ...[...new Set([...(first ? [first.field] : []), ...sortable])].map((field): MenuItem => {
      const on = first?.field === field;
      return {
        label: titleOf(field),
        ...(on ? { icon: first.descending ? ('down' as const) : ('up' as const) } : {}),
        onPick: () => change('sort', (now) => ({ ...now, sort: [{ field, descending: on ? !first.descending : field === 'attributes.started' }] })),
      };
    }),
  ];
  return (
    <Menu items={items} align="end">
      <IconButton icon="sort" label={first ? `Sorted by ${titleOf(first.field)}` : 'Sort runs'} pressed={sort.length > 0} />
    </Menu>
  );
}

function AllSwitches({ view }: { readonly view: RunListState }) {
  const app = useApp();
  const change = useChange();
  const runs = useLibrary((state) => state.runs);
  const showsDeleted = useWorkspace((workspace) => workspace.deleted);
  const deleted = useMemo(() => [...runs.values()].filter((run) => run.deleted).length, [runs]);
  const total = runs.size - (showsDeleted ? 0 : deleted);
  const ids = useMemo(() => view.runs.map((run) => run.id), [view.runs]);
  const checked = useWorkspace((workspace) => workspace.checked);
  const visible = useWorkspace((workspace) => workspace.visible);
  const checkedCount = ids.reduce((sum, id) => sum + Number(checked.has(id)), 0);
  const visibleCount = ids.reduce((sum, id) => sum + Number(visible.has(id)), 0);
  return (
    <div className={styles.switches}>
      <Checkbox
        bare
        label="Check all runs in the list"
        checked={ids.length > 0 && checkedCount === ids.length}
        mixed={checkedCount > 0 && checkedCount < ids.length}
        onChange={(on) => change('check all', setChecked(ids, on), { undoable: false })}
      />
      <IconButton
        icon={visibleCount > 0 ? 'eye' : 'eye-off'}
        size="s"
        label={visibleCount > 0 ? 'Hide all from charts' : 'Show all in charts'}
        onClick={() => (visibleCount > 0 ? change('hide all', showOnly([])) : toggleVisible(app, ids))}
      />
      <span className={styles.summary}>
        {ids.length === total ? counted(total, 'run') : `${ids.length} of ${counted(total, 'run')}`}, {visibleCount} in charts
      </span>
      {deleted > 0 && (
        <button type="button" className={styles.deletedSwitch} onClick={() => change('deleted runs', (now) => ({ ...now, deleted: !now.deleted }))}>
          {showsDeleted ? 'hide deleted' : `${deleted} deleted`}
        </button>
      )}
    </div>
  );
}
