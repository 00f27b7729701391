// What lies over the whole window (palette, keys, import panel), found by a glob: features/<id>/overlay.tsx.

import type { ComponentType } from 'react';
import { folderId, registryOf } from '../../core/base/registry';

export interface OverlayModule {
  readonly meta: { readonly id: string };
  /** Always mounted; draws nothing while it is closed (session.overlay tells which is open). */
  readonly Component: ComponentType;
}

export const overlays: readonly OverlayModule[] = registryOf(
  import.meta.glob<OverlayModule>('../features/*/overlay.tsx', { eager: true, import: 'overlay' }),
  folderId,
);
