// Names of the curves with their marks; hovering one highlights it in every panel.

import type { RunId } from '../../../core/base/units';
import type { ChartCurve } from '../../../core/view/chart-spec';
import { useApp, useLibrary } from '../../state/app';
import { cx } from '../../widgets/class-names';
import { RunMark } from '../../widgets/run-mark';
import styles from './panel.module.css';

const most = 200;

export function Legend({ curves, side = false }: { readonly curves: readonly ChartCurve[]; readonly side?: boolean }) {
  const app = useApp();
  const runs = useLibrary((state) => state.runs);
  const named = curves.filter((curve) => !curve.member);
  const hover = (owner: string | null): void => app.session.setState({ hovered: owner !== null && runs.has(owner as RunId) ? (owner as RunId) : null });
  return (
    <ul className={cx(styles.legend, side && styles.side)} aria-label="Curves">
      {named.slice(0, most).map((curve) => (
        <li key={curve.id} className={styles.entry} title={curve.label} onPointerEnter={() => hover(curve.owner)} onPointerLeave={() => hover(null)}>
          <RunMark style={curve.style} size={10} />
          <span>{curve.label}</span>
          {curve.note !== '' && <span className={styles.note}>{curve.note}</span>}
        </li>
      ))}
      {named.length > most && <li className={styles.entry}>and {named.length - most} more</li>}
    </ul>
  );
}
