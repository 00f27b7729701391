// An import in words: what is being found, how fast, how long it will take.

import { bytesText, counted, durationText } from '../../../core/view/format';
import type { ImportState } from '../../workers/importer';

export interface ImportText {
  readonly headline: string;
  readonly details: readonly string[];
  /** 0 to 1; null while it cannot be known. */
  readonly share: number | null;
}

/** Too early to say how fast it is. */
const soonMs = 1500;

/** @param now milliseconds on the clock of `startedAt` */
export function importText(state: ImportState, now: number): ImportText {
  const { phase, outcomes, progress } = state;
  const total = outcomes.added + outcomes.updated + outcomes.unchanged;
  const parts = [
    outcomes.added > 0 && `${counted(outcomes.added, 'run')} added`,
    outcomes.updated > 0 && `${outcomes.updated} updated`,
    outcomes.unchanged > 0 && `${outcomes.unchanged} unchanged`,
  ].filter((part) => part !== false);
  const result = parts.length > 0 ? parts.join(', ') : 'no runs found';
  switch (phase.kind) {
    case 'done':
      return {
        headline: total > 0 ? upper(result) : state.refresh ? 'Nothing has changed' : 'No runs found',
        details: [counted(state.points, 'point'), bytesText(state.bytes), durationText(phase.ms)],
        share: 1,
      };
    case 'cancelled':
      return { headline: 'Cancelled', details: [total > 0 ? `${result} before that` : result], share: null };
    case 'failed':
      return { headline: 'Import stopped', details: total > 0 ? [`${result} before that`] : [], share: null };
    case 'running':
      return running(state, now, progress);
  }
}

function running(state: ImportState, now: number, progress: ImportState['progress']): ImportText {
  if (!progress) return { headline: 'Starting…', details: [], share: null };
  if (progress.phase === 'scan') return { headline: 'Looking for runs…', details: [counted(progress.files, 'file')], share: null };
  if (progress.phase === 'probe') return { headline: 'Recognising formats…', details: [counted(progress.files, 'file')], share: null };
  const { bytes, bytesTotal } = progress;
  const elapsed = now - state.startedAt;
  const rate = elapsed > soonMs && bytes > 0 ? (bytes / elapsed) * 1000 : null;
  const share = bytesTotal ? Math.min(1, bytes / bytesTotal) : null;
  const left = rate && bytesTotal ? Math.max(0, bytesTotal - bytes) / rate : null;
  // A tracker tells of runs, not of files.
  const isTracker = state.origin?.kind === 'host' && state.origin.sources.some(({ kind }) => kind === 'tracker');
  return {
    headline: `Reading ${counted(progress.files, isTracker ? 'run' : 'file')}`,
    details: [
      counted(progress.runs, 'run'),
      counted(progress.points, 'point'),
      bytesTotal === null ? bytesText(bytes) : `${bytesText(bytes)} of ${bytesText(bytesTotal)}`,
      ...(rate ? [`${bytesText(rate)}/s`] : []),
      ...(left !== null && left >= 1 ? [`${durationText(left * 1000)} left`] : []),
    ],
    share,
  };
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
