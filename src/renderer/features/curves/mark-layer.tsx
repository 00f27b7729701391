// Findings on a chart: a flag above the curve, a line down to it, a bar along a stretch. A click opens the finding.

import { useMemo } from 'react';
import type { RunId } from '../../../core/base/units';
import { type CurveMark, clusterMarks, findingsIn, labelOf, type MarkCluster, type PixelMark } from '../../../core/view/curves-marks';
import { severityTitles } from '../../../core/view/health-list';
import type { RunStyle } from '../../../core/view/run-style';
import { useApp } from '../../state/app';
import { cx } from '../../widgets/class-names';
import { Menu } from '../../widgets/menu';
import styles from './mark-layer.module.css';

interface Props {
  readonly marks: readonly PixelMark[];
  /** Key of the finding that the address points at. */
  readonly marked: string | null;
  readonly width: number;
  readonly dark: boolean;
  readonly styleOf: (run: RunId) => RunStyle;
}

export function MarkLayer({ marks, marked, width, dark, styleOf }: Props) {
  const app = useApp();
  const clusters = useMemo(() => clusterMarks(marks, marked, width), [marks, marked, width]);
  if (clusters.length === 0) return null;
  const open = (mark: CurveMark): void => app.navigation.toTab('health', 'finding', mark.run, mark.rule, String(mark.nth));
  return (
    <div className={styles.layer}>
      {clusters.map((cluster) => (
        <Flag
          key={cluster.marks[0]?.id}
          cluster={cluster}
          crowded={clusters.length > mostStretches}
          marked={marked}
          width={width}
          dark={dark}
          styleOf={styleOf}
          onOpen={open}
        />
      ))}
    </div>
  );
}

interface FlagProps extends Omit<Props, 'marks'> {
  readonly cluster: MarkCluster;
  /** Among many flags a stretch is drawn only while its flag is pointed at. */
  readonly crowded: boolean;
  readonly onOpen: (mark: CurveMark) => void;
}

/** With more flags, stretches would lie on one another. */
const mostStretches = 2;

/** Beyond this share of the width a flag hangs to the left of its line. */
const turned = 0.7;

function Flag({ cluster, crowded, marked, width, dark, styleOf, onOpen }: FlagProps) {
  const { marks, left, right, top, bottom, labelled } = cluster;
  const single = findingsIn(marks) === 1;
  const first = marks.find(({ finding }) => finding === marked) ?? marks[0];
  if (!first) return null;
  const { colour } = styleOf(first.run);
  const style = { color: dark ? colour.dark : colour.light };
  const span = right - left > 3;
  const pointedAt = marks.some(({ finding }) => finding === marked);
  const quiet = crowded && !pointedAt;
  const words = labelOf(marks);
  // What is seen on it comes first, so that who speaks to the page can say it.
  const says = single ? `${words}: ${first.rule}, ${severityTitles[first.severity]}: ${first.summary}` : words;
  const button = (
    <button
      type="button"
      className={cx(styles.flag, !labelled && styles.bare, left > turned * width && styles.turned, pointedAt && styles.marked)}
      style={left > turned * width ? { right: Math.max(0, width - left) } : { left }}
      title={says}
      aria-label={says}
      data-finding={first.finding}
      data-severity={first.severity}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
      onClick={single ? () => onOpen(first) : undefined}
    >
      {labelled ? words : single ? '' : findingsIn(marks)}
    </button>
  );
  return (
    <div style={style} className={cx(quiet && styles.quiet)}>
      {span && <span className={styles.span} style={{ left, width: right - left, height: bottom - 8 }} />}
      <span className={styles.line} style={{ left, height: Math.max(0, (top === null ? bottom : top - 2) - 8) }} />
      {top !== null && <span className={styles.dot} style={{ left, top }} />}
      {marks.length === 1 ? (
        button
      ) : (
        <Menu items={byFinding(marks).map((mark) => ({ label: `${mark.rule} ${mark.label}`, onPick: () => onOpen(mark) }))}>{button}</Menu>
      )}
    </div>
  );
}

const byFinding = (marks: readonly CurveMark[]): readonly CurveMark[] =>
  marks.filter((mark, at) => marks.findIndex(({ finding }) => finding === mark.finding) === at);
