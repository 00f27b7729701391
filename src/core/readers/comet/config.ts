// `.comet.config`, in which Comet's client keeps key and address: `[comet]` and lines `api_key = …`.

import type { ClientFile } from '../../source/tracker';

/** Its keys, and the fields of the form. */
const fields: Readonly<Record<string, string>> = { url_override: 'address', api_key: 'key', workspace: 'workspace', project_name: 'project' };

export const cometConfig: ClientFile = {
  env: ['COMET_CONFIG'],
  files: ['.comet.config'],
  read(text) {
    const found: Record<string, string> = {};
    let section = '';
    for (const line of text.split(/\r?\n/)) {
      const [, name] = /^\s*\[\s*([^\]]+?)\s*\]\s*$/.exec(line) ?? [];
      if (name !== undefined) section = name.toLowerCase();
      const [, key = '', value = ''] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      const field = Object.hasOwn(fields, key.toLowerCase()) ? fields[key.toLowerCase()] : undefined;
      if (section === 'comet' && field !== undefined && value !== '') found[field] = value.replace(/^(["'])(.*)\1$/, '$2');
    }
    return found;
  },
};
