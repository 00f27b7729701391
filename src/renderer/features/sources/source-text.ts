// How a source stands, in words.

import { counted, durationText } from '../../../core/view/format';
import type { SourceState } from '../../state/sources';

export interface SourceText {
  readonly text: string;
  readonly tone: 'plain' | 'good' | 'warn' | 'live';
}

/** @param nowMs the page's clock */
export function sourceText({ ref, standing, following, refreshing }: SourceState, nowMs: number): SourceText {
  if (refreshing) return { text: 'Reading what changed…', tone: 'plain' };
  if (following) {
    const { look, changedAtMs } = following;
    if (!look) return { text: 'Following: reading what is there…', tone: 'live' };
    if (look.state === 'gone') return { text: 'Following: not there now, waiting for it to come back', tone: 'warn' };
    const change = changedAtMs === null ? 'no change yet' : `grew ${agoText(nowMs - changedAtMs)}`;
    const open = look.runs > 0 ? `, ${counted(look.open, 'run')} not ended` : '';
    const anew = look.restarted.length > 0 ? `, ${counted(look.restarted.length, 'file')} written anew and read from the start` : '';
    return { text: `Following: ${change}${open}${anew}`, tone: 'live' };
  }
  switch (standing) {
    case 'unchanged':
      return { text: 'Unchanged since it was read', tone: 'good' };
    case 'changed':
      return { text: 'Changed since it was read', tone: 'warn' };
    case 'growing':
      return { text: 'Growing: it was written a moment ago', tone: 'warn' };
    case 'gone':
      if (ref.kind === 'bucket') return { text: 'Offline: nothing is to be had there now; its runs are kept and work without it', tone: 'warn' };
      return ref.kind === 'tracker'
        ? { text: 'Offline: the server does not answer; its runs are kept and work without it', tone: 'warn' }
        : { text: 'Not there any more; its runs are kept', tone: 'warn' };
    case 'unknown':
      return { text: 'Not compared yet', tone: 'plain' };
  }
}

/** Below ten seconds the exact number would only flicker. */
export const agoText = (ms: number): string => (ms < 10_000 ? 'just now' : `${durationText(ms)} ago`);
