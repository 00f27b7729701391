// One plot in its frame: title, copy, the plot or its table, and what must be said beside it.

import { type ReactNode, useEffect, useRef } from 'react';
import type { PlotSpec } from '../../../core/view/plot-spec';
import { plotTsv } from '../../../core/view/plot-table';
import { useApp } from '../../state/app';
import { IconButton } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { Icon } from '../../widgets/icon';
import styles from './chart-card.module.css';
import shared from './effects.module.css';
import { PlotRows } from './plot-rows';
import { PlotView } from './plot-view';

export interface CardProps {
  readonly spec: PlotSpec;
  readonly height: number;
  readonly table: boolean;
  readonly describe: (owners: readonly string[]) => ReactNode;
  readonly notes: readonly string[];
  readonly picked?: boolean;
}

export function ChartCard({ spec, height, table, describe, notes, picked }: CardProps) {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    if (picked) root.current?.scrollIntoView({ block: 'nearest' });
  }, [picked]);
  const count =
    spec.kind === 'scatter'
      ? spec.points.length
      : spec.kind === 'parallel'
        ? spec.lines.length
        : spec.cells.reduce((sum, { owners }) => sum + owners.length, 0);
  return (
    <figure ref={root} className={cx(styles.card, picked && styles.pickedCard)} aria-label={spec.title}>
      <figcaption className={styles.cardHead}>
        <span className={styles.cardTitle} title={spec.title}>
          {spec.title}
        </span>
        <CopyIcon spec={spec} />
      </figcaption>
      {table ? <PlotRows spec={spec} /> : <PlotView spec={spec} height={height} summary={`${spec.title}: ${count} runs`} describe={describe} />}
      {spec.notes.length > 0 && <p className={shared.muted}>{spec.notes.join(' · ')}</p>}
      {notes.map((note) => (
        <p key={note} className={shared.paramNote}>
          <Icon name="warning" size={12} /> {note}
        </p>
      ))}
    </figure>
  );
}

function CopyIcon({ spec }: { readonly spec: PlotSpec }) {
  const app = useApp();
  const copy = (): void => {
    navigator.clipboard.writeText(plotTsv(spec)).then(
      () => app.toasts.show({ kind: 'good', text: 'Copied as a table.' }),
      () => app.toasts.show({ kind: 'bad', text: 'The clipboard cannot be used here.' }),
    );
  };
  return <IconButton icon="copy" size="s" label={`Copy the numbers of ${spec.title}`} onClick={copy} />;
}
