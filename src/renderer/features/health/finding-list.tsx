// The findings in runs: by run with the rules that speak, or by rule with the runs that they speak of.

import type { RefObject } from 'react';
import { displayName } from '../../../core/model/run';
import type { FindingItem, HealthRow } from '../../../core/view/health-list';
import { useApp, useRunStyle } from '../../state/app';
import { RowList, RowName, RowNote, RowText } from '../../widgets/row-list';
import { RunMark } from '../../widgets/run-mark';
import { Severity } from '../../widgets/severity';
import { ruleTitle } from './rule-titles';

interface Props {
  readonly rows: readonly HealthRow[];
  /** Key of the open finding. */
  readonly open: string | null;
  readonly onOpen: (item: FindingItem) => void;
  readonly element: RefObject<HTMLDivElement | null>;
  /** Rows name their run, because their head does not. */
  readonly showRun: boolean;
}

export function FindingList({ showRun, ...list }: Props) {
  const app = useApp();
  return (
    <RowList
      {...list}
      label="Findings"
      id="finding"
      onEnter={() => document.getElementById('finding-detail')?.focus()}
      onHover={(item) => app.session.setState({ hovered: item?.run.id ?? null })}
      mark={({ run }) => run && <Mark run={run.id} />}
    >
      {({ finding, run, waived }) => (
        <>
          <Severity severity={finding.severity} bare size={16} />
          <RowText
            title={
              <>
                {showRun && <Mark run={run.id} />}
                <RowName struck={waived !== null}>{showRun ? displayName(run) : ruleTitle(finding.rule) || finding.rule}</RowName>
                <RowNote>{finding.rule}</RowNote>
                {waived && <RowNote end>set aside</RowNote>}
              </>
            }
            summary={finding.summary}
          />
        </>
      )}
    </RowList>
  );
}

const Mark = ({ run }: { readonly run: FindingItem['run']['id'] }) => <RunMark style={useRunStyle(run)} />;
