// The second step: which projects, and which of their runs.

import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { counted, dateText, isoText } from '../../../core/view/format';
import type { Connected, ListedProject, ListedTrackerRun, TrackerQuery } from '../../../wire/trackers';
import type { TrackerDoor } from '../../boot/capabilities';
import { Button } from '../../widgets/button';
import { Checkbox } from '../../widgets/checkbox';
import { Select } from '../../widgets/select';
import { Empty } from '../../widgets/states';
import { TextField } from '../../widgets/text-field';
import { type Choice, choiceOf, mostPicked } from './choice';
import styles from './connect.module.css';
import { PageList } from './page-list';
import { usePages } from './use-pages';

const ages = [
  { value: 'any', label: 'Any time', ms: null },
  { value: 'day', label: 'Last day', ms: 86_400_000 },
  { value: 'week', label: 'Last week', ms: 7 * 86_400_000 },
  { value: 'month', label: 'Last 30 days', ms: 30 * 86_400_000 },
] as const;
type Age = (typeof ages)[number]['value'];

/** Fewer projects are seen at a glance. */
const fewProjects = 8;

interface Props {
  readonly door: TrackerDoor;
  readonly connected: Connected;
  readonly onChoice: (choice: Choice | null) => void;
}

const named = (text: string, { id, name }: { readonly id: string; readonly name: string | null }): boolean =>
  (name || id).toLowerCase().includes(text.trim().toLowerCase());

export function Choose({ door, connected, onChoice }: Props) {
  const { connection, filterExample } = connected;
  const [projects, setProjects] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState('');
  const [asked, setAsked] = useState('');
  const [age, setAge] = useState<Age>('any');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [projectName, setProjectName] = useState('');
  const [runName, setRunName] = useState('');
  const projectPage = useCallback(
    (anew: boolean, signal: AbortSignal) => door.projects({ connection, anew }, signal).then(({ projects: items, more }) => ({ items, more })),
    [door, connection],
  );
  const listed = usePages<ListedProject>(projectPage, ({ id }) => id);
  const query = useMemo((): TrackerQuery => {
    const ms = ages.find(({ value }) => value === age)?.ms ?? null;
    return { projects: [...projects], filter: asked.trim() === '' ? null : asked, since: ms === null ? null : Date.now() - ms };
  }, [projects, asked, age]);
  const runPage = useMemo(
    () =>
      query.projects.length === 0
        ? null
        : (anew: boolean, signal: AbortSignal) => door.listRuns({ connection, query, anew }, signal).then(({ runs: items, more }) => ({ items, more })),
    [door, connection, query],
  );
  const runs = usePages<ListedTrackerRun>(runPage, ({ id, project }) => `${project}\0${id}`);
  const shownProjects = listed.items.filter((project) => projects.has(project.id) || named(projectName, project));
  const { items, more, failure } = runs;
  // Ten thousand rows may change places: typing goes first.
  const narrowing = useDeferredValue(runName);
  const shown = useMemo(() => items.filter((run) => named(narrowing, run)), [items, narrowing]);
  const names = useMemo(() => listed.items.flatMap(({ id, name }) => (query.projects.includes(id) ? [name || id] : [])), [listed.items, query]);
  const choice = useMemo(
    () => choiceOf({ query, names, picked, runs: { items, more, failure }, shown, isNarrowed: narrowing.trim() !== '' }),
    [query, names, picked, items, more, failure, shown, narrowing],
  );
  useEffect(() => onChoice(choice), [onChoice, choice]);

  const pick = (ids: readonly string[], on: boolean): void =>
    setPicked((before) => {
      const next = new Set(before);
      for (const id of ids) {
        if (!on) next.delete(id);
        else if (next.size < mostPicked) next.add(id);
      }
      return next;
    });
  const pickProject = (id: string, on: boolean): void => {
    setProjects((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
    setPicked(new Set());
  };
  const search = (text: string, when: Age): void => {
    setAsked(text);
    setAge(when);
    setPicked(new Set());
  };
  const pickedHere = shown.reduce((sum, { id }) => sum + (picked.has(id) ? 1 : 0), 0);

  return (
    <div className={styles.choose}>
      <section className={styles.projects} aria-label="Projects">
        {listed.items.length > fewProjects && (
          <TextField label="Projects whose name has" placeholder="Projects whose name has…" icon="search" value={projectName} onText={setProjectName} />
        )}
        <PageList pages={listed} shown={shownProjects.length} empty="No project may be read here." what="projects">
          {shownProjects.map(({ id, name, runs: count }) => (
            <li key={id} className={styles.entry}>
              <Checkbox
                label={name || id}
                checked={projects.has(id)}
                onChange={(on) => pickProject(id, on)}
                hint={count === null ? null : <span className={styles.note}>{count}</span>}
              />
            </li>
          ))}
        </PageList>
      </section>
      <section className={styles.runs} aria-label="Runs">
        <form
          className={styles.filter}
          onSubmit={(event) => {
            event.preventDefault();
            search(filter, age);
          }}
        >
          <TextField label="Filter, in the tracker's own language" placeholder={filterExample} icon="filter" mono value={filter} onText={setFilter} />
          <Select label="Started" value={age} options={ages} onPick={(next) => search(filter, next)} />
          <Button type="submit" disabled={filter === asked}>
            Search
          </Button>
        </form>
        {projects.size === 0 ? (
          <Empty icon="folder" title="Choose projects">
            Their runs are listed here. All that are found are read, unless you check some.
          </Empty>
        ) : (
          <>
            {items.length > 0 && (
              <div className={styles.narrow}>
                <Checkbox
                  label={`Check all ${shown.length} that are shown`}
                  bare
                  checked={pickedHere > 0 && pickedHere === shown.length}
                  mixed={pickedHere > 0 && pickedHere < shown.length}
                  disabled={shown.length === 0}
                  onChange={(on) =>
                    pick(
                      shown.map(({ id }) => id),
                      on,
                    )
                  }
                />
                <TextField label="Runs whose name has" placeholder="Of these, those whose name has…" icon="search" value={runName} onText={setRunName} />
              </div>
            )}
            <PageList pages={runs} shown={shown.length} empty="No run is like that." what="runs">
              {shown.map((run) => (
                <li key={`${run.project} ${run.id}`} className={styles.entry}>
                  <Checkbox label={run.name || run.id} checked={picked.has(run.id)} onChange={(on) => pick([run.id], on)} />
                  <span className={styles.note}>{run.status}</span>
                  {run.user && run.user !== 'unknown' && <span className={styles.note}>{run.user}</span>}
                  {run.startedMs !== null && (
                    <time className={styles.note} dateTime={isoText(run.startedMs)} title={isoText(run.startedMs)}>
                      {dateText(run.startedMs)}
                    </time>
                  )}
                </li>
              ))}
            </PageList>
            {picked.size >= mostPicked && <p className={styles.help}>No more than {counted(mostPicked, 'run')} can be checked: filter instead.</p>}
          </>
        )}
      </section>
    </div>
  );
}
