// Git LFS pointers: what a checkout without `git lfs pull` has in the place of a file.

/** So much of a file tells. */
export const pointerMark = 'version https://git-lfs';
/** Sizes of pointers: the version, a SHA-256 and the size of the file. */
const least = 100;
const most = 1024;

/** Whether a file of this size may be a pointer: it need not be looked into otherwise. */
export const mayBePointer = (size: number): boolean => size >= least && size <= most;

/** Whether bytes begin a pointer. */
export function isPointer(head: Uint8Array): boolean {
  for (let at = 0; at < pointerMark.length; at++) if (head[at] !== pointerMark.charCodeAt(at)) return false;
  return true;
}
