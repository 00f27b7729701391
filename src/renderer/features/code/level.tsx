// How much a finding in code matters, as a sign with a word.

import type { Severity as Level } from '../../../core/base/issues';
import { Severity } from '../../widgets/severity';

export const levelTitles: Readonly<Record<Level, string>> = { critical: 'critical', warn: 'warning', note: 'note', info: 'for information' };

/** Information has the sign of a note: the word tells them apart. */
export function LevelIcon({ level, word = false }: { readonly level: Level; readonly word?: boolean }) {
  if (level === 'info')
    return (
      <>
        <Severity severity="note" bare />
        {word && levelTitles.info}
      </>
    );
  return <Severity severity={level} bare={!word} />;
}
