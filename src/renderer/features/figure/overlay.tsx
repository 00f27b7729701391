// A chart as a figure for a paper. What draws it is large, and is loaded when a figure is wanted.

import { lazy, Suspense } from 'react';
import type { OverlayModule } from '../../registry/overlays';
import { useSession } from '../../state/app';

const FigureDialog = lazy(() => import('./dialog'));

function FigureOverlay() {
  const draft = useSession((state) => state.figure);
  if (draft === null) return null;
  return (
    <Suspense fallback={null}>
      <FigureDialog draft={draft} />
    </Suspense>
  );
}

export const overlay: OverlayModule = { meta: { id: 'figure' }, Component: FigureOverlay };
