// A card for each import: what is being found, how far it is, what could not be read and why.

import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Severity } from '../../../core/base/issues';
import { counted } from '../../../core/view/format';
import { useApp } from '../../state/app';
import { mayHoldCode, reviewOffer } from '../../state/code-actions';
import { openMapping } from '../../state/mapping-actions';
import { Button, IconButton } from '../../widgets/button';
import { Icon, type IconName } from '../../widgets/icon';
import type { ImportOrigin, ImportState } from '../../workers/importer';
import styles from './import.module.css';
import { importText } from './progress-text';

export function ImportPanel() {
  const { importer } = useApp();
  const imports = useStore(importer.store);
  if (imports.length === 0) return null;
  return (
    <section className={styles.panel} aria-label="Imports">
      {imports.map((state) => (
        <Card key={state.id} state={state} />
      ))}
    </section>
  );
}

function Card({ state }: { readonly state: ImportState }) {
  const app = useApp();
  const { importer } = app;
  const running = state.phase.kind === 'running';
  const now = useClock(running);
  const [open, setOpen] = useState(false);
  const { headline, details, share } = importText(state, now);
  const telling = countTelling(state);
  const quiet = state.phase.kind === 'done' && telling === 0 && (state.runs.length > 0 || state.refresh) && !open;
  useEffect(() => {
    if (!quiet) return;
    const timer = setTimeout(() => importer.dismiss(state.id), quietMs);
    return () => clearTimeout(timer);
  }, [quiet, importer, state.id]);
  return (
    <article className={styles.card}>
      <header className={styles.cardHead}>
        <span className={styles.cardIcon}>
          <PhaseIcon state={state} />
        </span>
        <div className={styles.cardText}>
          <strong className={styles.headline} role="status">
            {headline}
          </strong>
          <span className={styles.source}>{state.label}</span>
        </div>
        {running ? (
          <Button size="s" onClick={() => importer.cancel(state.id)}>
            Cancel
          </Button>
        ) : (
          <IconButton icon="close" label="Close" size="s" onClick={() => importer.dismiss(state.id)} />
        )}
      </header>
      {running && <progress className={styles.bar} max={1} {...(share === null ? {} : { value: share })} aria-label={`Import of ${state.label}`} />}
      {details.length > 0 && <p className={styles.details}>{details.join(' · ')}</p>}
      {state.phase.kind === 'failed' && (
        <p className={styles.failure}>
          {state.phase.message} {state.phase.tip}
        </p>
      )}
      {state.issues.length > 0 && (
        <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} size={12} />
          {counted(state.issues.length, 'note')} on what was read{telling > 0 && `, ${counted(telling, 'warning')}`}
        </button>
      )}
      {open && <IssueList issues={state.issues} />}
      {state.phase.kind === 'done' && state.origin && offersCode(state, state.origin) && <CodeOffer state={state} origin={state.origin} />}
      {!running && isUnknown(state) && (
        <div className={styles.unknown}>
          <p>Is it a log of your own? Say how its lines or columns are read, and it becomes runs like any other.</p>
          <Button size="s" kind="primary" onClick={() => openMapping(app, state.id)}>
            Tell Diptych how to read it
          </Button>
        </div>
      )}
    </article>
  );
}

function CodeOffer({ state, origin }: { readonly state: ImportState; readonly origin: ImportOrigin }) {
  const app = useApp();
  return (
    <div className={styles.offer}>
      <Button size="s" icon="code" onClick={() => reviewOffer(app, { origin, runs: state.runs })}>
        {state.runs.length > 0 ? 'Review the code beside the runs' : 'Review as training code'}
      </Button>
    </div>
  );
}

/** Beside runs only where Python was seen: a host tells what it reads, not what it left. */
const offersCode = ({ runs, refresh }: ImportState, origin: ImportOrigin): boolean =>
  !refresh && mayHoldCode(origin) && (origin.kind === 'drop' || runs.length === 0);

/** Nothing was known of what was given, and it can be read otherwise. */
const isUnknown = ({ origin, phase, runs, issues }: ImportState): boolean =>
  origin !== null && phase.kind === 'done' && (runs.length === 0 || issues.some(({ issue }) => issue.code === 'unrecognised'));

/** An import that went well goes by itself. */
const quietMs = 8000;

const countTelling = ({ issues }: ImportState): number => issues.filter(({ issue }) => issue.severity === 'critical' || issue.severity === 'warn').length;

const severityIcons: Readonly<Record<Severity, IconName>> = { critical: 'error', warn: 'warning', note: 'info', info: 'info' };
const severityWords: Readonly<Record<Severity, string>> = { critical: 'Error', warn: 'Warning', note: 'Note', info: 'For information' };
const ranks: Readonly<Record<Severity, number>> = { critical: 0, warn: 1, note: 2, info: 3 };
const shown = 200;

function IssueList({ issues }: Pick<ImportState, 'issues'>) {
  const sorted = issues.toSorted((a, b) => ranks[a.issue.severity] - ranks[b.issue.severity]);
  return (
    <ul className={styles.issues}>
      {sorted.slice(0, shown).map(({ issue, run }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: issues have no identity; the list is only ever made anew
        <li key={at} className={styles.issue} data-severity={issue.severity}>
          <Icon name={severityIcons[issue.severity]} size={14} label={severityWords[issue.severity]} />
          <div>
            <p>{issue.message}</p>
            <p className={styles.tip}>{issue.tip}</p>
            <p className={styles.place}>{[run, issue.file, issue.where].filter(Boolean).join(' · ')}</p>
          </div>
        </li>
      ))}
      {sorted.length > shown && <li className={styles.tip}>{counted(sorted.length - shown, 'more note')}, listed on the pages of the runs.</li>}
    </ul>
  );
}

function PhaseIcon({ state }: { readonly state: ImportState }) {
  switch (state.phase.kind) {
    case 'running':
      return <span className={styles.spinner} />;
    case 'done':
      return <Icon name={state.outcomes.added + state.outcomes.updated + state.outcomes.unchanged > 0 || state.refresh ? 'check' : 'warning'} />;
    case 'cancelled':
      return <Icon name="minus" />;
    case 'failed':
      return <Icon name="error" />;
  }
}

/** The time, four times a second while it matters. */
function useClock(ticking: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
