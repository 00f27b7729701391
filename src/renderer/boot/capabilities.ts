// What this window can do beyond being a page. Code asks for a capability, never for a platform; a missing one hides its control.

import type { SurveyAnswer } from '../../core/ingest/survey';
import type { LimitChanges } from '../../core/source/reader';
import type { HostConnection } from '../../wire/client';
import { connectHost, type DesktopBridge } from '../../wire/connect';
import type { HostParams, HostResult, Listing, SourceRef } from '../../wire/host-api';
import type { ImportChannel } from '../../wire/imports';

/** How sources are to be read, beside limits. */
export interface ReadHow {
  /** Text of a mapping file for every source. */
  readonly mapping?: string;
  /** Marks of claims that were read before: what is as it was is not read again. */
  readonly known?: Readonly<Record<string, string>>;
}

export interface Capabilities {
  /** The desktop's own dialog. Empty when the user changed their mind. */
  readonly pick?: (kind: 'folder' | 'file') => Promise<readonly SourceRef[]>;
  /** Lists folders of the host for a picker of our own; null is where the host was started. */
  readonly browse?: (place: string | null) => Promise<Listing>;
  readonly choose?: (places: readonly string[]) => Promise<readonly SourceRef[]>;
  /** Reads sources where their bytes are. */
  readonly importSources?: (sources: readonly SourceRef[], limits: LimitChanges, how?: ReadHow) => ImportChannel;
  /** Keeps reading one source as it grows; the channel ends when it is cancelled or all its runs have ended. */
  readonly followSource?: (source: SourceRef, limits: LimitChanges, how: ReadHow) => ImportChannel;
  /** Reads training code where its bytes are, for the page to review. */
  readonly readCode?: (sources: readonly SourceRef[], limits: LimitChanges) => ImportChannel;
  /** Looks a source over for files that nobody knows, and previews a mapping; null for the one that is proposed. */
  readonly survey?: (source: string, mapping: string | null, signal: AbortSignal) => Promise<SurveyAnswer>;
  readonly sourceState?: (source: string) => Promise<HostResult<'sourceState'>>;
  /** The place on disk behind something dropped; null where it has none. */
  readonly sourceOfFile?: (file: File) => Promise<SourceRef | null>;
  /** Prints a self-contained HTML document to PDF. `note` says what the user should know of how it was made. */
  readonly printPdf?: (html: string, title: string, signal?: AbortSignal) => Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly note: string | null }>;
  /** Shows an https address in the user's browser, after asking. */
  readonly openExternal?: (params: HostParams<'openExternal'>) => Promise<null>;
}

export interface Host {
  readonly capabilities: Capabilities;
  /** To be imported at once: named on the command line, or handed over later. */
  onSources(listener: (sources: readonly SourceRef[]) => void): void;
}

/** What a connection can do, as capabilities. */
export function capabilitiesOf(connection: HostConnection, bridge: DesktopBridge | undefined): Capabilities {
  const has = (name: HostConnection['hello']['capabilities'][number]): boolean => connection.hello.capabilities.includes(name);
  return {
    importSources: (sources, limits, how) => connection.startImport(sources, { limits, ...how }),
    followSource: (source, limits, how) => connection.startImport([source], { limits, ...how, follow: true }),
    readCode: (sources, limits) => connection.startImport(sources, { what: 'code', limits }),
    survey: (source, mapping, signal) => connection.call('survey', { source, mapping }, signal),
    sourceState: (source) => connection.call('sourceState', { source }),
    ...(has('pick') ? { pick: (kind) => connection.call('pick', { kind }) } : {}),
    ...(has('browse')
      ? {
          browse: (place) => connection.call('browse', { place }),
          choose: (places) => connection.call('choose', { places: [...places] }),
        }
      : {}),
    ...(has('print-pdf') ? { printPdf: connection.printPdf } : {}),
    ...(has('open-external') ? { openExternal: (params) => connection.call('openExternal', params) } : {}),
    ...(bridge ? { sourceOfFile: (file) => bridge.sourceOf(file) } : {}),
  };
}

/** Finds the host, if there is one. A page without a host reads what is dropped on it by itself. */
export async function findHost(): Promise<Host> {
  const connection = await connectHost();
  if (!connection) return { capabilities: {}, onSources: () => {} };
  const bridge = (globalThis as { readonly diptych?: DesktopBridge }).diptych;
  return {
    capabilities: capabilitiesOf(connection, bridge),
    onSources: (listener) => {
      if (connection.hello.sources.length > 0) listener(connection.hello.sources);
      connection.onSources(listener);
    },
  };
}
