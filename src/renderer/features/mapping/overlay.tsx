// The wizard over the window; its code comes when it is opened.

import { lazy, Suspense, useEffect } from 'react';
import type { OverlayModule } from '../../registry/overlays';
import { useApp, useSession } from '../../state/app';

const load = () => import('./view');
const View = lazy(load);

function MappingOverlay() {
  const { idle } = useApp();
  const open = useSession((state) => state.overlay === 'mapping');
  useEffect(() => {
    if (open) idle.track('wizard', load()).catch(() => {});
  }, [open, idle]);
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      <View />
    </Suspense>
  );
}

export const overlay: OverlayModule = { meta: { id: 'mapping' }, Component: MappingOverlay };
