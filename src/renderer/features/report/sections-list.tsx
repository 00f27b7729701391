// Sections of the report: on or off, in an order that is dragged or moved by keys, each with a note.

import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { sections } from '../../../core/report/build';
import { IconButton } from '../../widgets/button';
import { Checkbox } from '../../widgets/checkbox';
import { cx } from '../../widgets/class-names';
import type { ChangeReport } from './change';
import styles from './report.module.css';
import { moveSection, placeSection, type ReportSlice, setNote, toggleSection } from './slice';

const dragType = 'application/x-diptych-section';
const titles = new Map(sections.map(({ meta }) => [meta.id, meta.title]));

export function SectionsList({ slice, change }: { readonly slice: ReportSlice; readonly change: ChangeReport }) {
  const [over, setOver] = useState<string | null>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const order = [...slice.sections, ...[...titles.keys()].filter((id) => !slice.sections.includes(id))];
  const drop = (event: DragEvent, before: string): void => {
    const moved = event.dataTransfer.getData(dragType);
    setOver(null);
    if (!moved) return;
    event.preventDefault();
    change('move section', (now) => placeSection(now, moved, now.sections.includes(before) ? before : null));
  };
  const keys = (event: KeyboardEvent, id: string): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    change('move section', (now) => moveSection(now, id, event.key === 'ArrowUp' ? -1 : 1));
  };
  return (
    <ol className={styles.sections} aria-label="Sections">
      {order.map((id) => {
        const title = titles.get(id) ?? id;
        const at = slice.sections.indexOf(id);
        const note = slice.notes[id] ?? '';
        const noted = at >= 0 && (note !== '' || open.has(id));
        return (
          <li
            key={id}
            className={cx(styles.item, over === id && styles.over)}
            onDragOver={(event) => {
              if (!event.dataTransfer.types.includes(dragType)) return;
              event.preventDefault();
              setOver(id);
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => drop(event, id)}
            onKeyDown={(event) => keys(event, id)}
          >
            {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is for the pointer; the buttons and Alt with arrows do the same */}
            <div
              className={styles.section}
              draggable={at >= 0}
              onDragStart={(event) => {
                event.dataTransfer.setData(dragType, id);
                event.dataTransfer.effectAllowed = 'move';
              }}
            >
              <Checkbox label={title} checked={at >= 0} onChange={() => change('report sections', (now) => toggleSection(now, id))} />
              {at >= 0 && (
                <span className={styles.moves}>
                  {!noted && <IconButton icon="plus" size="s" label={`Add a note on ${title}`} onClick={() => setOpen((before) => new Set([...before, id]))} />}
                  <IconButton
                    icon="up"
                    size="s"
                    label={`Move ${title} up`}
                    keys="alt+arrowup"
                    disabled={at === 0}
                    onClick={() => change('move section', (now) => moveSection(now, id, -1))}
                  />
                  <IconButton
                    icon="down"
                    size="s"
                    label={`Move ${title} down`}
                    keys="alt+arrowdown"
                    disabled={at === slice.sections.length - 1}
                    onClick={() => change('move section', (now) => moveSection(now, id, 1))}
                  />
                </span>
              )}
            </div>
            {noted && (
              <textarea
                className={styles.note}
                aria-label={`Note on ${title}`}
                placeholder="A note, in light Markdown"
                rows={Math.min(8, Math.max(2, note.split('\n').length + 1))}
                value={note}
                onChange={(event) => change('report note', (now) => setNote(now, id, event.target.value), { key: `report-note-${id}` })}
              />
            )}
          </li>
        );
      })}
    </ol>
  );
}
