// The smoothing that the settings name, for workspaces in which nobody chose one.

import type { Smoothing } from '../../core/series/smooth';
import { defaultCurveSettings, parseCurveSettings } from '../../core/view/curves-settings';
import { same } from './merge';
import { type Change, setSlice } from './workspace';

/** @param before what the settings said until now: a workspace that still has it follows */
export const smoothAtFirst =
  (smoothing: Smoothing, before: Smoothing = defaultCurveSettings.smoothing): Change =>
  (workspace) => {
    const now = parseCurveSettings(workspace.features.curves);
    return same(now.smoothing, smoothing) || !same(now.smoothing, before) ? workspace : setSlice('curves', { ...now, smoothing })(workspace);
  };
