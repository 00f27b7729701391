// The media of a run: a card each, one slider for all and one a card, all of which set the same step.

import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Media } from '../../../../core/model/media';
import type { Run } from '../../../../core/model/run';
import { counted } from '../../../../core/view/format';
import { keptText, mediaAt, mediaKey, mediaTitle, orderedMedia, searchMedia, stepsOf } from '../../../../core/view/media-steps';
import { Items } from '../../../media/items';
import { Near } from '../../../media/near';
import { spansSteps } from '../../../media/over-steps';
import { type MediaSlice, parseMediaSlice, toggleFolded } from '../../../media/slice';
import { StepSlider, stepText } from '../../../media/step-slider';
import { MediaTools } from '../../../media/tools';
import { Zoom, type Zoomed } from '../../../media/zoom';
import { useSectionPlace, useSlice } from '../../../state/app';
import { Button } from '../../../widgets/button';
import { cx } from '../../../widgets/class-names';
import { Icon } from '../../../widgets/icon';
import { Empty } from '../../../widgets/states';
import styles from './media-section.module.css';

export function MediaSection({ run }: { readonly run: Run }) {
  const [slice, change] = useSlice('media', parseMediaSlice);
  const [zoomed, setZoomed] = useState<Zoomed | null>(null);
  const search = useDeferredValue(slice.search);
  const all = useMemo(() => orderedMedia(run), [run]);
  const found = useMemo(() => searchMedia(all, search), [all, search]);
  const steps = useMemo(() => stepsOf(all), [all]);
  const [wanted] = useSectionPlace('media');
  if (all.length === 0) return <Empty title="No media">This run logged no pictures, sounds, tables, histograms or figures, or its format keeps none.</Empty>;
  const set = (label: string, part: Partial<MediaSlice>): void => change(label, (before) => ({ ...before, ...part }), { undoable: false });
  return (
    <div className={styles.view}>
      <MediaTools slice={slice} set={set} steps={steps} histograms={all.some(spansSteps)} />
      {found.length === 0 ? (
        <Empty
          icon="search"
          title="No media has such a name"
          actions={<Button onClick={() => set('search media', { search: '' })}>Show all {all.length}</Button>}
        >
          The search looks at names and kinds.
        </Empty>
      ) : (
        <ul className={styles.cards} data-size={slice.size} aria-label={counted(found.length, 'media', 'media')}>
          {found.map((media) => (
            <Card
              key={`${mediaKey(media)} ${media.kind}`}
              run={run}
              media={media}
              slice={slice}
              wanted={wanted === media.name}
              onStep={(step) => set('step of media', { step })}
              onFold={() => change('fold media', (before) => toggleFolded(before, mediaKey(media)))}
              onZoom={setZoomed}
            />
          ))}
        </ul>
      )}
      <Zoom zoomed={zoomed} onZoom={setZoomed} />
    </div>
  );
}

interface CardProps {
  readonly run: Run;
  readonly media: Media;
  readonly slice: MediaSlice;
  /** The address names it. */
  readonly wanted: boolean;
  readonly onStep: (step: number | null) => void;
  readonly onFold: () => void;
  readonly onZoom: (zoomed: Zoomed) => void;
}

/** A table has no use for a narrow card. */
const wide = new Set(['table']);

function Card({ run, media, slice, wanted, onStep, onFold, onZoom }: CardProps) {
  const root = useRef<HTMLLIElement>(null);
  const key = mediaKey(media);
  const folded = slice.folded.includes(key);
  useEffect(() => {
    if (wanted) root.current?.scrollIntoView({ block: 'start' });
  }, [wanted]);
  const title = mediaTitle(media);
  const none = (media.items?.length ?? 0) === 0;
  return (
    <li ref={root} className={cx(styles.card, !folded && !none && wide.has(media.items?.[0]?.form ?? '') && styles.wide, wanted && styles.wanted)}>
      <div className={styles.head}>
        <h2 className={styles.title}>
          <button type="button" className={styles.fold} aria-expanded={!folded && !none} disabled={none} onClick={onFold}>
            <Icon name={folded || none ? 'chevron-right' : 'chevron-down'} size={12} />
            <span title={title}>{title}</span>
          </button>
        </h2>
        <span className={styles.muted}>
          {media.kind} · {keptText(media)}
        </span>
      </div>
      {!folded && !none && (
        <Near height={heights[slice.size]} className={styles.body}>
          {() => <Body run={run} media={media} slice={slice} onStep={onStep} onZoom={onZoom} />}
        </Near>
      )}
    </li>
  );
}

/** What a card is taken to be high before it was seen. */
const heights = { s: 200, m: 280, l: 400 } as const;

/** A thousand cards are a thousand titles: only those near the view work out what they show. */
function Body({ run, media, slice, onStep, onZoom }: Pick<CardProps, 'run' | 'media' | 'slice' | 'onStep' | 'onZoom'>) {
  const steps = useMemo(() => stepsOf([media]), [media]);
  const at = useMemo(() => mediaAt(media, slice.step), [media, slice.step]);
  const items = <Items run={run} media={media} at={at} size={slice.size} overSteps={slice.overSteps} onZoom={onZoom} />;
  if (slice.overSteps && spansSteps(media)) return items;
  return (
    <>
      {steps.length > 0 && <StepSlider label={`Step of ${mediaTitle(media)}`} steps={steps} step={slice.step} timeMs={at.timeMs} onStep={onStep} />}
      {at.later === null ? (
        items
      ) : (
        <p className={styles.later}>
          Nothing was logged up to step {stepText(slice.step ?? 0)}.{' '}
          <Button size="s" onClick={() => onStep(at.later)}>
            Go to step {stepText(at.later)}
          </Button>
        </p>
      )}
      {slice.step !== null && at.step !== null && at.step !== slice.step && (
        <p className={styles.muted}>The nearest at or before step {stepText(slice.step)}.</p>
      )}
    </>
  );
}
