// What the desktop's preload script gives the page, and the names of the channels behind it.
import type { SourceRef } from './host-api';
import type { PageWord, ShellWord, UpdateAnswer, UpdateState } from './page-words';

/** The only thing that a page of the desktop has beyond a page of the web. */
export interface DesktopBridge {
  /**
   * Asks for the port to the host. It arrives as a `message` event of the window with `portMessage` as its data: a port cannot be returned.
   * Another one comes unasked when the host had to be started again.
   */
  requestPort(): void;
  /** The source behind a file or folder that the user dropped; null when it has no place on disk. Takes `File` objects only, so a script cannot name a path. */
  sourceOf(file: object): Promise<SourceRef | null>;
  /** The platform's word, for key labels. */
  readonly platform: 'mac' | 'windows' | 'linux';
  /** Says something about the page that the shell shows or heeds. */
  tell(word: PageWord): void;
  /** Sets the one listener to what the shell says. */
  onWord(listener: (word: ShellWord) => void): void;
  readonly updates: {
    state(): Promise<UpdateState>;
    /** Looks at the start of the program, or never by itself. */
    setAtStart(on: boolean): Promise<UpdateState>;
    /** Asks the release feed, after the person has agreed. Nothing is downloaded. */
    check(): Promise<UpdateAnswer>;
  };
}

/** The word that the port comes with. */
export const portMessage = 'diptych:port';

/** Between preload script and shell. */
export const channels = {
  requestPort: 'diptych:request-port',
  port: 'diptych:port',
  sourceOf: 'diptych:source-of',
  tell: 'diptych:tell',
  word: 'diptych:word',
  updateState: 'diptych:update-state',
  updateAtStart: 'diptych:update-at-start',
  updateCheck: 'diptych:update-check',
} as const;

/** The page's origin. What the page stores belongs to it, so it never changes. */
export const pageOrigin = 'app://diptych';
