// Templates: reports as they are arranged, kept by name, taken from and given as files that the command line reads as well.

import { useEffect, useState } from 'react';
import { parseTemplate, type ReportTemplate, templateText } from '../../../core/report/template';
import { type App, useApp } from '../../state/app';
import { saveFile } from '../../state/save';
import { Button } from '../../widgets/button';
import { Dialog } from '../../widgets/dialog';
import { Menu, type MenuItem } from '../../widgets/menu';
import { TextField } from '../../widgets/text-field';
import type { ChangeReport } from './change';
import { fileName } from './render';
import styles from './report.module.css';
import { type ReportSlice, withTemplate } from './slice';
import { parseTemplates, templatesKey, withoutTemplate, withSaved } from './template-list';

interface Props {
  readonly slice: ReportSlice;
  readonly change: ChangeReport;
}

export function Templates({ slice, change }: Props) {
  const app = useApp();
  const [saved, setSaved] = useState<readonly ReportTemplate[]>([]);
  const [naming, setNaming] = useState<string | null>(null);
  useEffect(() => {
    app.idle
      .track('templates', app.storage.setting(templatesKey))
      .then((stored) => setSaved(parseTemplates(stored)))
      .catch((error: unknown) => failed(app, 'The templates could not be read.', error));
  }, [app]);
  const keep = (next: readonly ReportTemplate[]): void => {
    setSaved(next);
    app.idle.track('templates', app.storage.putSetting(templatesKey, next)).catch((error: unknown) => failed(app, 'The templates could not be saved.', error));
  };
  const apply = (template: ReportTemplate): void => change(`use template ${template.name}`, (now) => withTemplate(now, template));
  const save = (name: string): void => {
    const { preview: _, ...template } = slice;
    keep(withSaved(saved, { ...template, name }));
    // So that saving again offers the same name.
    change('name of the template', (now) => ({ ...now, name }), { undoable: false });
    setNaming(null);
  };
  const remove = (template: ReportTemplate): void => {
    const before = saved;
    keep(withoutTemplate(saved, template.name));
    app.toasts.show({ kind: 'info', text: `Template ${template.name} deleted`, action: { label: 'Undo', run: () => keep(before) } });
  };
  const importFile = (text: string): void => {
    try {
      const template = parseTemplate(text);
      const named = { ...template, name: template.name || template.title || 'Imported template' };
      keep(withSaved(saved, named));
      apply(named);
    } catch (error) {
      app.toasts.show({ kind: 'bad', text: error instanceof Error ? error.message : 'This file cannot be read.' });
    }
  };
  const items: readonly MenuItem[] = [
    ...(saved.length > 0 ? [{ kind: 'heading', label: 'Use' } as const] : []),
    ...saved.map((template) => ({ label: template.name, onPick: () => apply(template) })),
    ...(saved.length > 0 ? [{ kind: 'line' } as const] : []),
    { label: 'Save as template…', icon: 'bookmark', onPick: () => setNaming(slice.name) },
    { label: 'Open a template file…', icon: 'folder', onPick: () => chooseFile(importFile) },
    { label: 'Save as a template file', icon: 'download', onPick: () => saveTemplateFile(slice) },
    ...(saved.length > 0 ? [{ kind: 'line' } as const, { kind: 'heading', label: 'Delete' } as const] : []),
    ...saved.map((template) => ({ label: `Delete ${template.name}`, icon: 'trash' as const, danger: true, onPick: () => remove(template) })),
  ];
  return (
    <>
      <Menu items={items}>
        <Button icon="bookmark">Templates</Button>
      </Menu>
      <NameDialog name={naming} taken={saved.map(({ name }) => name)} onName={setNaming} onSave={save} />
    </>
  );
}

interface NameProps {
  /** Null: closed. */
  readonly name: string | null;
  readonly taken: readonly string[];
  readonly onName: (name: string | null) => void;
  readonly onSave: (name: string) => void;
}

function NameDialog({ name, taken, onName, onSave }: NameProps) {
  const trimmed = name?.trim() ?? '';
  return (
    <Dialog
      open={name !== null}
      onClose={() => onName(null)}
      title="Save as template"
      width="s"
      footer={
        <>
          <Button onClick={() => onName(null)}>Cancel</Button>
          <Button kind="primary" disabled={trimmed === ''} onClick={() => onSave(trimmed)}>
            {taken.includes(trimmed) ? 'Replace' : 'Save'}
          </Button>
        </>
      }
    >
      <form
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault();
          if (trimmed !== '') onSave(trimmed);
        }}
      >
        <TextField label="Name of the template" value={name ?? ''} onText={onName} maxLength={200} />
        <p className={styles.muted}>Title, authors, sections, notes, page and charts are kept; runs are not.</p>
      </form>
    </Dialog>
  );
}

function saveTemplateFile({ preview: _, ...template }: ReportSlice): void {
  saveFile(fileName(template.name || template.title || 'report template', 'template.json'), templateText(template), 'application/json');
}

function chooseFile(then: (text: string) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    file?.text().then(then, () => {});
  });
  input.click();
}

function failed({ toasts }: Pick<App, 'toasts'>, text: string, error: unknown): void {
  toasts.show({ kind: 'bad', text, detail: error instanceof Error ? error.message : String(error) });
}
