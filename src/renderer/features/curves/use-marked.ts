// The finding that the address points at (`#/curves/finding/<run>/<rule>/<n>`): its run is drawn, and its panel fills the tab.

import { useEffect, useRef } from 'react';
import type { RunId } from '../../../core/base/units';
import type { CurveMark } from '../../../core/view/curves-marks';
import type { Panel } from '../../../core/view/curves-panels';
import { findingKey } from '../../../core/view/health-list';
import { useRunHealth } from '../../queries/use-health';
import { useChange, usePlace, useWorkspace } from '../../state/app';
import { setVisible } from '../../state/workspace';
import { type ViewStore, withoutZoom } from './view-store';

/** @returns the finding's key, or null */
export function useMarked(view: ViewStore, panels: readonly Panel[], marks: ReadonlyMap<string, readonly CurveMark[]>): string | null {
  const [kind, id = '', rule = '', nth] = usePlace('curves');
  const run = id as RunId;
  const key = kind === 'finding' ? findingKey(run, rule, Number(nth ?? 0)) : null;
  const visible = useWorkspace((workspace) => workspace.visible.has(run));
  const health = useRunHealth(run);
  const change = useChange();
  const done = useRef<string | null>(null);

  useEffect(() => {
    if (key === null) {
      done.current = null;
      return;
    }
    if (!visible && done.current !== key) change('show in charts', setVisible([run], true));
  }, [key, run, visible, change]);

  useEffect(() => {
    if (key === null || done.current === key) return;
    const mark = [...marks.values()].flat().find((one) => one.finding === key);
    const named = health?.findings.filter((one) => one.rule === rule)[Number(nth ?? 0)]?.series[0]?.name;
    const panel = panels.find((one) => (mark ? one.series.some((series) => series.key === mark.series) : one.id === named));
    if (!panel) return;
    done.current = key;
    view.setState((now) => ({ ...withoutZoom(now), full: panel.id }), true);
  }, [key, rule, nth, marks, panels, health, view]);
  return key;
}
