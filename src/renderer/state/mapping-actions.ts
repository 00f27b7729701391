// How files that nobody knows are told to be read: looked over where their bytes are, imported by a mapping, remembered.

import type { SurveyAnswer } from '../../core/ingest/survey';
import { asOneRoot, dropAgain } from '../workers/dropped';
import type { ImportOrigin } from '../workers/importer';
import { surveyDrop } from '../workers/survey-client';
import type { App } from './app';
import { importFiles, importSources } from './import-actions';

/** Something that was given to be read and of which not all is known. */
export interface MappingTarget {
  readonly label: string;
  /** @param mapping text of a mapping file; null for the one that is proposed. @throws where it cannot be looked at */
  ask(mapping: string | null, signal: AbortSignal): Promise<SurveyAnswer>;
  /** The mapping by which it was read last; null where there is none. */
  readonly remembered: string | null;
  /** Reads it by the mapping, which is remembered where the source can be known again. */
  read(mapping: string): void;
  /** Forgets what was remembered. */
  forget(): void;
  close(): void;
}

/** What a mapping can be made for: all of a drop together, each source of the host by itself. */
export function mappingTargets(app: App, origin: ImportOrigin): readonly MappingTarget[] {
  if (origin.kind === 'drop') {
    const drop = asOneRoot(origin.drop);
    const { ask, close } = surveyDrop(drop, app.settings.getState().limits);
    const label = drop.roots[0]?.name ?? '';
    return [{ label, ask, close, remembered: null, forget: () => {}, read: (mapping) => importFiles(app, dropAgain(drop), mapping) }];
  }
  const { survey } = app.capabilities;
  if (!survey) return [];
  const remember = (id: string, mapping: string | null): void =>
    app.settings.setState(({ mappings: { [id]: _, ...others } }) => ({ mappings: mapping === null ? others : { ...others, [id]: mapping } }));
  return origin.sources.map((source) => ({
    label: source.label,
    ask: (mapping, signal) => survey(source.id, mapping, signal),
    remembered: app.settings.getState().mappings[source.id] ?? null,
    read: (mapping) => {
      remember(source.id, mapping);
      importSources(app, [source]);
    },
    forget: () => remember(source.id, null),
    close: () => {},
  }));
}

/** Opens the wizard for an import; without one, for the newest that can be read otherwise. */
export function openMapping(app: App, imported?: number): void {
  const newest = app.importer.store.getState().findLast(({ origin }) => origin !== null);
  app.session.setState({ overlay: 'mapping', mapping: imported ?? newest?.id ?? null });
}
