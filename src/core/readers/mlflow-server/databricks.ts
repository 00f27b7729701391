// How Databricks' own tools name workspaces: `databricks`, `databricks://PROFILE`, and the file `~/.databrickscfg`.

import { type Profiles, SettingsError } from '../../source/tracker';

const uri = /^databricks(?::\/\/([^/]*))?\/*$/i;

export const databricks: Profiles = {
  file: '.databrickscfg',
  env: { file: 'DATABRICKS_CONFIG_FILE', profile: 'DATABRICKS_CONFIG_PROFILE' },
  usual: 'DEFAULT',
  named(address) {
    const [matched, profile = ''] = uri.exec(address.trim()) ?? [];
    if (matched === undefined) return null;
    // MLflow's own form for secrets that are kept in the workspace, where only code that runs there can read them.
    if (profile.includes(':')) throw new SettingsError('address', `${profile} names secrets kept in a workspace; name a profile of ~/.databrickscfg instead.`);
    return profile;
  },
  keys: {
    host: { field: 'address', env: 'DATABRICKS_HOST' },
    token: { field: 'token', env: 'DATABRICKS_TOKEN' },
    username: { field: 'user' },
    password: { field: 'password' },
  },
  foreign({ token, password, auth_type: type, client_id: client, azure_client_id: azure }) {
    if (token || password) return null;
    const how = type ?? (client ? 'OAuth of a service principal' : azure ? 'Microsoft Entra ID' : null);
    if (how === null) return null;
    return `It signs in by ${how}, which Diptych does not: enter the workspace’s address with a personal access token, or with what \`databricks auth token\` prints (it holds for an hour).`;
  },
};
