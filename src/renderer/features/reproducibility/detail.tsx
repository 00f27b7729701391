// One item of one run: why this verdict, the evidence, and how to mend it.

import type { Evidence } from '../../../core/model/facts';
import { displayName, type Run } from '../../../core/model/run';
import type { JudgedItem } from '../../../core/reproducibility/checklist';
import { useApp } from '../../state/app';
import { openEvidence } from '../../state/evidence';
import { CodeBlock } from '../../widgets/code-block';
import { Icon } from '../../widgets/icon';
import styles from './reproducibility.module.css';
import { StatementPart } from './statements';
import { VerdictSign } from './verdict';

export function ItemDetail({ run, item }: { readonly run: Run; readonly item: JudgedItem }) {
  return (
    <aside className={styles.detail} aria-label={`Item ${item.meta.id}`}>
      <p className={styles.muted}>
        {item.meta.id} · {item.meta.weight} · {displayName(run)}
      </p>
      <h2>{item.meta.question}</h2>
      <p className={styles.reason}>
        <VerdictSign verdict={item.verdict} words /> {item.reason}
      </p>
      <h3>Evidence</h3>
      {item.evidence.length === 0 ? <p className={styles.muted}>None was found.</p> : <EvidenceList run={run} evidence={item.evidence} />}
      <StatementPart run={run} item={item} />
      {item.fix && <FixText fix={item.fix} />}
      <p className={styles.reference}>Asked for by: {item.meta.reference}</p>
    </aside>
  );
}

function EvidenceList({ run, evidence }: { readonly run: Run; readonly evidence: readonly Evidence[] }) {
  const app = useApp();
  return (
    <ul className={styles.evidence}>
      {evidence.slice(0, 50).map((found) => {
        const { file, where, value } = found;
        return (
          <li key={`${file} ${where ?? ''} ${value ?? ''}`}>
            <button type="button" onClick={() => openEvidence(app, run.id, found)}>
              <Icon name="file" size={14} />
              <span className={styles.file}>{where ? `${file} · ${where}` : file}</span>
            </button>
            {value !== undefined && <code className={styles.value}>{value.length > 160 ? `${value.slice(0, 159)}…` : value}</code>}
          </li>
        );
      })}
    </ul>
  );
}

function FixText({ fix }: { readonly fix: NonNullable<JudgedItem['fix']> }) {
  const { code } = fix;
  return (
    <section>
      <h3>How to mend it</h3>
      <p>{fix.text}</p>
      {code && <CodeBlock code={code} />}
    </section>
  );
}
