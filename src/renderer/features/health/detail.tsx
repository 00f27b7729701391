// One finding: what was seen, its numbers, its place on the curve, what would make it wrong, and what to do.

import { useEffect, useRef } from 'react';
import { displayName } from '../../../core/model/run';
import { fullNumber } from '../../../core/view/chart-numbers';
import type { FindingItem } from '../../../core/view/health-list';
import { sameSeries } from '../../../core/view/mini-curve';
import { SetAside } from '../../pieces/set-aside';
import { useApp, useRunStyle } from '../../state/app';
import { Button, IconButton } from '../../widgets/button';
import { CopyButton } from '../../widgets/copy-button';
import { RunMark } from '../../widgets/run-mark';
import { Severity } from '../../widgets/severity';
import { AdviceText, Evidence } from './claim';
import styles from './health.module.css';
import { MiniChart } from './mini-chart';
import { ruleMeta } from './rule-titles';

/** More series than this say no more; the Curves tab has them all. */
const mostCurves = 3;

export function FindingDetail({ item, onClose }: { readonly item: FindingItem; readonly onClose: () => void }) {
  const app = useApp();
  const { run, finding, nth, waived } = item;
  const style = useRunStyle(run.id);
  const meta = ruleMeta(finding.rule);
  const root = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another finding starts at the top
  useEffect(() => root.current?.scrollTo(0, 0), [item.key]);

  const keys = finding.series.length > 0 ? finding.series : finding.marks.map(({ series }) => series);
  const curves = keys
    .filter((key, at) => keys.findIndex((other) => sameSeries(other, key)) === at)
    .map((key) => ({ key, index: run.series.findIndex((series) => sameSeries(series, key)) }))
    .filter(({ index }) => index >= 0);
  const showOnCurve = (): void => app.navigation.toTab('curves', 'finding', run.id, finding.rule, String(nth));
  const link = `${location.origin}${location.pathname}#/health/finding/${[run.id, finding.rule, String(nth)].map(encodeURIComponent).join('/')}`;

  return (
    <aside ref={root} id="finding-detail" tabIndex={-1} className={styles.detail} aria-label={`Finding ${finding.rule}`}>
      <header className={styles.detailHead}>
        <Severity severity={finding.severity} />
        <span className={styles.rule}>{finding.rule}</span>
        <span className={styles.space} />
        <CopyButton text={link} label="Copy link" />
        <IconButton icon="close" size="s" label="Close the finding" keys="esc" onClick={onClose} />
      </header>
      <h2 className={styles.detailTitle}>{meta?.title ?? finding.rule}</h2>
      <button type="button" className={styles.runName} onClick={() => app.navigation.toRun(run.id)}>
        <RunMark style={style} /> <span>{displayName(run)}</span>
      </button>
      <p className={styles.claim}>{finding.summary}</p>
      {finding.onset && (
        <p className={styles.muted}>
          Begins at step <span title={fullNumber(finding.onset.step)}>{finding.onset.step.toLocaleString('en')}</span>,{' '}
          {Math.round(finding.onset.fraction * 100)} % into the run.
        </p>
      )}
      {waived && <SetAside rule={finding.rule} run={run.id} waiver={waived} />}
      {curves.length > 0 && (
        <section className={styles.curves} aria-label="Curves">
          {curves.slice(0, mostCurves).map(({ key, index }) => (
            <MiniChart
              key={`${run.id} ${index}`}
              run={run}
              index={index}
              title={key.name}
              style={style}
              marks={finding.marks.filter(({ series }) => sameSeries(series, key))}
            />
          ))}
          <Button size="s" icon="expand" onClick={showOnCurve}>
            Show on the curve
          </Button>
        </section>
      )}
      <AdviceText advice={finding.advice} />
      <Evidence values={finding.evidence} />
      <section>
        <h3>What would make this wrong</h3>
        <p>{finding.caveat}</p>
      </section>
      {!waived && <SetAside key={item.key} rule={finding.rule} run={run.id} waiver={null} />}
      {meta && (
        <section>
          <h3>About the rule</h3>
          <p>{meta.about}</p>
          <p className={styles.muted}>{meta.reference}</p>
        </section>
      )}
    </aside>
  );
}
