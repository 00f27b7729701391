// What lies under the cursor: nearest curves first, short values; a click keeps it and shows every digit.

import { createPortal } from 'react-dom';
import { fullNumber, shortNumber } from '../../../core/view/chart-numbers';
import type { AxisScale } from '../../../core/view/chart-spec';
import { placeText } from '../../../core/view/chart-ticks';
import { IconButton } from '../../widgets/button';
import { cx } from '../../widgets/class-names';
import { RunMark } from '../../widgets/run-mark';
import type { Look } from './controller';
import styles from './tooltip.module.css';

interface Props {
  readonly look: Look;
  readonly axis: { readonly label: string; readonly scale: AxisScale };
  /** The chart, to place the tooltip by. */
  readonly host: HTMLElement;
  readonly pinned: boolean;
  readonly onClose: () => void;
}

const rowHeight = 18;

/** Hangs on the page, not in the panel: a panel is often lower than eight rows. */
export function ChartTooltip({ look, axis, host, pinned, onClose }: Props) {
  const box = host.getBoundingClientRect();
  const x = box.left + look.left;
  const height = look.rows.length * rowHeight + 60;
  const place = {
    ...(x > innerWidth * 0.62 ? { right: innerWidth - x + 14 } : { left: x + 14 }),
    top: Math.max(8, Math.min(box.top + look.top - height / 2, innerHeight - height - 8)),
  };
  const [first] = look.rows;
  const at = first?.probe?.x ?? look.x;
  const write = pinned ? fullNumber : shortNumber;
  return createPortal(
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a name
    <div role={pinned ? 'group' : 'status'} aria-label="Values at the cursor" className={cx(styles.box, pinned && styles.pinned)} style={place}>
      <div className={styles.head}>
        <span>
          {axis.label} {pinned && axis.scale === 'linear' ? fullNumber(at) : placeText(axis.scale, at)}
        </span>
        {pinned && <IconButton icon="close" size="s" label="Close the values" onClick={onClose} />}
      </div>
      <table className={styles.table}>
        <tbody>
          {look.rows.map(({ curve, probe, near }) => (
            <tr key={curve.id} className={cx(near && styles.near)}>
              <td>
                <RunMark style={curve.style} size={10} />
              </td>
              <th scope="row" className={styles.name}>
                {curve.label}
              </th>
              <td className={styles.value}>{probe ? write(probe.shown) : '…'}</td>
              <td className={styles.more}>{probe && detailOf(probe, write, at, axis.scale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {look.more > 0 && <p className={styles.rest}>and {look.more} more</p>}
    </div>,
    document.body,
  );
}

/** What stands beside a value: the logged one behind a smoothed one, a group's band and n, its own x where that differs. */
function detailOf(probe: NonNullable<Look['rows'][number]['probe']>, write: (value: number) => string, at: number, axis: AxisScale): string {
  const parts: string[] = [];
  if (probe.group) {
    const { n, lower, upper } = probe.group;
    if (Number.isFinite(lower)) parts.push(`${write(lower)} … ${write(upper)}`);
    parts.push(`n = ${n}`);
  } else if (!Object.is(probe.shown, probe.y)) parts.push(`logged ${write(probe.y)}`);
  if (probe.x !== at) parts.push(`at ${placeText(axis, probe.x)}`);
  return parts.join(', ');
}
