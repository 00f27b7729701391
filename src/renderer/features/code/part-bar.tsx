// Which part of the review is open, what was found in one line, the runs it is joined with, and patches for all.

import { titleOf } from '../../../core/setup/told';
import { counted } from '../../../core/view/format';
import { useChosenRuns, useRuns } from '../../queries/use-runs';
import { useApp } from '../../state/app';
import type { ReadyCode } from '../../state/code';
import { openPicker, readRunsOfCode } from '../../state/import-actions';
import { Button, IconButton } from '../../widgets/button';
import { Segments } from '../../widgets/segments';
import { Select } from '../../widgets/select';
import styles from './code.module.css';
import { copyText, saveWhole } from './save-patch';
import type { Part } from './slice';

const titles: Readonly<Record<Part, string>> = { findings: 'Findings', coverage: 'Coverage', unanswered: 'Not answered', aside: 'Set aside', files: 'Files' };

interface Props {
  readonly state: ReadyCode;
  readonly part: Part;
  /** Findings that count, and those that were set aside. */
  readonly counts: { readonly findings: number; readonly aside: number };
  readonly onPart: (part: Part) => void;
}

export function PartBar({ state, part, counts, onPart }: Props) {
  const app = useApp();
  const { label, code } = state;
  const { review, whole } = code;
  const numbers: Partial<Record<Part, number>> = { ...counts, unanswered: review.unknown.length, files: review.files.length };
  const uses = [...new Set([...review.frameworks, ...review.trackers])].map(titleOf);
  return (
    <div className={styles.top}>
      <Segments label="Parts of Code" titles={titles} open={part} onOpen={onPart} counts={numbers} />
      <p className={styles.summary} role="status" aria-label="Summary" title="The code is kept in memory only: it is gone when this window closes.">
        <strong>{label}</strong> {review.trainings.length === 0 ? ['no training was found', ...uses].join(' · ') : uses.join(' · ')} · in memory only
      </p>
      <span className={styles.actions}>
        <JoinRuns state={state} />
        <Button size="s" title="Code, curves, names and params in five parts" onClick={() => app.navigation.toTab('review')}>
          Five-part review
        </Button>
        {whole.text !== '' && (
          <>
            <Button size="s" icon="copy" title={patchTitle(whole)} onClick={() => copyText(app, whole.text)}>
              Copy all patches
            </Button>
            <IconButton size="s" icon="download" label="Save all as .patch" onClick={() => saveWhole(app)} />
          </>
        )}
        <IconButton size="s" icon="folder" label="Review other code" onClick={() => openPicker(app, 'folder', 'code')} />
        <IconButton size="s" icon="close" label="Take the code off the screen" onClick={app.code.close} />
      </span>
    </div>
  );
}

const patchTitle = ({ mended, left }: { readonly mended: number; readonly left: number }): string =>
  `One patch for ${counted(mended, 'finding')}, for \`git apply\`${left > 0 ? `; ${left} more touch the same lines and have their own` : ''}.`;

/** Runs from the same place are joined by themselves; of all others only a person can say whether they belong to this code. */
function JoinRuns({ state: { joined, origin } }: { readonly state: ReadyCode }) {
  const app = useApp();
  const all = useRuns();
  const chosen = useChosenRuns();
  const read = (): void => readRunsOfCode(app, origin);
  if (all.length === 0)
    return (
      <Button size="s" icon="folder" title="Runs confirm findings or refute them" onClick={read}>
        Read its runs
      </Button>
    );
  const pick = (what: 'none' | 'chosen' | 'all' | 'read' | 'now'): void => {
    if (what === 'read') read();
    else if (what !== 'now') app.code.join(what === 'none' ? null : what === 'all' ? all : chosen);
  };
  return (
    <Select
      label="Runs of this code"
      value={joined === null ? 'none' : 'now'}
      options={[
        { value: 'none', label: 'Not joined with runs' },
        ...(joined === null ? [] : [{ value: 'now' as const, label: `Joined with ${counted(joined.length, 'run')}` }]),
        { value: 'read', label: 'Read the runs that lie beside it' },
        { value: 'chosen', label: 'Join chosen runs', note: String(chosen.length) },
        { value: 'all', label: 'Join all runs', note: String(all.length) },
      ]}
      onPick={pick}
    />
  );
}
