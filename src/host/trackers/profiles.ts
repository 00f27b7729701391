// Profiles of a tracker's own tools: which server a name stands for, and what the file says of a server.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { iniSections } from '../../core/formats/ini';
import { baseOf, type Profiles, type Settings, SettingsError, type Tracker } from '../../core/source/tracker';
import type { Environment } from '../http/wire-up';

const mostBytes = 1024 * 1024;

type Profile = Readonly<Record<string, string>>;

/** What a profile or its environment variables say, by field. */
export interface FoundProfile {
  readonly settings: Settings;
  readonly origin: 'profile' | 'environment';
}

/** Whose profile an address names, or null for the address of a server. */
export function ownerOf(address: string, trackers: readonly Tracker[]): Tracker | null {
  return trackers.find(({ profiles }) => (profiles?.named(address) ?? null) !== null) ?? null;
}

/**
 * The server of an address that names a profile, with its credentials; of another address what the one profile of that server says, if there is one.
 * Environment variables stand for the profile that is meant where none is named, as in the tools themselves.
 * @param signsIn credentials were entered: those of the profile are not needed
 * @throws SettingsError where the profile is not there, or signs in by something that we do not speak
 */
export function profileOf(profiles: Profiles, address: string, env: Environment, signsIn: boolean): FoundProfile | null {
  const named = profiles.named(address);
  const set = fromEnvironment(profiles, env);
  const field = addressField(profiles);
  if (named === '' && set[field]) return { settings: set, origin: 'environment' };
  const file = env[profiles.env.file]?.trim() || join(env.HOME ?? env.USERPROFILE ?? homedir(), profiles.file);
  const all = sectionsOf(file);
  if (named === null) {
    const found = ofServer(profiles, all, address, env);
    return found && { settings: fieldsOf(profiles, found), origin: 'profile' };
  }
  const name = named || env[profiles.env.profile]?.trim() || profiles.usual;
  const found = all?.get(name);
  if (!found)
    throw new SettingsError('address', all ? `There is no profile ${name} in ${file}.` : `${file} cannot be read; it would name the profile ${name}.`);
  const settings = fieldsOf(profiles, found);
  if (!settings[field]) throw new SettingsError('address', `The profile ${name} in ${file} names no host.`);
  const foreign = signsIn ? null : profiles.foreign(found);
  if (foreign !== null) throw new SettingsError('address', `The profile ${name} cannot be used as it is. ${foreign}`);
  return { settings, origin: 'profile' };
}

/** The profile of a server: the one that is meant anyhow, or the only one. */
function ofServer(profiles: Profiles, all: ReadonlyMap<string, Profile> | null, address: string, env: Environment): Profile | null {
  const field = addressField(profiles);
  const wanted = originOf(address);
  const fitting = [...(all ?? [])].filter(([, profile]) => {
    const { [field]: host } = fieldsOf(profiles, profile);
    return wanted !== null && host !== undefined && originOf(host) === wanted && profiles.foreign(profile) === null;
  });
  const usual = env[profiles.env.profile]?.trim() || profiles.usual;
  const [, found] = fitting.find(([name]) => name === usual) ?? (fitting.length === 1 ? fitting[0] : undefined) ?? [];
  return found ?? null;
}

function originOf(address: string): string | null {
  try {
    return new URL(baseOf(address)).origin;
  } catch {
    return null;
  }
}

const addressField = ({ keys }: Profiles): string => Object.values(keys)[0]?.field ?? 'address';

const fieldsOf = ({ keys }: Profiles, profile: Profile): Settings =>
  Object.fromEntries(Object.entries(keys).flatMap(([key, { field }]) => (profile[key] ? [[field, profile[key]]] : [])));

const fromEnvironment = ({ keys }: Profiles, env: Environment): Settings =>
  Object.fromEntries(Object.values(keys).flatMap(({ field, env: name }) => (name && env[name]?.trim() ? [[field, env[name].trim()]] : [])));

/** Sections of an INI file as Python's `configparser` reads them, without substitution; null where the file cannot be read. */
function sectionsOf(file: string): ReadonlyMap<string, Profile> | null {
  try {
    if (statSync(file).size > mostBytes) return null;
    return iniSections(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
