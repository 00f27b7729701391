// What the page may ask of the shell beside its host; `page-messages.ts` checks who says it, and against which schema.
import * as v from 'valibot';
import { channels } from '../wire/desktop';
import { pageWord } from '../wire/page-words';
import type { ElectronApi } from './electron-api';
import type { HostProcess } from './host-process';
import { answerPage, hearPage } from './page-messages';
import type { Recent } from './recent';
import type { SettingsFile } from './settings';
import type { Updates } from './updates';
import type { Windows } from './windows';

interface Parts {
  readonly host: HostProcess;
  readonly recent: Recent;
  readonly settings: SettingsFile;
  readonly updates: Updates;
  readonly windows: Windows;
}

/** As `webUtils.getPathForFile` gives it; `text` of `wire/shell-api.ts` is as long. */
const droppedPath = v.pipe(v.string(), v.minLength(1), v.maxLength(4096), v.regex(/^[^\0]*$/));

export function hearPages(electron: ElectronApi, { host, recent, settings, updates, windows }: Parts): void {
  hearPage(electron, channels.requestPort, v.undefined(), (_nothing, page) => host.connectPage(page));
  hearPage(electron, channels.tell, pageWord, (word, page) => {
    if (word.kind !== 'theme') return windows.heed(page, word);
    electron.nativeTheme.themeSource = word.theme;
    if (settings.now().theme !== word.theme) settings.change({ theme: word.theme });
  });
  answerPage(electron, channels.sourceOf, droppedPath, async (path) => {
    const source = await host.admit(path);
    if (source) recent.add([source.path]);
    return source;
  });
  answerPage(electron, channels.updateState, v.undefined(), async () => updates.state());
  answerPage(electron, channels.updateAtStart, v.boolean(), async (on) => updates.setAtStart(on));
  answerPage(electron, channels.updateCheck, v.undefined(), updates.check);
}
