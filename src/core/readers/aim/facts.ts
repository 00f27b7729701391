// What Aim recorded of code and machine under `__system_params`, as facts with their evidence.

import { isObject } from '../../formats/flatten';
import type { Evidence, Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';

const textOf = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
const objectOf = (value: Value | undefined): Values => (isObject(value) ? value : {});
const shortened = (text: string): string => (text.length > 500 ? `${text.slice(0, 499)}…` : text);

/** @param file where the system params stand, relative to the repository */
export function factsOfSystem(system: Values, file: string): Fact[] {
  const facts: Fact[] = [];
  const evidence = (key: string, value: string): Evidence[] => [{ file, where: `key __system_params.${key}`, value: shortened(value) }];
  const git = objectOf(system.git_info);
  const commit = textOf(objectOf(git.commit).hash);
  if (commit) facts.push({ kind: 'git_commit', value: commit, evidence: evidence('git_info.commit.hash', commit) });
  const branch = textOf(git.branch);
  if (branch) facts.push({ kind: 'git_branch', value: branch, evidence: evidence('git_info.branch', branch) });
  const remote = textOf(git.remote_origin_url);
  if (remote) facts.push({ kind: 'git_remote', value: remote, evidence: evidence('git_info.remote_origin_url', remote) });
  const words = Array.isArray(system.arguments) ? system.arguments.filter((word): word is string => typeof word === 'string') : [];
  const [program] = words;
  if (program !== undefined) {
    const command = words.join(' ');
    facts.push({ kind: 'command', value: command, evidence: evidence('arguments', command) });
    if (program !== '' && program !== '-c') facts.push({ kind: 'entry_point', value: program, evidence: evidence('arguments', program) });
  }
  const packages = Object.entries(objectOf(system.packages)).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (packages.length > 0) {
    facts.push({ kind: 'packages', value: Object.fromEntries(packages), evidence: evidence('packages', `${packages.length} packages`) });
    const aim = packages.find(([name]) => name === 'aim')?.[1];
    if (aim) facts.push({ kind: 'tracker', value: `aim ${aim}`, evidence: evidence('packages.aim', aim) });
  }
  const environment = objectOf(system.env_variables);
  const host = textOf(environment.HOSTNAME);
  if (host) facts.push({ kind: 'host', value: host, evidence: evidence('env_variables.HOSTNAME', host) });
  const world = textOf(environment.WORLD_SIZE);
  if (world && /^\d{1,7}$/.test(world)) facts.push({ kind: 'world_size', value: Number(world), evidence: evidence('env_variables.WORLD_SIZE', world) });
  return facts;
}

/** Who ran it, as the shell knew. */
export const userOf = (system: Values): string | null => {
  const environment = objectOf(system.env_variables);
  return textOf(environment.USER) ?? textOf(environment.LOGNAME);
};
