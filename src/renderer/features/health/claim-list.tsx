// Claims about several runs: a list at the left, the open one at the right. For what rules see across runs, and for practices.

import { type ReactNode, useState } from 'react';
import type { Advice } from '../../../core/advice/advice';
import type { RunId } from '../../../core/base/units';
import type { FindingSeverity } from '../../../core/health/finding';
import { displayName, type Run } from '../../../core/model/run';
import type { Values } from '../../../core/model/values';
import type { Waiver } from '../../../core/project/project';
import { counted } from '../../../core/view/format';
import { SetAside } from '../../pieces/set-aside';
import { useApp, useRunStyle } from '../../state/app';
import { showOnlyRuns } from '../../state/run-actions';
import { Button } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { CopyButton } from '../../widgets/copy-button';
import { RowName, RowNote, RowText } from '../../widgets/row-list';
import { RunMark } from '../../widgets/run-mark';
import { Severity } from '../../widgets/severity';
import { TextField } from '../../widgets/text-field';
import { AdviceText, Evidence } from './claim';
import styles from './health.module.css';

export interface ClaimItem {
  /** `<rule>/<n>`: names it in addresses, below the segment. */
  readonly key: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: FindingSeverity;
  readonly summary: string;
  readonly runs: readonly RunId[];
  readonly evidence: Values;
  readonly caveat: string;
  readonly advice: Advice;
  /** What the rule checks, and by whose authority. */
  readonly about: string | null;
  /** Why it was set aside; null where it was not. */
  readonly waived: string | null;
  /** The waiver that can be taken back. */
  readonly waiver: Waiver | null;
}

interface Props {
  /** First part of addresses: `across`. */
  readonly segment: string;
  readonly label: string;
  readonly items: readonly ClaimItem[];
  readonly runs: readonly Run[];
  readonly opened: string | null;
  /** Below the list: what was not assessed. */
  readonly children?: ReactNode;
}

const mostRuns = 40;

export function ClaimList({ segment, label, items, runs, opened, children }: Props) {
  const app = useApp();
  const [text, setText] = useState('');
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = items.filter((item) => words.every((word) => textOf(item).includes(word)));
  const open = shown.find(({ key }) => key === opened) ?? shown[0];
  return (
    <div className={styles.body}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={styles.list} aria-label={label} tabIndex={0}>
        {items.length > 1 && (
          <div className={styles.bar}>
            <TextField label={`Search ${label.toLowerCase()}`} icon="search" value={text} onText={setText} className={styles.search} />
          </div>
        )}
        {items.length > 0 && shown.length === 0 && <p className={styles.listNote}>None of {items.length} holds these words.</p>}
        <ul>
          {shown.map((item) => (
            <li key={item.key}>
              <button
                type="button"
                className={cx(styles.acrossRow, item.key === open?.key && styles.openRow)}
                aria-pressed={item.key === open?.key}
                onClick={() => app.navigation.setPlace('health', segment, ...item.key.split('/'))}
              >
                <Severity severity={item.severity} bare size={16} />
                <RowText
                  title={
                    <>
                      <RowName>{item.title}</RowName>
                      <RowNote>{item.rule}</RowNote>
                      <RowNote end>
                        {item.waived !== null && 'set aside, '}
                        {item.runs.length > 0 && counted(item.runs.length, 'run')}
                      </RowNote>
                    </>
                  }
                  summary={item.summary}
                />
              </button>
            </li>
          ))}
        </ul>
        {children}
      </section>
      {open && <Detail segment={segment} item={open} runs={runs} />}
    </div>
  );
}

/** What a search looks through. */
const textOf = ({ rule, title, severity, summary, waived }: ClaimItem): string =>
  [rule, title, severity, summary, waived === null ? '' : 'set aside'].join(' ').toLowerCase();

function Detail({ segment, item, runs }: { readonly segment: string; readonly item: ClaimItem; readonly runs: readonly Run[] }) {
  const app = useApp();
  const ids = new Set(item.runs);
  const about = runs.filter((run) => ids.has(run.id));
  const link = `${location.origin}${location.pathname}#/health/${[segment, ...item.key.split('/')].map(encodeURIComponent).join('/')}`;
  const draw = (): void => {
    showOnlyRuns(app, item.runs);
    app.navigation.toTab('curves');
  };
  return (
    <aside className={styles.detail} aria-label={`Finding ${item.rule}`}>
      <header className={styles.detailHead}>
        <Severity severity={item.severity} />
        <span className={styles.rule}>{item.rule}</span>
        <span className={styles.space} />
        <CopyButton text={link} label="Copy link" />
      </header>
      <h2 className={styles.detailTitle}>{item.title}</h2>
      <p>{item.summary}</p>
      {item.waiver && <SetAside rule={item.rule} run={null} waiver={item.waiver} />}
      {item.runs.length > 0 && (
        <section>
          <h3 className={styles.withAction}>
            {counted(item.runs.length, 'run')}
            <Button size="s" icon="eye" onClick={draw}>
              Draw only these
            </Button>
          </h3>
          <ul className={styles.runs}>
            {about.slice(0, mostRuns).map((run) => (
              <li key={run.id}>
                <RunLink run={run} />
              </li>
            ))}
            {item.runs.length > mostRuns && <li className={styles.muted}>and {item.runs.length - mostRuns} more</li>}
          </ul>
        </section>
      )}
      <AdviceText advice={item.advice} />
      <Evidence values={item.evidence} />
      <section>
        <h3>What would make this wrong</h3>
        <p>{item.caveat}</p>
      </section>
      {!item.waiver && <SetAside key={item.key} rule={item.rule} run={null} waiver={null} />}
      {item.about && (
        <section>
          <h3>About the rule</h3>
          <p>{item.about}</p>
        </section>
      )}
    </aside>
  );
}

export function RunLink({ run }: { readonly run: Run }) {
  const app = useApp();
  return (
    <button type="button" className={styles.runName} onClick={() => app.navigation.toRun(run.id)}>
      <RunMark style={useRunStyle(run.id)} /> <span>{displayName(run)}</span>
    </button>
  );
}

/** Claims with their numbers within a rule. */
export function numbered<C extends { readonly rule: string }>(claims: readonly C[]): readonly { readonly key: string; readonly claim: C }[] {
  const counts = new Map<string, number>();
  return claims.map((claim) => {
    const nth = counts.get(claim.rule) ?? 0;
    counts.set(claim.rule, nth + 1);
    return { key: `${claim.rule}/${nth}`, claim };
  });
}

export function NotAssessedNote({ entries }: { readonly entries: readonly { readonly rule: string; readonly reason: string }[] }) {
  if (entries.length === 0) return null;
  return (
    <div className={styles.listNote}>
      <p>Not assessed, which is not the same as fine:</p>
      <ul>
        {entries.map(({ rule, reason }) => (
          <li key={rule}>
            <span className={styles.rule}>{rule}</span> {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}
