// Out of a back-up: workspaces and settings first, so that runs come into what was arranged for them; then the runs, as any bundle.

import { openArchive } from '../../../core/formats/archive/archive';
import { readWhole } from '../../../core/formats/bytes';
import { defaultLimits } from '../../../core/source/reader';
import { counted } from '../../../core/view/format';
import type { App } from '../../state/app';
import { type Desk, deskFromText, deskName } from '../../state/desk';
import { importFiles } from '../../state/import-actions';
import { same } from '../../state/merge';
import { parseWorkspace } from '../../state/workspace';
import { openStored } from '../../state/workspace-actions';
import { dropOfFiles } from '../../workers/dropped';

/** Lets the user choose a back-up, and takes over what it holds; what is here stays. */
export function chooseBackUp(app: App): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.zip,application/zip';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) restore(app, file);
  });
  input.click();
}

function restore(app: App, file: File): void {
  app.idle
    .track('restore', takeDesk(app, file))
    .catch((error: unknown) =>
      app.toasts.show({
        kind: 'bad',
        text: 'Workspaces and settings were not restored.',
        detail: error instanceof Error ? error.message : 'The file cannot be read.',
      }),
    )
    .then(() => importFiles(app, dropOfFiles([file])))
    .catch(() => {});
}

async function takeDesk(app: App, file: File): Promise<void> {
  const text = await deskOf(file);
  if (text === null) return;
  const desk = deskFromText(text);
  const pristine = await isPristine(app);
  const added = await addWorkspaces(app, desk);
  // Chosen here wins over chosen there.
  app.settings.setState(({ chosen, limits }) => ({ chosen: { ...desk.settings.chosen, ...chosen }, limits: { ...desk.settings.limits, ...limits } }));
  const [open] = desk.workspaces;
  if (pristine && open) openStored(app, open.id);
  app.toasts.show({ kind: 'good', text: `${counted(added, 'workspace')} and the settings restored` });
}

/** Nothing was arranged here yet. */
async function isPristine({ workspace, storage }: App): Promise<boolean> {
  const { history } = workspace.getState();
  return history.past.length === 0 && (await storage.workspaces()).every(({ id }) => id === history.now.id);
}

/** Those that are not here, under their own ids; one that is here and says something else comes beside it. */
async function addWorkspaces({ storage, tabs }: App, { workspaces }: Desk): Promise<number> {
  let added = 0;
  for (const one of workspaces) {
    const there = await storage.workspace(one.id);
    if (there !== undefined && same(parseWorkspace(there), one)) continue;
    const isNew = there === undefined || isEmpty(parseWorkspace(there));
    const id = isNew ? one.id : crypto.randomUUID();
    await storage.putWorkspace({ ...one, id, name: isNew ? one.name : `${one.name} restored` });
    tabs.saved({ kind: 'workspace', id });
    added += 1;
  }
  return added;
}

/** Only looks that runs got by themselves. */
const isEmpty = ({ notes, labels, filters, colours, lines, features, baseline, filter, sort }: ReturnType<typeof parseWorkspace>): boolean =>
  notes.size + labels.size + filters.length + colours.size + lines.size + Object.keys(features).length + sort.length === 0 &&
  baseline === null &&
  filter === '';

/** Text of the member, or null: a bundle without one. @throws SourceError when the file is no zip or damaged */
async function deskOf(file: File): Promise<string | null> {
  const signal = new AbortController().signal;
  const source = {
    name: file.name,
    path: file.name,
    size: file.size,
    modifiedMs: null,
    read: async (offset: number, length: number) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
  };
  const zip = await openArchive(source, 'zip', null, { limits: defaultLimits, signal, issue: () => {} });
  const member = zip.files.get(deskName);
  return member ? new TextDecoder().decode(await readWhole(member, defaultLimits, signal)) : null;
}
