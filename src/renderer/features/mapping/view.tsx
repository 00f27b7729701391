// The wizard: on the left how logs are read, on the right what that gives.

import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { blankMapping } from '../../../core/mapping/edit';
import { mappingFileName } from '../../../core/mapping/mapping';
import { counted } from '../../../core/view/format';
import { useApp, useSession } from '../../state/app';
import { openPicker } from '../../state/import-actions';
import { type MappingTarget, mappingTargets } from '../../state/mapping-actions';
import { saveFile } from '../../state/save';
import { Button } from '../../widgets/button';
import { CopyButton } from '../../widgets/copy-button';
import { Dialog } from '../../widgets/dialog';
import { Select } from '../../widgets/select';
import { Empty, Failed, Loading } from '../../widgets/states';
import { UnknownFiles } from './files';
import { MappingForm } from './form';
import { MappingJson } from './json';
import styles from './mapping.module.css';
import { Preview } from './preview';
import { useWizard } from './use-wizard';

const title = 'Tell Diptych how to read it';

export default function MappingView() {
  const app = useApp();
  const id = useSession((state) => state.mapping);
  const imports = useStore(app.importer.store);
  // The import may leave the panel while the wizard is open.
  const [origin] = useState(() => imports.find((one) => one.id === id)?.origin ?? null);
  const targets = useMemo(() => (origin === null ? [] : mappingTargets(app, origin)), [app, origin]);
  const [at, setAt] = useState(0);
  useEffect(
    () => () => {
      for (const target of targets) target.close();
    },
    [targets],
  );
  const close = (): void => app.session.setState({ overlay: null, mapping: null });
  const target = targets[at];
  if (!target) return <Nothing onClose={close} />;
  return (
    <Wizard key={at} target={target} onClose={close}>
      {targets.length > 1 && (
        <Select
          label="Source"
          icon="folder"
          value={String(at)}
          options={targets.map(({ label }, index) => ({ value: String(index), label }))}
          onPick={(value) => setAt(Number(value))}
        />
      )}
    </Wizard>
  );
}

function Nothing({ onClose }: { readonly onClose: () => void }) {
  const app = useApp();
  return (
    <Dialog open onClose={onClose} title={title}>
      <Empty
        icon="folder"
        title="Which logs?"
        actions={
          <Button
            kind="primary"
            icon="folder"
            onClick={() => {
              onClose();
              openPicker(app, 'folder');
            }}
          >
            Open folder…
          </Button>
        }
      >
        Drop or open the folder with your logs first. Where Diptych does not know them, the card of the import offers to tell it how they are read.
      </Empty>
    </Dialog>
  );
}

interface Props {
  readonly target: MappingTarget;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

function Wizard({ target, onClose, children }: Props) {
  const app = useApp();
  const id = useSession((state) => state.mapping);
  const wizard = useWizard(target);
  const { survey, check, failure, text, document, busy } = wizard;
  const [asText, setAsText] = useState(false);
  const [at, setAt] = useState(0);
  const runs = check?.preview?.runCount ?? 0;
  const read = (): void => {
    onClose();
    // What it found before is answered by what comes now.
    if (id !== null) app.importer.dismiss(id);
    target.read(text);
  };
  const editAsText = asText || document === null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${title}: ${target.label}`}
      width="xl"
      footer={
        <>
          <Button icon="download" disabled={text === ''} onClick={() => saveFile(mappingFileName, text, 'application/json')}>
            Save {mappingFileName}
          </Button>
          <CopyButton text={text} label="Copy" size="m" />
          <span className={styles.gap} />
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={runs === 0 || busy} onClick={read}>
            {runs === 0 ? 'Import' : `Import ${counted(runs, 'run')}${check?.preview?.partial ? ' or more' : ''}`}
          </Button>
        </>
      }
    >
      {!survey && (
        <div className={styles.stage}>
          {failure === null ? (
            <Loading text="Looking at the files…" />
          ) : (
            <Failed title="The files cannot be looked at" message={failure} tip="Open the folder again." />
          )}
        </div>
      )}
      {survey && (
        <div className={`${styles.stage} ${styles.wizard}`}>
          <section className={styles.editor} aria-label="How it is read">
            {children}
            <UnknownFiles survey={survey} />
            <div className={styles.modes}>
              {document && document.mappings.length > 0 ? (
                <Select
                  label="Mapping"
                  wide
                  value={String(Math.min(at, document.mappings.length - 1))}
                  options={document.mappings.map(({ label, files }, index) => ({
                    value: String(index),
                    label: `${index + 1}. ${label ?? 'Mapping'}`,
                    note: files.slice(0, 2).join(', '),
                  }))}
                  onPick={(value) => setAt(Number(value))}
                />
              ) : (
                <span className={styles.muted}>{document ? 'No mapping yet' : 'The text is no mapping file yet'}</span>
              )}
              <Button
                icon="plus"
                disabled={!document}
                onClick={() => {
                  const mappings = document?.mappings ?? [];
                  wizard.setMappings([...mappings, blankMapping(survey.unknown.slice(0, 1).map(({ path }) => path))]);
                  setAt(mappings.length);
                }}
              >
                Add
              </Button>
              <Button pressed={editAsText} disabled={document === null} onClick={() => setAsText(!asText)}>
                As text
              </Button>
              {target.remembered !== null && (
                <Button
                  onClick={() => {
                    target.forget();
                    wizard.setText(survey.proposal);
                  }}
                >
                  Forget and start anew
                </Button>
              )}
            </div>
            {editAsText ? <MappingJson text={text} onText={wizard.setText} /> : <MappingForm wizard={wizard} at={at} onAt={setAt} />}
          </section>
          <Preview wizard={wizard} />
        </div>
      )}
    </Dialog>
  );
}
