// The findings in the code: by file with their lines, or by rule with their places.

import type { RefObject } from 'react';
import { type CodeGrouping, type CodeItem, type CodeRow, placeText } from '../../../core/view/code-list';
import { RowList, RowName, RowNote, RowText } from '../../widgets/row-list';
import { LevelIcon } from './level';

interface Props {
  readonly rows: readonly CodeRow[];
  /** Key of the open finding. */
  readonly open: string | null;
  readonly onOpen: (item: CodeItem) => void;
  /** Enter: to the code of the open finding. */
  readonly onEnter: () => void;
  readonly element: RefObject<HTMLDivElement | null>;
  readonly grouping: CodeGrouping;
}

export function CodeFindingList({ grouping, ...list }: Props) {
  return (
    <RowList {...list} label="Findings in the code" id="code-finding">
      {(item) => (
        <>
          <LevelIcon level={item.finding.severity} />
          <RowText
            title={
              <>
                <RowName mono>{grouping === 'file' ? lineText(item) : placeText(item.finding.places[0])}</RowName>
                {grouping === 'file' && <RowNote>{item.finding.rule}</RowNote>}
              </>
            }
            summary={item.finding.summary}
          />
        </>
      )}
    </RowList>
  );
}

const lineText = ({ finding }: CodeItem): string => {
  const [place] = finding.places;
  if (!place) return 'no line';
  return place.cell === null ? `line ${place.line}` : `cell ${place.cell}, line ${place.line}`;
};
