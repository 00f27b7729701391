// What is known of code, environment, hardware and data, each with the place it was read from.

import type { Fact } from '../../../../core/model/facts';
import type { Run } from '../../../../core/model/run';
import type { Value } from '../../../../core/model/values';
import { valueText } from '../../../../core/view/format';
import { originMark } from '../../../../core/view/origin-words';
import type { RunSection } from '../../../registry/sections';
import { useApp } from '../../../state/app';
import { openEvidence } from '../../../state/evidence';
import { Icon } from '../../../widgets/icon';
import { Empty } from '../../../widgets/states';
import { OriginCell } from '../origin-cell';
import styles from '../run.module.css';

function Facts({ run }: { readonly run: Run }) {
  if (run.facts.length === 0) return <Empty title="No facts">This format records neither code, environment, hardware nor data.</Empty>;
  return (
    <div className={styles.section}>
      <table className={styles.table}>
        <caption className="visually-hidden">Facts</caption>
        <tbody>
          {run.facts.map((fact) => (
            <tr key={fact.kind}>
              <th scope="row">{fact.kind.replaceAll('_', ' ')}</th>
              <td className={styles.value}>{factText(fact)}</td>
              <td>
                <EvidenceLinks run={run} fact={fact} />
              </td>
              <OriginCell mark={originMark(run, 'facts', fact.kind)} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const longest = 2000;

function factText(fact: Fact): string {
  const text =
    fact.kind === 'packages' || fact.kind === 'framework'
      ? Object.entries(fact.value)
          .map(([name, version]) => `${name} ${version}`)
          .join(', ')
      : valueText(fact.value as Value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function EvidenceLinks({ run, fact }: { readonly run: Run; readonly fact: Fact }) {
  const app = useApp();
  return (
    <ul>
      {fact.evidence.slice(0, 8).map((found) => (
        <li key={`${found.file} ${found.where ?? ''}`}>
          <button type="button" className={styles.link} onClick={() => openEvidence(app, run.id, found)}>
            <Icon name="file" size={14} /> {found.where ? `${found.file} · ${found.where}` : found.file}
          </button>
        </li>
      ))}
    </ul>
  );
}

export const section: RunSection = { meta: { id: 'facts', title: 'Code and environment', order: 40 }, count: (run) => run.facts.length, Component: Facts };
