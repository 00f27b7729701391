// The second step: which projects, and which of their runs.

import { useCallback, useMemo, useState } from 'react';
import { counted, dateText, isoText } from '../../../core/view/format';
import type { Connected, ListedProject, ListedTrackerRun, TrackerQuery } from '../../../wire/trackers';
import type { TrackerDoor } from '../../boot/capabilities';
import { Button } from '../../widgets/button';
import { Checkbox } from '../../widgets/checkbox';
import { Select } from '../../widgets/select';
import { Empty, Failed, Loading } from '../../widgets/states';
import { TextField } from '../../widgets/text-field';
import styles from './connect.module.css';
import { type Pages, usePages } from './use-pages';

const ages = [
  { value: 'any', label: 'Any time', ms: null },
  { value: 'day', label: 'Last day', ms: 86_400_000 },
  { value: 'week', label: 'Last week', ms: 7 * 86_400_000 },
  { value: 'month', label: 'Last 30 days', ms: 30 * 86_400_000 },
] as const;
type Age = (typeof ages)[number]['value'];

function queryOf(projects: ReadonlySet<string>, filter: string, age: Age): TrackerQuery {
  const ms = ages.find(({ value }) => value === age)?.ms ?? null;
  return { projects: [...projects], filter: filter.trim() === '' ? null : filter, since: ms === null ? null : Date.now() - ms };
}

/** What is chosen so far; null while nothing is. `count` is null where the tracker has more than it has told. */
export interface Choice {
  readonly query: TrackerQuery;
  readonly names: readonly string[];
  readonly count: number | null;
}

interface Props {
  readonly door: TrackerDoor;
  readonly connected: Connected;
  readonly onChoice: (choice: Choice | null) => void;
}

export function Choose({ door, connected, onChoice }: Props) {
  const { connection, filterExample } = connected;
  const [projects, setProjects] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState('');
  const [asked, setAsked] = useState('');
  const [age, setAge] = useState<Age>('any');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const projectPage = useCallback(
    (anew: boolean, signal: AbortSignal) => door.projects({ connection, anew }, signal).then(({ projects: items, more }) => ({ items, more })),
    [door, connection],
  );
  const listed = usePages<ListedProject>(projectPage, ({ id }) => id);
  const query = useMemo(() => queryOf(projects, asked, age), [projects, asked, age]);
  const runPage = useMemo(
    () =>
      query.projects.length === 0
        ? null
        : (anew: boolean, signal: AbortSignal) => door.listRuns({ connection, query, anew }, signal).then(({ runs: items, more }) => ({ items, more })),
    [door, connection, query],
  );
  const runs = usePages<ListedTrackerRun>(runPage, ({ id, project }) => `${project}\0${id}`);

  const tell = (next: TrackerQuery, ids: ReadonlySet<string>): void => {
    const names = listed.items.flatMap(({ id, name }) => (next.projects.includes(id) ? [name] : []));
    if (names.length === 0) onChoice(null);
    else if (ids.size > 0) onChoice({ query: { ...next, filter: null, since: null, ids: [...ids] }, names, count: ids.size });
    else onChoice({ query: next, names, count: null });
  };
  const toggle = (set: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> => new Set(on ? [...set, id] : [...set].filter((one) => one !== id));
  const pickProject = (id: string, on: boolean): void => {
    const next = toggle(projects, id, on);
    setProjects(next);
    setPicked(new Set());
    tell(queryOf(next, asked, age), new Set());
  };
  const pickRun = (id: string, on: boolean): void => {
    const next = toggle(picked, id, on);
    setPicked(next);
    tell(query, next);
  };
  const search = (text: string, when: Age): void => {
    setAsked(text);
    setAge(when);
    setPicked(new Set());
    tell(queryOf(projects, text, when), new Set());
  };

  return (
    <div className={styles.choose}>
      <section className={styles.projects} aria-label="Projects">
        <PageList pages={listed} empty="No project may be read here." what="projects">
          {listed.items.map(({ id, name, runs: count }) => (
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
            Their runs are listed here. All that are listed are read unless you check some.
          </Empty>
        ) : (
          <PageList pages={runs} empty="No run is like that." what="runs">
            {runs.items.map((run) => (
              <li key={`${run.project} ${run.id}`} className={styles.entry}>
                <Checkbox label={run.name || run.id} checked={picked.has(run.id)} onChange={(on) => pickRun(run.id, on)} />
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
        )}
      </section>
    </div>
  );
}

interface PageListProps {
  readonly pages: Pages<unknown>;
  readonly empty: string;
  readonly what: string;
  readonly children: React.ReactNode;
}

function PageList({ pages: { items, more, loading, failure, next }, empty, what, children }: PageListProps) {
  if (failure && items.length === 0) return <Failed title={`The ${what} cannot be listed`} message={failure.message} tip={failure.tip} />;
  if (loading && items.length === 0) return <Loading text={`Asking for ${what}…`} />;
  if (items.length === 0) return <Empty title={empty} />;
  return (
    <ul className={styles.entries}>
      {children}
      <li className={styles.entry}>
        {failure ? (
          <span className={styles.bad} role="alert">
            {failure.message} {failure.tip}
          </span>
        ) : more ? (
          <Button size="s" disabled={loading} onClick={next}>
            {loading ? 'Asking…' : `More ${what}`}
          </Button>
        ) : (
          <span className={styles.note}>{counted(items.length, what.replace(/s$/, ''))}</span>
        )}
      </li>
    </ul>
  );
}
