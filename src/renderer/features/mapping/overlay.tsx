// The wizard over the window; its code comes when it is opened.

import { lazy, Suspense } from 'react';
import type { OverlayModule } from '../../registry/overlays';
import { useSession } from '../../state/app';

const View = lazy(() => import('./view'));

function MappingOverlay() {
  const open = useSession((state) => state.overlay === 'mapping');
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      <View />
    </Suspense>
  );
}

export const overlay: OverlayModule = { meta: { id: 'mapping' }, Component: MappingOverlay };
