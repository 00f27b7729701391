// One row of the tree: its place, its name, and its value on a line.

import type { CSSProperties } from 'react';
import type { Run } from '../../../../core/model/run';
import type { AttributeRow } from '../../../../core/view/attribute-tree';
import type { Attribute } from '../../../../core/view/attributes';
import { counted } from '../../../../core/view/format';
import { cx } from '../../../widgets/class-names';
import { Icon, type IconName } from '../../../widgets/icon';
import styles from './attributes.module.css';
import { Spark } from './spark';

interface Props {
  readonly run: Run;
  readonly row: AttributeRow;
  readonly index: number;
  readonly top: number;
  readonly current: boolean;
}

const icons: Readonly<Partial<Record<Attribute['kind'], IconName>>> = { file: 'file', media: 'image', series: 'curve' };

export const rowId = (index: number): string => `attribute-${index}`;

export function TreeRow({ run, row, index, top, current }: Props) {
  const { node, level } = row;
  const place: CSSProperties = { transform: `translateY(${top}px)` };
  const folder = node.kind === 'folder';
  const leaf = folder ? null : node.attribute;
  const icon = leaf && icons[leaf.kind];
  return (
    <div
      id={rowId(index)}
      role="treeitem"
      tabIndex={-1}
      aria-level={level}
      aria-posinset={row.place}
      aria-setsize={row.brothers}
      aria-selected={current}
      {...(folder ? { 'aria-expanded': row.open } : {})}
      data-row={index}
      className={cx(styles.row, current && styles.current)}
      style={place}
    >
      <span className={styles.name} style={{ paddingLeft: 16 * (level - 1) }}>
        <span className={styles.mark}>
          {folder ? <Icon name={row.open ? 'chevron-down' : 'chevron-right'} size={12} /> : icon && <Icon name={icon} size={14} />}
        </span>
        <span className={cx(styles.label, folder && styles.folder)} title={leaf?.path ?? node.label}>
          {node.label}
        </span>
      </span>
      {node.kind === 'folder' ? (
        <span className={styles.muted}>{counted(node.count, 'attribute')}</span>
      ) : (
        <>
          {leaf?.kind === 'series' && <Spark run={run} index={leaf.index} />}
          <span className={cx(styles.value, leaf?.kind === 'series' && styles.number)}>{leaf?.text}</span>
          <span className={styles.muted}>{leaf?.type}</span>
        </>
      )}
    </div>
  );
}
