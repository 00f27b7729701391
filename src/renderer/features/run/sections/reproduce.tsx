// How to make the run again: commands, values and gaps, each with its evidence; copied, or saved as Markdown.

import { useMemo } from 'react';
import { displayName, type Run } from '../../../../core/model/run';
import { sheetMarkdown } from '../../../../core/report/reproduce-markdown';
import { contextsOf } from '../../../../core/reproducibility/checklist';
import { computeText, methodsText } from '../../../../core/reproducibility/sheet/methods';
import { commentText, scriptOf } from '../../../../core/reproducibility/sheet/script';
import { type SheetLine, sheetOf } from '../../../../core/reproducibility/sheet/sheet';
import { shownText } from '../../../../core/reproducibility/sheet/shell';
import { useRuns } from '../../../queries/use-runs';
import type { RunSection } from '../../../registry/sections';
import { useApp } from '../../../state/app';
import { openEvidence } from '../../../state/evidence';
import { saveFile } from '../../../state/save';
import { Button } from '../../../widgets/button';
import { cx } from '../../../widgets/class-names';
import { CopyButton } from '../../../widgets/copy-button';
import { Icon } from '../../../widgets/icon';
import styles from '../reproduce.module.css';
import page from '../run.module.css';

function Reproduce({ run }: { readonly run: Run }) {
  const known = useRuns();
  const texts = useMemo(() => {
    const [context] = contextsOf([run], known);
    return context && { sheet: sheetOf(context), methods: methodsText(context), compute: computeText(context) };
  }, [run, known]);
  if (!texts) return null;
  const { sheet, methods, compute } = texts;
  const save = (): void => saveFile(`reproduce-${displayName(run)}.md`, sheetMarkdown(texts), 'text/markdown');
  return (
    <div className={page.section}>
      <div className={styles.head}>
        <p className={page.muted}>
          {sheet.gaps.length === 0 ? 'No gap was found.' : `${sheet.gaps.length} ${sheet.gaps.length === 1 ? 'gap' : 'gaps'}.`} Lines behind # come out of the
          run as it recorded them: look them over before taking the # away.
        </p>
        <CopyButton text={scriptOf(sheet)} label="Copy all" />
        <Button size="s" icon="download" onClick={save}>
          Save as Markdown
        </Button>
      </div>
      {sheet.parts.map(({ id, title, lines }) => (
        <section key={id} aria-label={title} className={styles.part}>
          <h2>{title}</h2>
          <ul className={styles.lines}>
            {lines.map((line) => (
              <Line key={`${line.kind} ${line.text}`} run={run} line={line} />
            ))}
          </ul>
        </section>
      ))}
      <section aria-label="For the paper" className={styles.part}>
        <h2>For the paper</h2>
        <Paragraph title="Methods" text={methods} />
        <Paragraph title="Compute" text={compute} />
      </section>
    </div>
  );
}

function Line({ run, line }: { readonly run: Run; readonly line: SheetLine }) {
  const app = useApp();
  const command = line.command === undefined ? null : line.kind === 'command' ? line.command : commentText(line.command);
  return (
    <li className={cx(styles.line, line.kind === 'gap' && styles.gap)}>
      <p>
        {line.kind === 'gap' && <strong>Gap: </strong>}
        {line.text}
      </p>
      {command !== null && (
        <div className={styles.command}>
          <pre>{command}</pre>
          <CopyButton text={command} />
        </div>
      )}
      {line.evidence.length > 0 && (
        <p className={styles.evidence}>
          {placesOf(line).map((found) => (
            <button key={`${found.file} ${found.where ?? ''}`} type="button" className={page.link} onClick={() => openEvidence(app, run.id, found)}>
              <Icon name="file" size={14} /> {shownText(found.where ? `${found.file} · ${found.where}` : found.file)}
            </button>
          ))}
        </p>
      )}
    </li>
  );
}

/** Each place once: several facts may stand in one file. */
const placesOf = ({ evidence }: SheetLine): SheetLine['evidence'] =>
  [...new Map(evidence.map((found) => [`${found.file} ${found.where ?? ''}`, found])).values()].slice(0, 4);

const Paragraph = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <div className={styles.paragraph}>
    <p>
      <strong>{title}.</strong> {text}
    </p>
    <CopyButton text={text} />
  </div>
);

export const section: RunSection = { meta: { id: 'reproduce', title: 'Reproduce', order: 45 }, Component: Reproduce };
