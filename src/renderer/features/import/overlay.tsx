// Takes drops anywhere in the window, and shows the imports that are under way.

import type { OverlayModule } from '../../registry/overlays';
import { DropTarget } from './drop-target';
import { HostPicker } from './host-picker';
import { ImportPanel } from './import-panel';

function ImportOverlay() {
  return (
    <>
      <DropTarget />
      <ImportPanel />
      <HostPicker />
    </>
  );
}

export const overlay: OverlayModule = { meta: { id: 'import' }, Component: ImportOverlay };
