// A figure on a canvas: what is under the pointer is said, the same numbers stand in a table.

import { useState } from 'react';
import type { FigureHit } from '../../charts/figure-shapes';
import { mountFigure } from '../../charts/plot-canvas';
import type { TableMedia } from '../../core/model/media-forms';
import type { FigureSpec } from '../../core/view/figure-spec';
import { useDrawing } from '../pieces/use-drawing';
import { Button } from '../widgets/button';
import styles from './media.module.css';
import { useSharedAxes } from './shared-axes';
import { FormTable } from './table-view';

interface Props {
  readonly spec: FigureSpec;
  /** Made when it is asked for; null where the figure has none. */
  readonly table: (() => TableMedia) | null;
  readonly height: number;
  /** Its own title above it: where that is not the name of the media. */
  readonly titled?: boolean;
}

/** Names in the legend; a figure of more lines says them under the pointer. */
const mostNames = 12;

export function FigureView({ spec: own, table, height, titled }: Props) {
  const spec = useSharedAxes(own);
  const [asTable, setAsTable] = useState(false);
  const named = spec.layers.flatMap((layer) => (layer.kind !== 'cells' && layer.label !== '' ? [layer] : []));
  return (
    <div className={styles.figure}>
      {titled && <p className={styles.figureTitle}>{spec.title}</p>}
      {asTable && table ? <FormTable table={table()} title={`${spec.title} as a table`} /> : <Drawing spec={spec} height={height} />}
      {!asTable && named.length > 1 && (
        <ul className={styles.legend}>
          {named.slice(0, mostNames).map((layer, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may be equal, their place is not
            <li key={at}>
              <span className={styles.swatch} style={{ background: `light-dark(${layer.colour.light}, ${layer.colour.dark})` }} />
              {layer.label}
            </li>
          ))}
          {named.length > mostNames && <li className={styles.muted}>and {named.length - mostNames} more</li>}
        </ul>
      )}
      <div className={styles.foot}>
        <span className={styles.muted}>{spec.notes.join(' · ')}</span>
        {table && (
          <Button size="s" kind="ghost" icon="columns" pressed={asTable} onClick={() => setAsTable(!asTable)}>
            Table
          </Button>
        )}
      </div>
    </div>
  );
}

function Drawing({ spec, height }: { readonly spec: FigureSpec; readonly height: number }) {
  const [host, figure, width] = useDrawing(mountFigure, spec, height);
  const [hit, setHit] = useState<FigureHit | null>(null);
  return (
    <div
      ref={host}
      role="img"
      aria-label={`${spec.title}: ${spec.notes.join(' · ')}`}
      className={styles.drawing}
      style={{ height }}
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        setHit(figure?.hit(event.clientX - box.left, event.clientY - box.top) ?? null);
      }}
      onPointerLeave={() => setHit(null)}
    >
      {hit && (
        <div
          className={styles.hint}
          style={{ top: Math.max(0, hit.at[1] - 30), ...(hit.at[0] > width / 2 ? { right: width - hit.at[0] + 6 } : { left: hit.at[0] + 6 }) }}
        >
          {hit.says}
        </div>
      )}
    </div>
  );
}
