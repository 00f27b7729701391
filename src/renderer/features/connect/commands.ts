// Commands about trackers that are read where they run.

import type { Command } from '../../registry/commands';

export const commands: readonly Command[] = [
  {
    id: 'connect.open',
    title: 'Connect to a tracker…',
    group: 'Import',
    keys: ['shift+mod+k'],
    words: 'mlflow wandb weights biases databricks tensorboard server address token download remote s3 bucket minio',
    enabled: (app) => app.capabilities.trackers !== undefined,
    run: (app) => app.session.setState({ overlay: 'connect' }),
  },
];
