// `clearml.conf`: where `clearml-init` keeps the address of the server and the keys.

import { hoconTexts } from '../../formats/hocon';
import type { ClientFile } from '../../source/tracker';

export const clearmlConf: ClientFile = {
  env: ['CLEARML_CONFIG_FILE', 'TRAINS_CONFIG_FILE'],
  files: ['clearml.conf', 'trains.conf'],
  read(text, env) {
    const texts = hoconTexts(text, env);
    const entries = [
      ['address', texts.get('api.api_server') ?? texts.get('api.host')],
      ['user', texts.get('api.credentials.access_key')],
      ['password', texts.get('api.credentials.secret_key')],
    ].flatMap(([id, value]): [string, string][] => (id && value ? [[id, value]] : []));
    return Object.fromEntries(entries);
  },
};
