// The Review tab: five parts on one sheet.

import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { Severity } from '../../../core/base/issues';
import type { Run } from '../../../core/model/run';
import { renderers } from '../../../core/report/renderer';
import { reviewDocument } from '../../../core/report/review-document';
import type { Review, ReviewPart } from '../../../core/review/result';
import { counted } from '../../../core/view/format';
import { type PartId, partTitles, partWords } from '../../../core/view/review-words';
import { NoRuns } from '../../pieces/no-runs';
import { useChosenRuns } from '../../queries/use-runs';
import { useApp, useSlice } from '../../state/app';
import type { ReadyCode } from '../../state/code';
import { Button } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { Empty, Failed, Loading } from '../../widgets/states';
import { HeldCode, NoCode } from './code-note';
import { showReview } from './current';
import { ItemCard } from './item-card';
import { Rest } from './rest';
import styles from './review.module.css';
import { parseSlice } from './slice';
import { StepCard } from './step-card';
import { Toolbar } from './toolbar';
import { type ReviewState, useReview } from './use-review';

export default function ReviewView() {
  const runs = useChosenRuns();
  const app = useApp();
  const held = useStore(app.code.store);
  const code = held.kind === 'ready' && held.code.review.files.length > 0 ? held : null;
  const asked = useReview(runs, code?.code.review ?? null);
  const { state, stopped, go } = asked;
  if (runs.length === 0 && !code)
    return <NoRuns>Check runs in the list on the left, or open their eye: what is good, what is critical and what to do next stands here.</NoRuns>;
  if (stopped)
    return (
      <Empty title="The review was stopped" actions={<Button onClick={go}>Review {runs.length > 0 ? counted(runs.length, 'run') : 'the code'}</Button>}>
        Nothing of it is kept.
      </Empty>
    );
  if (state.kind === 'failed')
    return <Failed title="The runs could not be reviewed" message={state.message} tip="Choose other runs, or open the page again." />;
  const result = state.kind === 'done' ? state.result : state.kind === 'running' ? state.before : null;
  if (!result) return <Waiting asked={asked} what={runs.length > 0 ? counted(runs.length, 'run') : 'the code'} />;
  return (
    <div className={styles.view}>
      {state.kind === 'running' && <Busy asked={asked} />}
      {result.failed.length > 0 && (
        <p className={styles.failures} role="alert">
          The points of {counted(result.failed.length, 'run')} could not be read, so their curves are not part of this review: {result.failed[0]?.message}
        </p>
      )}
      <Sheet review={result.review} code={code} runs={runs} busy={state.kind === 'running'} />
    </div>
  );
}

interface SheetProps {
  readonly review: Review;
  /** The code that is held now. */
  readonly code: ReadyCode | null;
  readonly runs: readonly Run[];
  readonly busy: boolean;
}

function Sheet({ review, code, runs, busy }: SheetProps) {
  const app = useApp();
  const sheet = useRef<HTMLDivElement>(null);
  const [{ severities: chosen }, change] = useSlice('review', parseSlice);
  const markdown = useMemo(() => markdownOf(review), [review]);
  useEffect(
    () =>
      showReview({
        copy: () =>
          void navigator.clipboard.writeText(markdown).then(
            () => app.toasts.show({ kind: 'good', text: 'Copied.' }),
            () => app.toasts.show({ kind: 'bad', text: 'The clipboard cannot be used here.' }),
          ),
        walk: (by) => walk(sheet.current, by),
      }),
    [app, markdown],
  );
  const toggle = (severity: Severity): void =>
    change(
      'severities of the review',
      (before) => ({
        ...before,
        severities: before.severities.includes(severity) ? before.severities.filter((one) => one !== severity) : [...before.severities, severity],
      }),
      { undoable: false },
    );
  const toPart = (part: PartId): void => sheet.current?.querySelector<HTMLElement>(`[data-part="${part}"]`)?.focus();
  return (
    <>
      <Toolbar review={review} chosen={chosen} onToggle={toggle} onPart={toPart} markdown={markdown} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div className={cx(styles.sheet, busy && styles.busy)} ref={sheet} tabIndex={0} role="region" aria-label="The review">
        <section aria-label={partTitles.assessment}>
          <PartHead part="assessment" />
          <ul className={styles.plain}>
            {review.assessment.map(({ rule, text }) => (
              <li key={rule} className={cx(rule === 'matters' && styles.matters, rule === 'doubt' && styles.muted)}>
                {text}
              </li>
            ))}
          </ul>
          {code ? <HeldCode code={code} runs={runs} /> : <NoCode />}
        </section>
        <Part part="critical" review={review} chosen={chosen} />
        <Part part="recommendations" review={review} chosen={chosen} />
        <Part part="organization" review={review} chosen={chosen} />
        <section aria-label={partTitles.next_steps}>
          <PartHead part="next_steps" />
          {review.nextSteps.length === 0 && <p className={styles.muted}>{partWords('next_steps', review)}</p>}
          {review.nextSteps.map((step) => (
            <StepCard key={step.id} step={step} />
          ))}
        </section>
        <Rest review={review} />
      </div>
    </>
  );
}

function Part({ part, review, chosen }: { readonly part: ReviewPart; readonly review: Review; readonly chosen: readonly Severity[] }) {
  const items = review[part];
  const shown = items.filter(({ severity }) => chosen.includes(severity));
  return (
    <section aria-label={partTitles[part]}>
      <PartHead
        part={part}
        {...(items.length > 0 ? { note: shown.length < items.length ? `${shown.length} of ${items.length}` : String(items.length) } : {})}
      />
      {items.length === 0 && <p className={styles.muted}>{partWords(part, review)}</p>}
      {items.length > 0 && shown.length === 0 && <p className={styles.muted}>{counted(items.length, 'item')} of other severities: switch them on above.</p>}
      {shown.map((item) => (
        <ItemCard key={item.id} item={item} />
      ))}
    </section>
  );
}

const PartHead = ({ part, note }: { readonly part: PartId; readonly note?: string }) => (
  <h2 tabIndex={-1} data-part={part}>
    {partTitles[part]} {note && <span className={styles.muted}>{note}</span>}
  </h2>
);

/** From the item that has the focus, or holds what has it, to its neighbour. */
function walk(sheet: HTMLElement | null, by: 1 | -1): void {
  const items = [...(sheet?.querySelectorAll<HTMLElement>('[data-review-item]') ?? [])];
  const at = items.findIndex((item) => item.contains(document.activeElement));
  items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))]?.focus();
}

const markdownOf = (review: Review): string =>
  renderers.find(({ meta }) => meta.id === 'md')?.render(reviewDocument(review, { createdMs: Date.now(), generator: 'Diptych' }), { svgOf: () => '' }) ?? '';

function Waiting({ asked, what }: { readonly asked: ReviewState; readonly what: string }) {
  const { state, stop } = asked;
  const progress = state.kind === 'running' ? state.progress : null;
  return (
    <div className={styles.waiting}>
      <Loading text={progress ? `Reviewing… ${progress.done} of ${counted(progress.total, 'run')}` : `Reviewing ${what}…`} />
      <Button onClick={stop}>Cancel</Button>
    </div>
  );
}

function Busy({ asked: { state, stop } }: { readonly asked: ReviewState }) {
  const progress = state.kind === 'running' ? state.progress : null;
  return (
    <div className={styles.busyBar} role="status">
      <span>Reviewing anew…{progress ? ` ${progress.done} of ${progress.total}` : ''}</span>
      <Button size="s" onClick={stop}>
        Cancel
      </Button>
    </div>
  );
}
