// MLflow tracking servers and Databricks, over REST 2.0.

import { toBase64 } from '../../formats/base64';
import { baseOf, type HttpTracker, SettingsError } from '../../source/tracker';
import { mlflow } from '../_mlflow/meta';
import { databricks } from './databricks';

export const tracker: HttpTracker = {
  meta: { id: 'mlflow-server', title: 'MLflow server', accepts: 'the address of an MLflow tracking server or Databricks workspace', ...mlflow },
  hosts: /(?:^|\.)(?:cloud\.databricks\.com|azuredatabricks\.net|gcp\.databricks\.com)$/,
  // A server with users asks who we are, in words of its own.
  hello: {
    path: '/version',
    sure: (status, text) => (status === 200 && /^\d+\.\d+[\w.+-]*$/.test(text.trim()) ? 0.8 : status === 401 && /mlflow/i.test(text) ? 0.6 : 0),
  },
  profiles: databricks,
  form: [
    {
      id: 'address',
      label: 'Address',
      kind: 'address',
      required: true,
      placeholder: 'http://localhost:5000',
      env: ['MLFLOW_TRACKING_URI', 'DATABRICKS_HOST'],
      help: 'Or a Databricks workspace: its address, databricks, or databricks://PROFILE of ~/.databrickscfg.',
    },
    { id: 'user', label: 'User', kind: 'text', env: ['MLFLOW_TRACKING_USERNAME'], netrc: 'login', help: 'Only where the server asks for one.' },
    { id: 'password', label: 'Password', kind: 'secret', env: ['MLFLOW_TRACKING_PASSWORD'], netrc: 'password' },
    {
      id: 'token',
      label: 'Token',
      kind: 'secret',
      env: ['MLFLOW_TRACKING_TOKEN', 'DATABRICKS_TOKEN'],
      help: 'Instead of user and password: a bearer token, such as a personal access token of Databricks.',
    },
    { id: 'workspace', label: 'Workspace', kind: 'text', env: ['MLFLOW_WORKSPACE'], help: 'Only on servers with workspaces (MLflow 3.10 or later).' },
  ],
  filterExample: "metrics.loss < 0.2 and params.optimizer = 'adam'",
  parallel: 8,
  access({ address = '', user, password, token, workspace }) {
    const base = baseOf(address);
    if (password && !user && !token) throw new SettingsError('user', 'A password needs its user.');
    const credentials = token ? `Bearer ${token}` : user ? `Basic ${toBase64(new TextEncoder().encode(`${user}:${password ?? ''}`))}` : null;
    return { base, headers: { ...(credentials ? { authorization: credentials } : {}), ...(workspace ? { 'x-mlflow-workspace': workspace } : {}) } };
  },
  load: () => import('./connect'),
};
