// All items of one media at a step, or its histograms over all steps.

import type { Media } from '../../core/model/media';
import type { Run } from '../../core/model/run';
import { type MediaAt, mediaTitle } from '../../core/view/media-steps';
import { ItemView } from './item-view';
import styles from './media.module.css';
import { Near } from './near';
import { OverSteps, spansSteps } from './over-steps';
import type { MediaSize } from './slice';
import { stepText } from './step-slider';
import type { Zoomed } from './zoom';

interface Props {
  readonly run: Run;
  readonly media: Media;
  readonly at: MediaAt;
  readonly size: MediaSize;
  readonly overSteps: boolean;
  readonly onZoom: (zoomed: Zoomed) => void;
}

const tile: Readonly<Record<MediaSize, number>> = { s: 84, m: 140, l: 240 };

export function Items({ run, media, at, size, overSteps, onZoom }: Props) {
  const title = mediaTitle(media);
  if (overSteps && spansSteps(media)) return <OverSteps run={run} media={media} title={title} />;
  const many = at.items.length > 1;
  return (
    <div
      className={styles.items}
      data-tiles={(many && at.items.every(({ form }) => form === 'image')) || undefined}
      style={{ '--tile': `${tile[size]}px`, '--high': `${2 * tile[size]}px` } as object}
    >
      {at.items.map((item) => {
        const where = item.step === null ? title : `${title} at step ${stepText(item.step)}`;
        const name = many ? `${where}, ${item.index + 1} of ${at.items.length}` : where;
        const view = () => <ItemView run={run} media={media} item={item} title={name} onZoom={onZoom} />;
        // The bytes of the step before stay until the next are there: never as something else than they are.
        const key = `${item.form} ${item.step === null ? 'bare' : ''} ${item.index}`;
        return many ? (
          <Near key={key} height={tile[size]} className={styles.tile}>
            {view}
          </Near>
        ) : (
          <div key={key} className={styles.tile}>
            {view()}
          </div>
        );
      })}
    </div>
  );
}
