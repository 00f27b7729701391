// The command palette and the list of keys, over the window.

import type { OverlayModule } from '../../registry/overlays';
import { useSession } from '../../state/app';
import { KeyList } from './key-list';
import { Palette } from './palette';

function PaletteOverlay() {
  const overlay = useSession((state) => state.overlay);
  if (overlay === 'palette') return <Palette />;
  if (overlay === 'keys') return <KeyList />;
  return null;
}

export const overlay: OverlayModule = { meta: { id: 'palette' }, Component: PaletteOverlay };
