// The first screen: what to drop, and other ways in.

import { Empty } from '../../widgets/states';

export function Start() {
  return <Empty icon="folder" title="Drop runs anywhere in this window" />;
}
