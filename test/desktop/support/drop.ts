// Drops files and folders on the page as the system does it. Old Chromiums cannot be told to: there the page gets the same files by hand.
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';

export async function dropFromSystem(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const files = paths.map((path) => resolve(path));
  if (!process.env.DIPTYCH_TEST_ELECTRON_OLD) {
    const data = { items: [], files, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
    return;
  }
  // A field for files takes a folder, too, when it is not asked: its `File` stands for the folder, with its place on disk.
  await page.evaluate(() => {
    const field = Object.assign(document.createElement('input'), { type: 'file', multiple: true, id: 'dropped' });
    field.hidden = true;
    document.body.append(field);
  });
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#dropped' });
  await session.send('DOM.setFileInputFiles', { files, nodeId });
  await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('#dropped');
    const data = new DataTransfer();
    for (const file of field?.files ?? []) data.items.add(file);
    field?.remove();
    // Only what the system drops has entries; one that can only be told apart will do where the host reads.
    DataTransferItem.prototype.webkitGetAsEntry = function (this: DataTransferItem) {
      const name = this.getAsFile()?.name ?? '';
      return { name, fullPath: `/${name}`, isDirectory: true, isFile: false } as FileSystemEntry;
    };
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
  });
}
