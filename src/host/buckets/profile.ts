// The files of the AWS command line: `~/.aws/credentials` and `~/.aws/config`, as far as keys, region and endpoint go.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../http/wire-up';

const mostBytes = 1024 * 1024;

/** Settings by name, in small letters; those that stand indented below another as `outer.inner`. */
export type Section = ReadonlyMap<string, string>;

export interface Profile {
  readonly name: string;
  /** The environment names it; else it is the one called default. */
  readonly isNamed: boolean;
  /** Whether either file knows it. */
  readonly isThere: boolean;
  /** What both files say; keys of the credentials file win, as they do for AWS. */
  readonly settings: Section;
  /** What `services = NAME` leads to. */
  readonly services: Section;
}

/** The profile that the environment names (AWS_PROFILE), or the default one. Files that cannot be read say nothing. */
export function profileOf(env: Environment): Profile {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  const name = env.AWS_PROFILE?.trim() || env.AWS_DEFAULT_PROFILE?.trim() || 'default';
  const credentials = sectionsIn(env.AWS_SHARED_CREDENTIALS_FILE ?? join(home, '.aws', 'credentials'));
  const config = sectionsIn(env.AWS_CONFIG_FILE ?? join(home, '.aws', 'config'));
  const [keys, rest] = [credentials.get(name), config.get(`profile ${name}`) ?? (name === 'default' ? config.get('default') : undefined)];
  const settings = new Map([...(rest ?? []), ...(keys ?? [])]);
  return {
    name,
    isNamed: name !== 'default',
    isThere: keys !== undefined || rest !== undefined,
    settings,
    services: config.get(`services ${settings.get('services')}`) ?? new Map(),
  };
}

function sectionsIn(file: string): ReadonlyMap<string, Section> {
  try {
    return statSync(file).size > mostBytes ? new Map() : sectionsOf(readFileSync(file, 'utf8'));
  } catch {
    return new Map();
  }
}

/** Lines `[section]`, `name = value` and, below a name without a value, indented `name = value`; `#` and `;` begin comments. */
export function sectionsOf(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | null = null;
  let outer: string | null = null;
  for (const written of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const line = written.replace(/(?:^|\s)[#;].*$/, '').trimEnd();
    if (line.trim() === '') continue;
    const head = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1];
    if (head !== undefined) {
      const name = head.replace(/^(profile|services|sso-session)\s+["']?(.*?)["']?$/, '$1 $2');
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      outer = null;
      continue;
    }
    const cut = line.indexOf('=');
    if (cut < 0 || !section) continue;
    const [key, value] = [line.slice(0, cut).trim().toLowerCase(), line.slice(cut + 1).trim()];
    const isInner = /^\s/.test(line) && outer !== null;
    section.set(isInner ? `${outer}.${key}` : key, value);
    if (!isInner) outer = value === '' ? key : null;
  }
  return sections;
}
