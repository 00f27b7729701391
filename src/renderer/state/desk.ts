// What a back-up holds beside runs: all workspaces and the settings, as one versioned member of the bundle.

import * as v from 'valibot';
import { defaultSettings, parseSettings, type Settings, settingsVersion } from './settings';
import type { Workspace } from './workspace';
import { workspaceFromFile, workspaceToFile } from './workspace-file';

/** Name of the member. Readers of bundles leave it alone. */
export const deskName = 'diptych-desk.json';
export const deskVersion = 1;
const format = 'diptych-desk';

export interface Desk {
  readonly settings: Settings;
  /** Each with its own id; the one that was open is first. */
  readonly workspaces: readonly Workspace[];
}

const shape = v.object({
  format: v.literal(format),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  settings: v.unknown(),
  workspaces: v.pipe(v.array(v.object({ id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)), file: v.string() })), v.maxLength(10_000)),
});

export function deskToText({ settings, workspaces }: Desk): string {
  const { chosen, limits } = settings;
  // Paths, widths and open tabs are of this computer.
  const kept = { version: settingsVersion, chosen, limits };
  return JSON.stringify({ format, version: deskVersion, settings: kept, workspaces: workspaces.map((one) => ({ id: one.id, file: workspaceToFile(one) })) });
}

/** @throws Error with words for people */
export function deskFromText(text: string): Desk {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('The workspaces in this back-up cannot be read: they are no JSON.');
  }
  const read = v.safeParse(shape, value);
  if (!read.success) throw new Error('The workspaces in this back-up cannot be read.');
  const { version, settings, workspaces } = read.output;
  if (version > deskVersion) throw new Error(`This back-up has version ${version}; this Diptych reads up to ${deskVersion}. A newer Diptych opens it.`);
  const { chosen, limits } = parseSettings(settings);
  return {
    settings: { ...defaultSettings, chosen, limits },
    workspaces: workspaces.map(({ id, file }) => ({ ...workspaceFromFile(file).workspace, id })),
  };
}
