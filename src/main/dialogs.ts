// Questions and bad news as dialogs over a window; none of them holds up the program.
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import type { ElectronApi } from './electron-api';

export interface Question extends Pick<MessageBoxOptions, 'type' | 'message' | 'detail' | 'defaultId'> {
  /** The second one is what closing the dialog means. */
  readonly buttons: readonly [string, string];
}

/** True for the first button. Without a window the dialog stands alone. */
export async function ask({ dialog }: ElectronApi, over: BrowserWindow | null, question: Question): Promise<boolean> {
  const options = { ...question, buttons: [...question.buttons], cancelId: 1 };
  const { response } = over ? await dialog.showMessageBox(over, options) : await dialog.showMessageBox(options);
  return response === 0;
}

export function showError({ dialog }: ElectronApi, over: BrowserWindow | null, message: string, detail: string): void {
  const options: MessageBoxOptions = { type: 'error', message, detail, buttons: ['OK'] };
  void (over ? dialog.showMessageBox(over, options) : dialog.showMessageBox(options));
}
