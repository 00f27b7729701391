// `.comet.config`, in which Comet's client keeps key and address: `[comet]` and lines `api_key = …`.

import { iniSections } from '../../formats/ini';
import type { ClientFile } from '../../source/tracker';

/** Its keys, and the fields of the form. */
const fields: Readonly<Record<string, string>> = { url_override: 'address', api_key: 'key', workspace: 'workspace', project_name: 'project' };

export const cometConfig: ClientFile = {
  env: ['COMET_CONFIG'],
  files: ['.comet.config'],
  read(text) {
    const [, section = {}] = [...iniSections(text)].find(([name]) => name.trim().toLowerCase() === 'comet') ?? [];
    return Object.fromEntries(Object.entries(fields).flatMap(([key, field]) => (section[key] ? [[field, section[key].replace(/^(["'])(.*)\1$/, '$2')]] : [])));
  },
};
