// What the desktop's preload script gives the page, and the names of the channels behind it.
import type { SourceRef } from './host-api';

/** The only thing that a page of the desktop has beyond a page of the web. */
export interface DesktopBridge {
  /** Asks for the port to the host. It arrives as a `message` event of the window with `portMessage` as its data: a port cannot be returned. */
  requestPort(): void;
  /** The source behind a file or folder that the user dropped; null when it has no place on disk. Takes `File` objects only, so a script cannot name a path. */
  sourceOf(file: object): Promise<SourceRef | null>;
  /** The platform's word, for key labels. */
  readonly platform: 'mac' | 'windows' | 'linux';
}

/** The word that the port comes with. */
export const portMessage = 'diptych:port';

/** Between preload script and shell. */
export const channels = { requestPort: 'diptych:request-port', port: 'diptych:port', sourceOf: 'diptych:source-of' } as const;

/** The page's origin. What the page stores belongs to it, so it never changes. */
export const pageOrigin = 'app://diptych';
