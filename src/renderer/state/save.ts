// Gives bytes to the person as a file.

/** Downloads a file; the desktop window asks where to. */
export function saveFile(name: string, content: string | Blob | Uint8Array<ArrayBuffer>, mime: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: mime }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name.replace(/[\\/:*?"<>|\p{Cc}\p{Bidi_Control}]/gu, '_').slice(0, 200);
  link.click();
  // The browser reads the address after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
